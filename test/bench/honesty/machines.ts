import type { MachineProfile } from '../../../preload/contract/machine.ts'
import { automatic } from '../../../preload/contract/model.ts'
import type { ModelFacts } from '../../../preload/contract/model.ts'
import { predictMemory } from '../../../main/models/memory.ts'
import { newestFeatures } from '../../../main/ollama/features.ts'
import type { Problem } from '../../../main/search/types.ts'
import type { Rates } from '../tables/rows.ts'

/** A computer with a model, and how fast that is whatever the settings. */
export interface Setup {
  name: string
  machine: MachineProfile
  rates: Rates
}

const mebibyte = 2 ** 20

/** An 8B model of usual shape at four bits. */
const facts: ModelFacts = {
  architecture: 'llama',
  parameterCount: 8e9,
  quantization: 'Q4_K_M',
  blockCount: 32,
  trainedContextLength: 131_072,
  embeddingLength: 4096,
  feedForwardLength: 14_336,
  headCount: 32,
  headCountKv: Array.from({ length: 32 }, () => 8),
  keyLength: 128,
  valueLength: 128,
  slidingWindow: null,
  vocabularySize: 128_256,
  expertCount: 0,
  expertUsedCount: 0,
  layerBytes: Array.from({ length: 32 }, () => 125 * mebibyte),
  outputBytes: 411 * mebibyte,
  tokenEmbeddingBytes: 282 * mebibyte,
  projectorBytes: 0,
  totalBytes: 4693 * mebibyte,
}

/** One for each regime: all on the processor, all in graphics memory, and between the two. */
export const setups: readonly [Setup, ...Setup[]] = [
  {
    name: 'processor',
    machine: machineWith(16, null),
    rates: { prefillTokensPerSecond: 60, decodeTokensPerSecond: 10 },
  },
  {
    name: 'graphics',
    machine: machineWith(12, 12_288),
    rates: { prefillTokensPerSecond: 1500, decodeTokensPerSecond: 45 },
  },
  { name: 'between', machine: machineWith(6, 4096), rates: { prefillTokensPerSecond: 300, decodeTokensPerSecond: 12 } },
]

/** Six or eight cores; more than eight threads are two to a core. */
function machineWith(threads: number, vramMiB: number | null): MachineProfile {
  const cores = threads > 8 ? threads / 2 : threads
  const gpu = {
    name: 'GPU',
    vendor: 'nvidia',
    totalVramMiB: vramMiB ?? 0,
    freeVramMiB: (vramMiB ?? 0) - 500,
    unified: false,
    source: 'table',
  } as const
  return {
    os: { platform: 'linux', name: 'linux', release: '' },
    cpu: {
      name: 'CPU',
      architecture: 'x64',
      sockets: 1,
      physicalCores: cores,
      performanceCores: cores,
      efficiencyCores: 0,
      logicalCores: threads,
      allowedCores: threads,
    },
    memory: { totalMiB: 32_768, availableMiB: 28_000, limitMiB: null },
    gpus: vramMiB === null ? [] : [gpu],
    otherGraphics: [],
    power: { source: 'mains', batteryPercent: null },
  }
}

/** What there is to know before the first trial. */
export function problemOf({ machine }: Setup): Omit<Problem, 'goal'> {
  const contextLength = 4096
  return {
    machine,
    facts,
    features: newestFeatures,
    workload: { promptTokens: 400, outputTokens: 120 },
    contextLength,
    baseline: automatic,
    predictMemory: (configuration) =>
      predictMemory({ facts, configuration, contextLength, machine, features: newestFeatures }),
  }
}
