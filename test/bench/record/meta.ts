import { automatic } from '../../../preload/contract/model.ts'
import type { ModelFacts } from '../../../preload/contract/model.ts'
import type { MachineProfile } from '../../../preload/contract/machine.ts'
import { textsOf } from '../tables/rows.ts'
import type { Recording } from './recording.ts'
import { noiseOf } from './rows.ts'
import { textsOfKnobs } from './space.ts'

/** `meta.json` of a recording, apart from what is told of its rows. */
export function metaOf(recording: Recording): Record<string, unknown> {
  const { setting } = recording
  const { workload, contextLength, repetitionLimitSeconds } = setting
  const { withinSd, betweenSd } = noiseOf(recording)
  return {
    id: setting.id,
    source: sourceOf(recording),
    caution:
      'means carry the error of few loads: differences of the size of the spreads below are noise. Configurations that mean the same engine state were measured once and have equal rows.',
    machine: machineOf(setting.machine),
    model: { name: setting.modelName, ...modelOf(setting.facts) },
    workload: {
      prompt_tokens: workload.promptTokens,
      output_tokens: workload.outputTokens,
      num_ctx: contextLength,
      repetition_limit_s: repetitionLimitSeconds,
    },
    noise: {
      within_load_sd_log: rounded(withinSd),
      between_load_sd_log: rounded(betweenSd),
      drift_fraction: 0,
      drift_time_constant_s: 1,
    },
    knobs: textsOfKnobs(setting.knobs),
    default: textsOf(automatic),
  }
}

function sourceOf({ setting, loads }: Recording): string {
  const day = loads.at(-1)?.finishedAt.slice(0, 10) ?? ''
  return `measured: ${setting.engine}, ${day}, ${setting.loads} loads × ${setting.repetitions} repetitions an engine state, random order; see repetitions.csv.gz`
}

function machineOf({ os, cpu, memory, gpus }: MachineProfile): Record<string, unknown> {
  return {
    os: os.platform,
    cpu: {
      brand: cpu.name,
      performanceCores: cpu.performanceCores,
      efficiencyCores: cpu.efficiencyCores,
      physicalCores: cpu.physicalCores,
      logicalCores: cpu.logicalCores,
      allowedCores: cpu.allowedCores,
    },
    memoryTotalMiB: Math.round(memory.totalMiB),
    memoryAvailableMiB: Math.round(memory.availableMiB),
    gpus: gpus.map((gpu) => ({
      vendor: gpu.vendor,
      model: gpu.name,
      vramMiB: gpu.totalVramMiB,
      vramFreeMiB: gpu.freeVramMiB,
      unified: gpu.unified,
    })),
  }
}

function modelOf(facts: ModelFacts): Record<string, unknown> {
  return {
    quantization: facts.quantization,
    architecture: facts.architecture,
    block_count: facts.blockCount,
    embedding_length: facts.embeddingLength,
    head_count: facts.headCount,
    head_count_kv: facts.headCountKv,
    key_length: facts.keyLength,
    value_length: facts.valueLength,
    feed_forward_length: facts.feedForwardLength,
    vocab_size: facts.vocabularySize,
    expert_count: facts.expertCount,
    expert_used_count: facts.expertUsedCount,
    sliding_window: facts.slidingWindow,
    layerBytes: Math.round(facts.layerBytes.reduce((sum, bytes) => sum + bytes, 0) / facts.blockCount),
    layerBytesEach: facts.layerBytes,
    outputBytes: facts.outputBytes,
    tokenEmbeddingBytes: facts.tokenEmbeddingBytes,
    totalBytes: facts.totalBytes,
  }
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
