import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { predictMemory } from '../../../main/models/memory.ts'
import { automatic, modelFactsSchema, type ModelFacts } from '../../../preload/contract/model.ts'
import { machineWith, newDaemon } from './shapes.ts'

const loadSchema = z.object({
  contextLength: z.number(),
  batch: z.number(),
  hasFlashAttention: z.boolean(),
  cacheType: z.enum(['f16', 'q8_0', 'q4_0']),
  weightsMiB: z.number(),
  cacheMiB: z.number(),
  computeMiB: z.number(),
})
export type MeasuredLoad = z.infer<typeof loadSchema>

const fixtureSchema = z.object({
  shapes: z.array(z.object({ name: z.string(), facts: modelFactsSchema, loads: z.array(loadSchema).min(10) })),
})

/** What llama.cpp reported for the shapes of `npm run bench:memory`, which wrote this file. */
export function measuredShapes() {
  const file = path.join(import.meta.dirname, '../../fixtures/models/measured-buffers.json')
  return fixtureSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).shapes
}

export function totalOf({ weightsMiB, cacheMiB, computeMiB }: MeasuredLoad): number {
  return weightsMiB + cacheMiB + computeMiB
}

export function predictLoad(facts: ModelFacts, load: MeasuredLoad) {
  const { contextLength, batch, hasFlashAttention, cacheType } = load
  return predictMemory({
    facts,
    configuration: { ...automatic, num_batch: batch, flash_attention: hasFlashAttention, kv_cache_type: cacheType },
    contextLength,
    machine: machineWith([]),
    features: newDaemon,
  })
}
