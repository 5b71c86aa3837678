import { mean } from 'simple-statistics'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { OkOutcome } from '../../../preload/contract/trial.ts'
import { pooledVariance } from '../../statistics/statistics.ts'
import { asksForWhatIsChosen, putsAllOnGpu } from '../automatic-layers.ts'
import { engineStateKey } from '../engine-state.ts'
import { usableVramMiB, ramNeededMiB } from '../fit.ts'
import { countedRepetitions, observedCost, turnLimitSeconds, turnSeconds } from '../objective.ts'
import type { Observation, Problem, SearchSpace } from '../types.ts'

/** One-sided normal quantile of 95 %: a turn keeps the goal's limit with this surety. */
const sureDeviations = 1.645
/** Spread of repetitions within a load before any is known, nats, and how many repetitions that guess is worth. */
const priorWithinSpread = { variance: 0.02 ** 2, degreesOfFreedom: 2 }
/** Spread between loads relative to that within them [measured on a shared machine: 0.8]. */
const loadSpreadRatio = 0.8

/** One load that ran to a result. */
export interface Measurement {
  configuration: Configuration
  /** Engine state, see engine-state.ts. */
  key: string
  outcome: OkOutcome
  cost: number
  turnSeconds: number
  /** Seconds of loading and answering before it, since the study began. */
  workedSeconds: number
}

/** What a sampler was told, and what follows for the candidates; shared by all samplers. */
export interface History {
  tell(observation: Observation): void
  /** Candidates neither told of nor known to need too much memory, in the space's order. */
  open(): Configuration[]
  hasOpen(): boolean
  /** Configurations that took too long to answer. */
  timedOut(): readonly Configuration[]
  /** Candidates never told of, in the space's order, whatever memory they need. */
  untold(): Configuration[]
  isTold(configuration: Configuration): boolean
  measurements(): readonly Measurement[]
  measurementsOf(configuration: Configuration): Measurement[]
  /** One configuration per measured engine state, in order of first measurement. */
  measuredConfigurations(): Configuration[]
  /** Mean turn of the baseline's loads, seconds; null until it ran. */
  baselineTurnSeconds(): number | null
  /** The configuration with the lowest mean cost among those that keep the goal's limits; null before any. */
  bestMeasured(): { configuration: Configuration; cost: number; turnSeconds: number } | null
  /** Trials told of that were not the baseline's. */
  trialCount(): number
}

/** Begins an empty history of a problem. */
export function createHistory(problem: Problem, space: SearchSpace): History {
  const keyOf = (configuration: Configuration) => engineStateKey(problem, configuration)
  const candidates = space.candidates.map((configuration) => ({ configuration, key: keyOf(configuration) }))
  const baselineKey = keyOf(problem.baseline)
  const told = new Set<string>()
  const untold = new Map(candidates.map(({ configuration, key }) => [key, configuration]))
  const measured: Measurement[] = []
  const limits = { vramMiB: Infinity, ramMiB: Infinity }
  const timedOut: Configuration[] = []
  let trials = 0
  let workedSeconds = 0

  /** What failed for want of memory bounds the scarcer of the two memories: nothing that needs as much is tried. */
  const learnLimit = (configuration: Configuration) => {
    const memory = problem.predictMemory(configuration)
    const ram = ramNeededMiB(problem, memory)
    const vramShare = memory.vramMiB / Math.max(1, usableVramMiB(problem))
    if (problem.machine.gpus.length > 0 && vramShare >= ram / Math.max(1, problem.machine.memory.availableMiB)) {
      limits.vramMiB = Math.min(limits.vramMiB, memory.vramMiB)
    } else {
      limits.ramMiB = Math.min(limits.ramMiB, ram)
    }
  }
  const exceedsLimit = (configuration: Configuration) => {
    if (limits.vramMiB === Infinity && limits.ramMiB === Infinity) return false
    const memory = problem.predictMemory(configuration)
    return memory.vramMiB >= limits.vramMiB || ramNeededMiB(problem, memory) >= limits.ramMiB
  }

  /** The daemon chooses all layers by itself: to ask for them brings nothing new. */
  const forgetAllLayers = (chosen: Configuration) => {
    for (const [key, candidate] of untold) {
      if (key !== baselineKey && asksForWhatIsChosen(problem, candidate, chosen)) untold.delete(key)
    }
  }

  const isOpen = ({ configuration, key }: { configuration: Configuration; key: string }) =>
    untold.has(key) && (key === baselineKey || !exceedsLimit(configuration))

  const baselineTurnSeconds = () => {
    const turns = measured.filter(({ key }) => key === baselineKey).map(({ turnSeconds }) => turnSeconds)
    return turns.length > 0 ? mean(turns) : null
  }

  return {
    tell({ configuration, outcome }) {
      const key = keyOf(configuration)
      told.add(key)
      untold.delete(key)
      if (key !== baselineKey) trials += 1
      if (outcome.kind === 'outOfMemory' || outcome.kind === 'spill') learnLimit(configuration)
      if (outcome.kind === 'timeout') timedOut.push(configuration)
      if (outcome.kind !== 'ok') return
      if (putsAllOnGpu(problem, configuration, outcome.load.memory)) forgetAllLayers(configuration)
      measured.push({
        configuration,
        key,
        outcome,
        cost: observedCost(problem.goal, outcome, problem.workload),
        turnSeconds: mean(countedRepetitions(outcome).map((repetition) => turnSeconds(repetition, problem.workload))),
        workedSeconds,
      })
      workedSeconds += secondsOf(outcome)
    },
    open: () => candidates.filter(isOpen).map(({ configuration }) => configuration),
    hasOpen: () => candidates.some(isOpen),
    timedOut: () => timedOut,
    untold: () => [...untold.values()],
    isTold: (configuration) => told.has(keyOf(configuration)),
    measurements: () => measured,
    measurementsOf(configuration) {
      const key = keyOf(configuration)
      return measured.filter((measurement) => measurement.key === key)
    },
    measuredConfigurations: () => byState(measured).map(({ configuration }) => configuration),
    baselineTurnSeconds,
    bestMeasured() {
      const limit = turnLimitSeconds(problem.goal, baselineTurnSeconds())
      const best = byState(measured)
        .filter((state) => limit === null || state.turnSeconds <= limit * sureShare(measured, problem))
        .toSorted((a, b) => a.cost - b.cost)[0]
      return best ?? null
    },
    trialCount: () => trials,
  }
}

/** Measurements gathered by engine state, means over loads. */
function byState(measured: readonly Measurement[]) {
  const groups = Map.groupBy(measured, ({ key }) => key)
  return [...groups.values()].flatMap((loads) => {
    const [first] = loads
    if (!first) return []
    return {
      configuration: first.configuration,
      cost: mean(loads.map(({ cost }) => cost)),
      turnSeconds: mean(loads.map((load) => load.turnSeconds)),
    }
  })
}

/** Seconds that a load and its answers took. */
function secondsOf({ load, repetitions }: OkOutcome): number {
  return repetitions.reduce((sum, { totalSeconds }) => sum + totalSeconds, load.loadSeconds)
}

/**
 * How far below the limit a measured turn must stay, as a factor, so that noise alone did not let it through: both the
 * turn and the baseline's, which sets the limit, are means of one load or more.
 */
function sureShare(measured: readonly Measurement[], { workload }: Problem): number {
  const seen = pooledVariance(
    measured.map(({ outcome }) => countedRepetitions(outcome).map((r) => Math.log(turnSeconds(r, workload)))),
  ) ?? { variance: 0, degreesOfFreedom: 0 }
  const degrees = seen.degreesOfFreedom + priorWithinSpread.degreesOfFreedom
  const within =
    (seen.variance * seen.degreesOfFreedom + priorWithinSpread.variance * priorWithinSpread.degreesOfFreedom) / degrees
  const repetitions = mean(measured.map(({ outcome }) => countedRepetitions(outcome).length))
  const variance = 2 * within * (loadSpreadRatio ** 2 + 1 / repetitions)
  return Math.exp(-sureDeviations * Math.sqrt(variance))
}
