import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { probeResultSchema } from '../../../preload/contract/machine.ts'

const gpuSchema = z.object({
  vendor: z.string().default('other'),
  model: z.string().default('GPU'),
  vramMiB: z.number(),
  vramFreeMiB: z.number().nullable().default(null),
  unified: z.boolean().default(false),
})

const knobValueSchema = z.union([z.number(), z.string(), z.boolean()]).transform(String)

/** `meta.json` of a table; whatever else it holds is of no use to a replay. */
const metaSchema = z.object({
  id: z.string(),
  source: z.string().default('simulated'),
  machine: z.object({
    os: z.enum(['linux', 'darwin', 'win32']),
    cpu: z.object({
      brand: z.string().default('CPU'),
      performanceCores: z.number().optional(),
      efficiencyCores: z.number().default(0),
      physicalCores: z.number(),
      logicalCores: z.number(),
      allowedCores: z.number().optional(),
    }),
    memoryTotalMiB: z.number(),
    memoryAvailableMiB: z.number(),
    gpus: z.array(gpuSchema).default([]),
  }),
  model: z.object({
    architecture: z.string().default('llama'),
    quantization: z.string().default(''),
    block_count: z.number(),
    embedding_length: z.number(),
    head_count: z.number(),
    head_count_kv: z.union([z.number(), z.array(z.number())]),
    key_length: z.number().optional(),
    value_length: z.number().optional(),
    feed_forward_length: z.number(),
    vocab_size: z.number(),
    expert_count: z.number().default(0),
    expert_used_count: z.number().default(0),
    sliding_window: z.number().nullish(),
    layerBytes: z.number(),
    layerBytesEach: z.array(z.number()).optional(),
    outputBytes: z.number(),
    tokenEmbeddingBytes: z.number(),
    totalBytes: z.number().optional(),
  }),
  workload: z.object({
    prompt_tokens: z.number(),
    output_tokens: z.number(),
    num_ctx: z.number(),
    repetition_limit_s: z.number().default(Infinity),
  }),
  noise: z.object({
    within_load_sd_log: z.number().default(0),
    between_load_sd_log: z.number().default(0),
    drift_fraction: z.number().default(0),
    drift_time_constant_s: z.number().positive().default(1),
  }),
  probe: probeResultSchema.optional(),
  knobs: z.record(z.string(), z.array(knobValueSchema).min(1)),
  default: z.record(z.string(), knobValueSchema).default({}),
})
export type Meta = z.infer<typeof metaSchema>

/** Reads a table's `meta.json`; throws an error that names the file and every field that is wrong. */
export function readMeta(path: string): Meta {
  return parseMeta(JSON.parse(readFileSync(path, 'utf8')), path)
}

/** What `source` says of a table; throws an error that names every field that is wrong. */
export function parseMeta(meta: unknown, path: string): Meta {
  const parsed = metaSchema.safeParse(meta)
  if (!parsed.success) throw new Error(`${path} is no table's:\n${z.prettifyError(parsed.error)}`)
  return parsed.data
}
