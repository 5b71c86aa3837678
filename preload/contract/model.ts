import { z } from 'zod'
import { daemonKindSchema } from './daemon.ts'

/** Which model, in which daemon. `name` is the full tag, "llama3.2:3b". */
export const modelRefSchema = z.object({ daemon: daemonKindSchema, name: z.string().min(1).max(300) })
export type ModelRef = z.infer<typeof modelRefSchema>

/** What the file says about the model: shape and bytes. Per-layer arrays have `blockCount` entries. */
export const modelFactsSchema = z.object({
  architecture: z.string(),
  parameterCount: z.number().nonnegative(),
  quantization: z.string(),
  blockCount: z.number().int().positive(),
  /** Longest context the model was trained for, tokens. */
  trainedContextLength: z.number().int().positive(),
  embeddingLength: z.number().int().positive(),
  feedForwardLength: z.number().int().nonnegative(),
  headCount: z.number().int().positive(),
  /** KV heads per layer; 0 where a layer has no attention (state-space layers). */
  headCountKv: z.array(z.number().int().nonnegative()),
  keyLength: z.number().int().nonnegative(),
  valueLength: z.number().int().nonnegative(),
  /** Attention window in tokens, null where attention is over the whole context. */
  slidingWindow: z.number().int().positive().nullable(),
  /** Which layers look no further back than the window (`blockCount` entries); absent without a window. */
  slidingLayers: z.array(z.boolean()).optional(),
  /** Lengths of a key and a value in layers with a window, where they differ from the others'. */
  slidingKeyLength: z.number().int().nonnegative().optional(),
  slidingValueLength: z.number().int().nonnegative().optional(),
  /** Bytes of state that each layer keeps for one conversation (`blockCount` entries); absent without such layers. */
  recurrentBytes: z.array(z.number().nonnegative()).optional(),
  vocabularySize: z.number().int().nonnegative(),
  expertCount: z.number().int().nonnegative(),
  expertUsedCount: z.number().int().nonnegative(),
  /** Width of one expert; absent without experts. */
  expertFeedForwardLength: z.number().int().nonnegative().optional(),
  /** Weight bytes of each repeating layer. */
  layerBytes: z.array(z.number().nonnegative()),
  /** Bytes of output_norm + output (or of the tied token embedding). */
  outputBytes: z.number().nonnegative(),
  tokenEmbeddingBytes: z.number().nonnegative(),
  /** Bytes of the vision projector, 0 without one. */
  projectorBytes: z.number().nonnegative(),
  totalBytes: z.number().nonnegative(),
  /** Bytes of the layers, and of the output matrix, in formats that processors keep in an order of their own. */
  repackableLayerBytes: z.number().nonnegative().optional(),
  repackableOutputBytes: z.number().nonnegative().optional(),
  /** False where nothing is known of how the architecture uses memory; absent in studies of earlier versions. */
  isArchitectureKnown: z.boolean().optional(),
})
export type ModelFacts = z.infer<typeof modelFactsSchema>

/** Number formats in which keys and values of the context can be kept: half precision, and about 8 and 4 bits each. */
export const cacheTypeSchema = z.enum(['f16', 'q8_0', 'q4_0'])
export type CacheType = z.infer<typeof cacheTypeSchema>

/** The settings that Attune varies, with their Ollama names. "Not set" is a value of its own, see `automatic`. */
export const configurationSchema = z.object({
  /** Layers on the GPU as Ollama counts them (block count + 1 is all); −1: the daemon decides. */
  num_gpu: z.number().int().min(-1),
  /** Processor threads; 0: the daemon decides. */
  num_thread: z.number().int().min(0),
  /** Tokens per prefill step; 0: the daemon decides. */
  num_batch: z.number().int().min(0),
  /** Map the file instead of reading it; null: the daemon decides. */
  use_mmap: z.boolean().nullable(),
  /** Attention without the matrix of scores; null: the daemon decides. Only some daemons can set it for one model. */
  flash_attention: z.boolean().nullable().default(null),
  /** Number format of the context; null: the daemon decides. Only the environment of a daemon can set it. */
  kv_cache_type: cacheTypeSchema.nullable().default(null),
  /** Conversations that have room at once; null: the daemon decides, for one mostly. Only its environment can set it. */
  num_parallel: z.number().int().min(1).nullable().default(null),
})
export type Configuration = z.infer<typeof configurationSchema>
export type ParameterName = keyof Configuration
/** The value of any one of them. */
export const settingSchema = z.union([z.number(), z.boolean(), cacheTypeSchema, z.null()])
export const parameterNames = [
  'num_gpu',
  'num_thread',
  'num_batch',
  'use_mmap',
  'flash_attention',
  'kv_cache_type',
  'num_parallel',
] as const satisfies readonly ParameterName[]
export const parameterNameSchema = z.enum(parameterNames)
/** Parameters that no tag can hold for Ollama: its environment makes them for all models together. */
export const environmentNames = [
  'flash_attention',
  'kv_cache_type',
  'num_parallel',
] as const satisfies readonly ParameterName[]

/** The configuration in which the daemon decides everything. */
export const automatic: Configuration = {
  num_gpu: -1,
  num_thread: 0,
  num_batch: 0,
  use_mmap: null,
  flash_attention: null,
  kv_cache_type: null,
  num_parallel: null,
}

/** A Modelfile PARAMETER value: scalars, and lists for repeatable ones (`stop`). */
export const parameterValueSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])
export type ParameterValue = z.infer<typeof parameterValueSchema>

export const memoryEstimateSchema = z.object({
  ramMiB: z.number().nonnegative(),
  vramMiB: z.number().nonnegative(),
})
export type MemoryEstimate = z.infer<typeof memoryEstimateSchema>

/** Which moment of a step decides about the engine's scratch memory. */
export const scratchPeakSchema = z.enum(['logits', 'layers', 'attention'])
export type ScratchPeak = z.infer<typeof scratchPeakSchema>

/** What one load taught about how a model uses memory on a computer (`main/models/calibration.ts`). */
export const memoryCalibrationSchema = z.object({
  /** Scratch memory beyond what was predicted, for each token of a batch. */
  scratchMiBPerToken: z.number(),
  /** Loads whose scratch memory is decided at another moment of a step are not corrected in it. */
  scratchPeak: scratchPeakSchema,
  /** Cache by the cache that was predicted. */
  cacheFactor: z.number().positive(),
  /** What neither explains: the same for every load on the processor alone, or for every one with a GPU. */
  fixedRamMiB: z.number(),
  fixedVramMiB: z.number(),
  wasOnGpu: z.boolean(),
})
export type MemoryCalibration = z.infer<typeof memoryCalibrationSchema>

/** `full`: all layers in graphics memory; `partial`: some; `cpu`: none. */
export const regimeSchema = z.enum(['full', 'partial', 'cpu'])
export type Regime = z.infer<typeof regimeSchema>

/** One line of the model list. */
export const localModelSchema = z.object({
  ref: modelRefSchema,
  digest: z.string(),
  sizeBytes: z.number().nonnegative(),
  parameterSize: z.string(),
  quantization: z.string(),
  family: z.string(),
  /** Longest context the model was trained for, tokens; null where the daemon does not list it. */
  contextLength: z.number().int().positive().nullable(),
  /**
   * Where it will run, judged from size alone; the plan judges exactly. `tooBig`: it fits nowhere. Null: it would run on
   * another computer, of which too little is known.
   */
  fit: z.enum(['full', 'partial', 'cpu', 'tooBig']).nullable(),
  /** The built-in practice model: its text is noise, its speed is real. */
  isPractice: z.boolean(),
  /** A practice model that has still to be written to disk (on first use). */
  needsPreparation: z.boolean(),
  /** The tag was registered by Attune. */
  isAttuned: z.boolean(),
})
export type LocalModel = z.infer<typeof localModelSchema>
