import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { cacheTypeSchema, modelFactsSchema } from '../../../preload/contract/model.ts'

const loadSchema = z.object({
  contextLength: z.number(),
  batch: z.number(),
  hasFlashAttention: z.boolean(),
  cacheType: cacheTypeSchema,
  weightsMiB: z.number(),
  cacheMiB: z.number(),
  computeMiB: z.number(),
})
export type RecordedLoad = z.infer<typeof loadSchema>

const recordingSchema = z.object({
  shapes: z.array(z.object({ name: z.string(), facts: modelFactsSchema, loads: z.array(loadSchema).min(10) })),
})

/** What llama.cpp reported for the shapes of `npm run bench:memory`, as `--fixture` wrote it. */
export function readRecording(path: string) {
  return recordingSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).shapes
}
