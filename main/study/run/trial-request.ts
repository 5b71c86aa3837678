import { mean } from 'simple-statistics'
import type { Reason } from '../../../preload/contract/estimate.ts'
import type { Workload } from '../../../preload/contract/goal.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { Fidelity } from '../../../preload/contract/trial.ts'
import type { Clock } from '../../ollama/clock.ts'
import type { MemoryGuard, MemoryWatch } from '../../measure/memory-guard.ts'
import type { GraphicsMemoryWatch } from '../../measure/load.ts'
import type { Expectations } from '../../measure/outcome.ts'
import type { ProcessorWatch } from '../../measure/processor-watch.ts'
import type { ConditionsWatch } from '../../measure/surroundings.ts'
import type { TrialRequest } from '../../measure/trial.ts'
import type { Daemon } from '../../ollama/daemon.ts'
import { ramNeededMiB, ramReserveMiB } from '../../search/fit.ts'
import { isSameConfiguration } from '../choices.ts'
import { baselineLoads, changedNames } from '../confirmation.ts'
import { parametersInForce } from '../environment.ts'
import { predictMemoryOf } from '../plan.ts'
import { repetitionsFor } from './repetitions.ts'

/** What every measurement needs from outside. */
export interface MeasuringTools {
  daemon: Daemon
  processorWatch: ProcessorWatch
  memoryWatch?: MemoryWatch
  conditionsWatch?: ConditionsWatch
  graphicsMemoryWatch?: GraphicsMemoryWatch
  clock: Clock
  /** Uniform on [0, 1) and not seeded: a prompt that any daemon has seen before would come from its cache. */
  random: () => number
}

interface TrialWish {
  model: string
  configuration: Configuration | 'asSaved'
  abandonAboveTurnSeconds: number | null
  /** A shorter trial suffices; absent: measure in full. */
  fidelity?: Fidelity | undefined
  onActivity: (activity: Reason) => void
  signal: AbortSignal
}

/** Even a slow disk reads so much in a second, MiB. */
const slowestDiskMiBPerSecond = 20
const leastLoadLimitSeconds = 120
/** An answer that is cut off here after a steady stream of tokens still gives its rates. */
const repetitionLimitSeconds = 120

/** Everything that one trial of this study is to be measured with. */
export function trialRequest(study: Study, tools: MeasuringTools, wish: TrialWish): TrialRequest {
  const { model, daemon, request, plan } = study
  return {
    ...tools,
    ...wish,
    baseParameters: parametersInForce(study),
    features: daemon.features,
    contextLength: request.contextLength,
    ...(wish.fidelity ? shortened(plan.workload, wish.fidelity) : fullLength(study)),
    limits: {
      loadSeconds: leastLoadLimitSeconds + model.facts.totalBytes / 2 ** 20 / slowestDiskMiBPerSecond,
      repetitionSeconds: repetitionLimitSeconds,
    },
    conditionsWatch: tools.conditionsWatch ?? null,
    graphicsMemoryWatch: tools.graphicsMemoryWatch ?? null,
    memoryGuard: memoryGuardFor(study, tools, wish.configuration),
    expectations: wish.configuration === 'asSaved' ? null : expectationsFor(study, wish.configuration),
  }
}

/** The user's own settings are in use anyway: to refuse them would only hide what they do. */
function memoryGuardFor(
  study: Study,
  { memoryWatch }: MeasuringTools,
  configuration: TrialWish['configuration'],
): MemoryGuard | null {
  if (!memoryWatch || configuration === 'asSaved' || isSameConfiguration(configuration, study.plan.baseline))
    return null
  const predictedMiB = ramNeededMiB(study, predictMemoryOf(study, configuration))
  return { watch: memoryWatch, reserveMiB: ramReserveMiB(study.machine), predictedMiB }
}

function fullLength(study: Study): Pick<TrialRequest, 'workload' | 'repetitions'> {
  return { workload: study.plan.workload, repetitions: repetitionsFor(study) }
}

/** Exactly as many repetitions as asked for, however far they lie apart. */
function shortened(workload: Workload, fidelity: Fidelity): Pick<TrialRequest, 'workload' | 'repetitions'> {
  const { repetitions, outputTokens } = fidelity
  return {
    workload: { ...workload, outputTokens },
    repetitions: { minimum: repetitions, maximum: repetitions, targetRelativeError: 0 },
  }
}

/**
 * What a candidate should reach unless graphics memory overflows: the baseline's speed, provided that the two differ
 * in nothing but the layers on the GPU. Other settings can be slow for honest reasons.
 */
function expectationsFor(study: Study, configuration: Configuration): Expectations | null {
  const measured = baselineLoads(study)
  const { gpus } = study.machine
  const differing = changedNames(study, configuration)
  if (gpus.length === 0 || measured.length === 0 || differing.some((name) => name !== 'num_gpu')) return null
  return {
    decodeTokensPerSecond: mean(measured.map((load) => load.decodeTokensPerSecond)),
    availableVramMiB: gpus.reduce((sum, gpu) => sum + (gpu.freeVramMiB ?? gpu.totalVramMiB), 0),
  }
}
