import type { Workload } from '../../../preload/contract/goal.ts'
import type { MachineProfile } from '../../../preload/contract/machine.ts'
import { automatic } from '../../../preload/contract/model.ts'
import type { ModelFacts } from '../../../preload/contract/model.ts'
import { predictMemory } from '../../../main/models/memory.ts'
import { newestFeatures } from '../../../main/ollama/features.ts'
import type { Problem } from '../../../main/search/types.ts'
import type { Meta } from './meta.ts'

const architectures = { linux: 'x64', win32: 'x64', darwin: 'arm64' } as const
const vendors = ['nvidia', 'amd', 'intel', 'apple'] as const

/** What a method may see of a table, apart from the goal. */
export function problemFrom(meta: Meta, workload: Workload): Omit<Problem, 'goal'> {
  const machine = machineFrom(meta)
  const facts = factsFrom(meta)
  const features = { ...newestFeatures, flashAttentionOption: 'flash_attention' in meta.knobs }
  const contextLength = meta.workload.num_ctx
  return {
    machine,
    facts,
    features,
    workload,
    contextLength,
    baseline: automatic,
    allowedValues: allowedValues(meta.knobs),
    predictMemory: (configuration) => predictMemory({ facts, configuration, contextLength, machine, features }),
  }
}

function allowedValues(knobs: Meta['knobs']): NonNullable<Problem['allowedValues']> {
  const numbers = (name: 'num_gpu' | 'num_thread' | 'num_batch') =>
    knobs[name] ? { [name]: knobs[name].map(Number) } : {}
  const switches = (name: 'use_mmap' | 'flash_attention') => (knobs[name] ? { [name]: knobs[name].map(switchOf) } : {})
  return {
    ...numbers('num_gpu'),
    ...numbers('num_thread'),
    ...numbers('num_batch'),
    ...switches('use_mmap'),
    ...switches('flash_attention'),
  }
}

function switchOf(text: string): boolean | null {
  return text === 'default' ? null : text === 'true' || text === 'on'
}

function machineFrom({ machine }: Meta): MachineProfile {
  const { cpu, os, gpus } = machine
  return {
    os: { platform: os, name: os, release: '' },
    cpu: {
      name: cpu.brand,
      architecture: architectures[os],
      sockets: 1,
      physicalCores: cpu.physicalCores,
      performanceCores: cpu.performanceCores ?? cpu.physicalCores,
      efficiencyCores: cpu.efficiencyCores,
      logicalCores: cpu.logicalCores,
      allowedCores: cpu.allowedCores ?? cpu.logicalCores,
    },
    memory: { totalMiB: machine.memoryTotalMiB, availableMiB: machine.memoryAvailableMiB, limitMiB: null },
    gpus: gpus.map((gpu) => ({
      name: gpu.model,
      vendor: vendors.find((vendor) => vendor === gpu.vendor.toLowerCase()) ?? 'other',
      totalVramMiB: gpu.vramMiB,
      freeVramMiB: gpu.vramFreeMiB,
      unified: gpu.unified,
      source: 'table',
    })),
    otherGraphics: [],
    power: { source: 'unknown', batteryPercent: null },
  }
}

function factsFrom({ model, workload }: Meta): ModelFacts {
  const layerBytes = model.layerBytesEach ?? Array.from({ length: model.block_count }, () => model.layerBytes)
  const perLayer = model.head_count_kv
  const headLength = model.embedding_length / model.head_count
  return {
    architecture: model.architecture,
    parameterCount: 0,
    quantization: model.quantization,
    blockCount: model.block_count,
    trainedContextLength: Math.max(131_072, workload.num_ctx),
    embeddingLength: model.embedding_length,
    feedForwardLength: model.feed_forward_length,
    headCount: model.head_count,
    headCountKv: typeof perLayer === 'number' ? layerBytes.map(() => perLayer) : perLayer,
    keyLength: model.key_length ?? headLength,
    valueLength: model.value_length ?? headLength,
    slidingWindow: model.sliding_window ?? null,
    vocabularySize: model.vocab_size,
    expertCount: model.expert_count,
    expertUsedCount: model.expert_used_count,
    layerBytes,
    outputBytes: model.outputBytes,
    tokenEmbeddingBytes: model.tokenEmbeddingBytes,
    projectorBytes: 0,
    totalBytes:
      model.totalBytes ?? layerBytes.reduce((a, b) => a + b, 0) + model.outputBytes + model.tokenEmbeddingBytes,
  }
}
