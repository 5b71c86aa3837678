import path from 'node:path'
import { predictMemory } from '../../../main/models/memory.ts'
import { automatic, type ModelFacts } from '../../../preload/contract/model.ts'
import { readRecording, type RecordedLoad } from '../../bench/memory/recorded.ts'
import { machineWith, newDaemon } from './shapes.ts'

/** What llama.cpp reported for the shapes of `npm run bench:memory`, which wrote this file. */
export function measuredShapes() {
  return readRecording(path.join(import.meta.dirname, '../../fixtures/models/measured-buffers.json'))
}

export function totalOf({ weightsMiB, cacheMiB, computeMiB }: RecordedLoad): number {
  return weightsMiB + cacheMiB + computeMiB
}

export function predictLoad(facts: ModelFacts, load: RecordedLoad) {
  const { contextLength, batch, hasFlashAttention, cacheType } = load
  return predictMemory({
    facts,
    configuration: { ...automatic, num_batch: batch, flash_attention: hasFlashAttention, kv_cache_type: cacheType },
    contextLength,
    machine: machineWith([]),
    features: newDaemon,
  })
}
