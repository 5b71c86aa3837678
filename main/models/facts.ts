import { z } from 'zod'
import { AttuneError } from '../../preload/contract/errors.ts'
import type { ModelFacts } from '../../preload/contract/model.ts'
import { isKnownArchitecture } from './architectures.ts'
import { keyValueHeads, recurrentBytes, slidingLayers } from './attention.ts'
import { type MetadataReader, readMetadata } from './gguf/metadata.ts'
import { type Tensor, groupTensors } from './gguf/tensors.ts'

/** What `/api/show` answers, or the same keys read from a GGUF header. */
export interface ModelMetadata {
  /** Keys as in GGUF. Arrays may be null: the daemon leaves them out of short answers. */
  modelInfo: Record<string, unknown>
  tensors: Tensor[]
  /** `details` of `/api/show`; only the quantisation's name is read. */
  details: Record<string, unknown>
  /** Keys of a projector in a file of its own (`projector_info`). */
  projectorInfo?: Record<string, unknown>
}

/** llama.cpp's own default where a file names no context length. */
const fallbackContextLength = 2048

/** More layers than any model has; a larger number is a broken file. */
const maximumBlockCount = 10_000

/**
 * Facts of a model from its metadata. Unknown tensor types count as half precision; arrays that the daemon left out
 * are read off the tensors' shapes, or else take the value that needs most memory.
 *
 * Throws `modelUnsupported` if the architecture, the number of layers, the embedding length or the tensors are missing.
 */
export function factsFromMetadata({ modelInfo, tensors, details, projectorInfo }: ModelMetadata): ModelFacts {
  const metadata = readMetadata(modelInfo)
  const blockCount = metadata?.number('block_count') ?? 0
  const embeddingLength = metadata?.number('embedding_length') ?? 0
  const isComplete = blockCount > 0 && blockCount <= maximumBlockCount && embeddingLength > 0 && tensors.length > 0
  if (metadata === null || !isComplete) throw unsupported()
  const heads = headShape(metadata, tensors, blockCount, embeddingLength)
  const groups = groupTensors(tensors, blockCount)
  const window = metadata.number('attention.sliding_window')
  const sliding = window ? slidingLayers(metadata, blockCount) : null
  const projectorFileBytes = separateProjectorBytes(projectorInfo)
  const recurrent = recurrentBytes(metadata, tensors, blockCount)
  return {
    architecture: metadata.architecture,
    parameterCount: metadata.general('general.parameter_count') ?? countElements(tensors),
    quantization: z.string().catch('unknown').parse(details['quantization_level']),
    blockCount,
    trainedContextLength: metadata.number('context_length') || fallbackContextLength,
    embeddingLength,
    feedForwardLength: feedForwardLength(metadata, tensors, blockCount),
    headCount: heads.headCount,
    headCountKv: keyValueHeads(metadata, tensors, blockCount, heads),
    keyLength: heads.keyLength,
    valueLength: heads.valueLength,
    slidingWindow: window && sliding ? window : null,
    ...(sliding ? { slidingLayers: sliding, ...slidingHeadShape(metadata) } : {}),
    ...(recurrent ? { recurrentBytes: recurrent } : {}),
    vocabularySize: vocabularySize(metadata, tensors),
    expertCount: metadata.number('expert_count') ?? 0,
    expertUsedCount: metadata.number('expert_used_count') ?? 0,
    ...expertWidth(metadata, tensors, blockCount),
    ...groups,
    projectorBytes: groups.projectorBytes + projectorFileBytes,
    totalBytes: groups.totalBytes + projectorFileBytes,
    isArchitectureKnown: isKnownArchitecture(metadata.architecture),
  }
}

function unsupported(): AttuneError {
  return new AttuneError({
    code: 'modelUnsupported',
    message: 'The file does not say how this model is built, so nothing can be computed for it.',
    hint: 'Choose a model in GGUF format, or update Ollama and try again.',
  })
}

/**
 * Head count and the lengths of a key and a value, by default embedding length / head count (GGUF specification).
 * With multi-head latent attention only the compressed key is cached, so the value length is 0
 * (llama.cpp src/llama-kv-cache.cpp, `has_v = !is_mla`).
 */
function headShape(metadata: MetadataReader, tensors: readonly Tensor[], blockCount: number, embeddingLength: number) {
  const statedKeyLength = metadata.number('attention.key_length')
  const perLayer = metadata.perLayer('attention.head_count', blockCount)
  const queryWidth = widestOutput(tensors, 'attn_q.weight')
  const headCount = Math.max(1, perLayer ? Math.max(...perLayer) : Math.round(queryWidth / (statedKeyLength ?? 128)))
  const keyLength = statedKeyLength ?? Math.floor(embeddingLength / headCount)
  const isLatent = metadata.number('attention.key_length_mla') !== null
  const valueLength = isLatent ? 0 : (metadata.number('attention.value_length') ?? keyLength)
  return { headCount, keyLength, valueLength }
}

/** Layers with a window can have shorter keys and values than the others (Gemma 4). */
function slidingHeadShape(metadata: MetadataReader): Pick<ModelFacts, 'slidingKeyLength' | 'slidingValueLength'> {
  const slidingKeyLength = metadata.number('attention.key_length_swa')
  const slidingValueLength = metadata.number('attention.value_length_swa')
  return slidingKeyLength === null || slidingValueLength === null ? {} : { slidingKeyLength, slidingValueLength }
}

/** Mixtral and its like name no width of their own for experts: the tensors tell. */
function expertWidth(
  metadata: MetadataReader,
  tensors: readonly Tensor[],
  blockCount: number,
): Pick<ModelFacts, 'expertFeedForwardLength'> {
  if ((metadata.number('expert_count') ?? 0) === 0) return {}
  const stated = metadata.perLayer('expert_feed_forward_length', blockCount)
  return {
    expertFeedForwardLength: stated === null ? widestOutput(tensors, 'ffn_up_exps.weight') : Math.max(...stated),
  }
}

function feedForwardLength(metadata: MetadataReader, tensors: readonly Tensor[], blockCount: number): number {
  const stated = metadata.perLayer('feed_forward_length', blockCount)
  return stated === null ? widestOutput(tensors, 'ffn_up.weight') : Math.max(...stated)
}

function vocabularySize(metadata: MetadataReader, tensors: readonly Tensor[]): number {
  const rows = tensors.find(({ name }) => name === 'token_embd.weight')?.shape[1]
  return rows ?? metadata.number('vocab_size') ?? metadata.lengthOf('tokenizer.ggml.tokens') ?? 0
}

function widestOutput(tensors: readonly Tensor[], suffix: string): number {
  return Math.max(0, ...tensors.filter(({ name }) => name.endsWith(suffix)).map(({ shape }) => shape[1] ?? 0))
}

function countElements(tensors: readonly Tensor[]): number {
  return tensors.reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0)
}

/** Projectors are stored in half precision almost always: 2 bytes a parameter. */
function separateProjectorBytes(projectorInfo: Record<string, unknown> | undefined): number {
  const parameters = projectorInfo?.['general.parameter_count']
  return typeof parameters === 'number' && parameters > 0 ? 2 * parameters : 0
}
