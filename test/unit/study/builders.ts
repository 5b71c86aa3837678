import type { Statement } from '../../../preload/contract/estimate.ts'
import type { MachineProfile } from '../../../preload/contract/machine.ts'
import { automatic, type Configuration, type ModelFacts } from '../../../preload/contract/model.ts'
import type { Plan } from '../../../preload/contract/plan.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { Fidelity, OkOutcome, Trial, TrialOutcome, TrialPurpose } from '../../../preload/contract/trial.ts'
import { newestFeatures } from '../../../main/ollama/features.ts'

export const noon = '2026-01-01T12:00:00.000Z'
export const later = '2026-01-01T12:00:10.000Z'

export const twoCores: MachineProfile = {
  os: { platform: 'linux', name: 'Debian', release: '13' },
  cpu: {
    name: 'Test CPU',
    architecture: 'x64',
    sockets: 1,
    physicalCores: 2,
    performanceCores: 2,
    efficiencyCores: 0,
    logicalCores: 2,
    allowedCores: 2,
  },
  memory: { totalMiB: 16_000, availableMiB: 12_000, limitMiB: null },
  gpus: [],
  otherGraphics: [],
  power: { source: 'mains', batteryPercent: null },
}

export const smallModel: ModelFacts = {
  architecture: 'llama',
  parameterCount: 140_000_000,
  quantization: 'Q4_0',
  blockCount: 4,
  trainedContextLength: 8192,
  embeddingLength: 512,
  feedForwardLength: 1024,
  headCount: 8,
  headCountKv: [2, 2, 2, 2],
  keyLength: 64,
  valueLength: 64,
  slidingWindow: null,
  vocabularySize: 8000,
  expertCount: 0,
  expertUsedCount: 0,
  layerBytes: [15e6, 15e6, 15e6, 15e6],
  outputBytes: 10e6,
  tokenEmbeddingBytes: 10e6,
  projectorBytes: 0,
  totalBytes: 80e6,
}

export function aStatement(code = 'test', values: Statement['values'] = {}): Statement {
  return { code, values, text: code }
}

export function configured(change: Partial<Configuration> = {}): Configuration {
  return { ...automatic, ...change }
}

export const aPlan: Plan = {
  regime: 'cpu',
  regimeReason: aStatement(),
  dimensions: [],
  leftAlone: [],
  candidateCount: 8,
  baseline: configured(),
  predictedMemory: { ramMiB: 300, vramMiB: 0 },
  workload: { promptTokens: 400, outputTokens: 120 },
  maximumLoads: 12,
  maximumMinutes: 15,
  expectedMinutes: { low: 1, high: 3 },
  warnings: [],
}

/** One load's worth of speed; every repetition of it measured exactly this. */
export interface Speed {
  ttft?: number
  prefill?: number
  decode?: number
  ramMiB?: number
  vramMiB?: number
  loadSeconds?: number
}

export function okOutcome(speed: Speed = {}): OkOutcome {
  const { ttft = 0.5, prefill = 800, decode = 40, ramMiB = 300, vramMiB = 0, loadSeconds = 1 } = speed
  const repetition = (isWarmUp: boolean): OkOutcome['repetitions'][number] => ({
    isWarmUp,
    promptTokens: 400,
    outputTokens: 120,
    ttftSeconds: ttft,
    prefillTokensPerSecond: prefill,
    decodeTokensPerSecond: decode,
    totalSeconds: ttft + 120 / decode,
    queueSeconds: 0.005,
    otherLoadShare: 0,
    isOutlier: false,
  })
  const exactly = (mean: number) => ({ mean, interval: { low: mean, high: mean }, count: 3 })
  return {
    kind: 'ok',
    load: { loadSeconds, memory: { ramMiB, vramMiB }, contextLength: 4096 },
    repetitions: [repetition(true), repetition(false), repetition(false), repetition(false)],
    ttftSeconds: exactly(ttft),
    prefillTokensPerSecond: exactly(prefill),
    decodeTokensPerSecond: exactly(decode),
    stoppedEarly: false,
  }
}

export type TrialSketch = {
  purpose: TrialPurpose
  configuration?: Partial<Configuration>
  fidelity?: Fidelity
  outcome?: TrialOutcome | null
}

export function aTrial(number: number, sketch: TrialSketch): Trial {
  const outcome = sketch.outcome === undefined ? okOutcome() : sketch.outcome
  return {
    number,
    purpose: sketch.purpose,
    configuration: configured(sketch.configuration),
    fidelity: sketch.fidelity,
    reason: aStatement(),
    startedAt: noon,
    finishedAt: outcome ? later : null,
    outcome,
  }
}

export function aStudy(change: Partial<Omit<Study, 'trials'>> & { trials?: TrialSketch[] } = {}): Study {
  const { trials = [], ...rest } = change
  return {
    schemaVersion: 1,
    id: 'study-0001',
    createdAt: noon,
    updatedAt: noon,
    state: 'running',
    phase: 'baseline',
    request: {
      model: { daemon: 'ollama', name: 'small:latest' },
      goal: 'chat',
      contextLength: 4096,
      budget: 'quick',
      sampler: 'random',
      seed: 1,
    },
    machine: twoCores,
    daemon: {
      kind: 'ollama',
      url: 'http://127.0.0.1:11434',
      version: '0.32.15',
      features: newestFeatures,
    },
    model: {
      ref: { daemon: 'ollama', name: 'small:latest' },
      digest: 'sha256:abc',
      facts: smallModel,
      parameters: {},
    },
    plan: aPlan,
    learnt: null,
    memoryCalibration: null,
    report: null,
    searchEnded: null,
    certificates: [],
    failure: null,
    activeSeconds: 0,
    ...rest,
    trials: trials.map((sketch, index) => aTrial(index + 1, sketch)),
  }
}
