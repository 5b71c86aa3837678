import type { MachineProfile } from '../../../preload/contract/machine.ts'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import { automatic } from '../../../preload/contract/model.ts'
import type { Configuration, MemoryEstimate, ModelFacts } from '../../../preload/contract/model.ts'
import type { OkOutcome, TrialOutcome } from '../../../preload/contract/trial.ts'
import { newestFeatures } from '../../../main/ollama/features.ts'
import type { Problem } from '../../../main/search/types.ts'

const mebibyte = 2 ** 20

/** An 8B model of usual shape: 32 layers of 130 MiB. */
export const modelOf8B: ModelFacts = {
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
  layerBytes: Array.from({ length: 32 }, () => 130 * mebibyte),
  outputBytes: 410 * mebibyte,
  tokenEmbeddingBytes: 280 * mebibyte,
  projectorBytes: 0,
  totalBytes: 4850 * mebibyte,
}

interface MachineOptions {
  platform?: MachineProfile['os']['platform']
  cores?: Partial<MachineProfile['cpu']>
  ramMiB?: number
  gpu?: { freeVramMiB: number; unified?: boolean } | null
}

/** A computer; four alike cores with two threads each unless told otherwise. */
export function machineOf({
  platform = 'linux',
  cores = {},
  ramMiB = 32_768,
  gpu = null,
}: MachineOptions = {}): MachineProfile {
  const physicalCores = cores.physicalCores ?? 4
  const logicalCores = cores.logicalCores ?? 2 * physicalCores
  return {
    os: { platform, name: platform, release: '1' },
    cpu: {
      name: 'test',
      architecture: platform === 'darwin' ? 'arm64' : 'x64',
      sockets: 1,
      physicalCores,
      performanceCores: physicalCores,
      efficiencyCores: 0,
      logicalCores,
      allowedCores: logicalCores,
      ...cores,
    },
    memory: { totalMiB: ramMiB, availableMiB: 0.9 * ramMiB, limitMiB: null },
    gpus: gpu
      ? [
          {
            name: 'test',
            vendor: gpu.unified ? 'apple' : 'nvidia',
            totalVramMiB: gpu.freeVramMiB,
            freeVramMiB: gpu.freeVramMiB,
            unified: gpu.unified ?? false,
            source: 'test',
          },
        ]
      : [],
    otherGraphics: [],
    power: { source: 'mains', batteryPercent: null },
  }
}

/** Weights on their side, and a buffer that grows with the batch; an automatic fit keeps 1 GiB free. */
export function simpleMemory(machine: MachineProfile, facts: ModelFacts) {
  const gpu = machine.gpus[0]
  const layerMiB = (facts.layerBytes[0] ?? 0) / mebibyte
  const outputMiB = facts.outputBytes / mebibyte
  return (configuration: Configuration): MemoryEstimate => {
    const batch = configuration.num_batch || 512
    const vramWith = (layers: number) =>
      (layers > 0 ? outputMiB + (Math.min(layers, facts.blockCount + 1) - 1) * (layerMiB + 16) : 0) + 300 + batch / 4
    const weights = outputMiB + facts.blockCount * (layerMiB + 16)
    if (!gpu) return { ramMiB: weights + 300 + batch / 4, vramMiB: 0 }
    let layers = configuration.num_gpu
    if (layers < 0) {
      layers = 0
      while (layers < facts.blockCount + 1 && vramWith(layers + 1) + 1024 <= (gpu.freeVramMiB ?? 0)) layers += 1
    }
    const onGpu = vramWith(layers)
    return { ramMiB: Math.max(500, weights - onGpu + 800), vramMiB: onGpu }
  }
}

/** A problem on a machine with the 8B model. */
export function problemOf(
  machine: MachineProfile,
  {
    goal = 'chat',
    contextLength = 4096,
    baseline = automatic,
  }: { goal?: GoalKind; contextLength?: number; baseline?: Configuration } = {},
): Problem {
  return {
    machine,
    facts: modelOf8B,
    features: newestFeatures,
    goal,
    workload: { promptTokens: 400, outputTokens: 120 },
    contextLength,
    baseline,
    predictMemory: simpleMemory(machine, modelOf8B),
  }
}

/** Machines of every regime, by what is special about them. */
export const machines: Record<string, MachineProfile> = {
  'two cores': machineOf({ cores: { physicalCores: 2, logicalCores: 2 }, ramMiB: 16_384 }),
  'eight cores': machineOf({ cores: { physicalCores: 8 } }),
  'unequal cores': machineOf({
    platform: 'win32',
    cores: { physicalCores: 14, performanceCores: 6, efficiencyCores: 8, logicalCores: 20, allowedCores: 20 },
  }),
  'container of 4 in 32 cores': machineOf({ cores: { physicalCores: 32, logicalCores: 64, allowedCores: 4 } }),
  'graphics card with room': machineOf({ gpu: { freeVramMiB: 11_000 } }),
  'graphics card just filled': machineOf({ gpu: { freeVramMiB: 5800 } }),
  'small graphics card': machineOf({ platform: 'win32', gpu: { freeVramMiB: 3400 } }),
  'unified memory': machineOf({ platform: 'darwin', ramMiB: 16_384, gpu: { freeVramMiB: 10_700, unified: true } }),
  'too little of everything': machineOf({ ramMiB: 2048 }),
}

/** An outcome with these rates, repeated without noise unless `factors` are given. */
export function okOutcome(
  prefillTokensPerSecond: number,
  decodeTokensPerSecond: number,
  memory: MemoryEstimate = { ramMiB: 5000, vramMiB: 0 },
  factors: readonly number[] = [1, 1, 1],
): OkOutcome {
  const one = (value: number) => ({ mean: value, interval: null, count: 1 })
  const ttftSeconds = 400 / prefillTokensPerSecond + 1 / decodeTokensPerSecond + 0.012
  return {
    kind: 'ok',
    load: { loadSeconds: 5, memory, contextLength: 4096 },
    repetitions: factors.map((factor) => ({
      isWarmUp: false,
      promptTokens: 400,
      outputTokens: 120,
      ttftSeconds: ttftSeconds / factor,
      prefillTokensPerSecond: prefillTokensPerSecond * factor,
      decodeTokensPerSecond: decodeTokensPerSecond * factor,
      totalSeconds: (ttftSeconds + 120 / decodeTokensPerSecond) / factor,
      queueSeconds: 0,
      otherLoadShare: null,
      isOutlier: false,
    })),
    ttftSeconds: one(ttftSeconds),
    prefillTokensPerSecond: one(prefillTokensPerSecond),
    decodeTokensPerSecond: one(decodeTokensPerSecond),
    stoppedEarly: false,
  }
}

export const outOfMemory: TrialOutcome = { kind: 'outOfMemory', message: 'cudaMalloc failed' }
