import type { Reason } from '../../../preload/contract/estimate.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import { acquisition, expectedImprovement, probabilityBelow } from '../surrogate/acquisition.ts'
import { automaticCount } from '../engine-state.ts'
import { memoryTurnAllowance } from '../objective.ts'
import { mean } from '../statistics.ts'
import { createFeasibility } from '../surrogate/feasibility.ts'
import type { Prediction } from '../surrogate/gp.ts'
import { createPhysics } from '../surrogate/physics.ts'
import { decisiveTokens, fitSurrogate } from '../surrogate/surrogate.ts'
import type { Surrogate } from '../surrogate/surrogate.ts'
import type { CreateSampler, Problem, Suggestion } from '../types.ts'
import { createHistory } from './history.ts'
import type { History } from './history.ts'
import { obligatorySuggestion, stop, trial } from './suggest.ts'

/** A gain below this is not worth a load, nats. */
const worthwhile = Math.log(1.03)
/** The search ends when no candidate has a better chance than this of a worthwhile gain. */
const leastChance = 0.05
/** P(fits) weighs in by this power: a failed load costs more than its seconds, it shakes trust and perhaps the computer. */
const caution = 2
/** The incumbent keeps the goal's limit with this probability at least. */
const leastSurety = 0.8
/** Predicted costs this close, nats, are equal; then the configuration with more automatic values is taken. */
const indifference = 0.003
/** Requests of a trial: a warm-up and three repetitions. */
const requestsPerTrial = 4
/** A load takes so long, at a guess that counts as one measurement. */
const guessedLoadSeconds = 5
/** Share by which predicted memory is off, at a guess. */
const memorySpread = 0.01

interface Forecast {
  configuration: Configuration
  logCost: Prediction
  turnSeconds: number
  decodeTokensPerSecond: number
  /** Probability of keeping the goal's limit on turn seconds; 1 where there is none. */
  keepsLimit: number
}

/**
 * Bayesian optimisation over the enumerated candidates: physics and a Gaussian process forecast each of them, the
 * acquisition weighs improvement, memory and time, and the search ends when nothing promises 3 % any more.
 */
export const createBayesSampler: CreateSampler = (options) => {
  const { problem, space } = options
  const history = createHistory(problem, space)
  const feasibility = createFeasibility(problem)
  const physics = createPhysics(problem)
  const forecaster = () => createForecaster(problem, history, fitSurrogate(problem, physics, history.measurements()))

  return {
    tell(observation) {
      history.tell(observation)
      feasibility.tell(observation)
    },
    recommend: () => incumbentOf(history, forecaster())?.configuration ?? problem.baseline,
    ask(): Suggestion {
      const obligatory = obligatorySuggestion(options, history)
      if (obligatory) return obligatory
      const forecast = forecaster()
      const incumbent = incumbentOf(history, forecast)
      const best = incumbent?.logCost.mean ?? Infinity
      const loadSeconds = mean([
        guessedLoadSeconds,
        ...history.measurements().map(({ outcome }) => outcome.load.loadSeconds),
      ])
      const rated = history.open().map((configuration) => {
        const expected = forecast(configuration)
        const fits = feasibility.probability(configuration) ** caution * expected.keepsLimit
        const seconds = loadSeconds + requestsPerTrial * expected.turnSeconds
        const { mean: center, variance } = expected.logCost
        const improvement = incumbent ? expectedImprovement(center, variance, best) : Math.exp(-center)
        return {
          ...expected,
          score: acquisition(improvement, fits, seconds),
          chance: incumbent ? fits * probabilityBelow(center, variance, best - worthwhile) : fits,
        }
      })
      const chance = Math.max(...rated.map((candidate) => candidate.chance))
      if (incumbent && chance < leastChance) {
        return stop('search.nothingLeftToGain', {
          chancePercent: chance * 100,
          tried: history.measuredConfigurations().length,
        })
      }
      const next = rated.reduce((a, b) => (b.score > a.score ? b : a))
      return trial(problem, history, next.configuration, reasonFor(next, incumbent))
    },
  }
}

type Forecaster = (configuration: Configuration) => Forecast

function createForecaster(problem: Problem, history: History, surrogate: Surrogate): Forecaster {
  const { outputTokens } = problem.workload
  const memoryRatio = measuredToPredictedMemory(problem, history)
  const baselineTurn = surrogate.logTurnSeconds(problem.baseline, outputTokens)
  const limitsTurn = problem.goal === 'memory' && history.baselineTurnSeconds() !== null
  return (configuration) => {
    const turn = surrogate.logTurnSeconds(configuration, outputTokens)
    return {
      configuration,
      logCost:
        problem.goal === 'memory'
          ? logMemory(problem, history, configuration, memoryRatio)
          : surrogate.logTurnSeconds(configuration, decisiveTokens(problem.goal, outputTokens)),
      turnSeconds: Math.exp(turn.mean),
      decodeTokensPerSecond: Math.exp(-surrogate.logTokenSeconds(configuration).mean),
      keepsLimit: limitsTurn
        ? probabilityBelow(turn.mean, turn.variance, baselineTurn.mean + Math.log(memoryTurnAllowance))
        : 1,
    }
  }
}

/** Memory is nearly deterministic: what was measured, else the prediction corrected by what was. */
function logMemory(problem: Problem, history: History, configuration: Configuration, ratio: number): Prediction {
  const measured = history.measurementsOf(configuration)
  if (measured.length > 0) return { mean: Math.log(mean(measured.map(({ cost }) => cost))), variance: 0 }
  const { ramMiB, vramMiB } = problem.predictMemory(configuration)
  return { mean: Math.log((ramMiB + vramMiB) * ratio), variance: memorySpread ** 2 }
}

function measuredToPredictedMemory(problem: Problem, history: History): number {
  const ratios = history.measurements().map(({ configuration, outcome: { load } }) => {
    const predicted = problem.predictMemory(configuration)
    return (load.memory.ramMiB + load.memory.vramMiB) / (predicted.ramMiB + predicted.vramMiB)
  })
  return ratios.length > 0 ? mean(ratios) : 1
}

/** The measured configuration with the best forecast, not the luckiest measurement; automatic values win ties. */
function incumbentOf(history: History, forecast: Forecaster): Forecast | null {
  const measured = history.measuredConfigurations().map(forecast)
  const admissible = measured.filter(({ keepsLimit }) => keepsLimit >= leastSurety)
  if (admissible.length === 0) return null
  const best = Math.min(...admissible.map(({ logCost }) => logCost.mean))
  return admissible
    .filter(({ logCost }) => logCost.mean <= best + indifference)
    .reduce((a, b) => (automaticCount(b.configuration) > automaticCount(a.configuration) ? b : a))
}

function reasonFor(next: Forecast, incumbent: Forecast | null): Reason {
  const { num_gpu, num_thread, num_batch, use_mmap, flash_attention } = next.configuration
  const values = {
    layers: num_gpu,
    threads: num_thread,
    batch: num_batch,
    mapping: use_mmap === null ? 'automatic' : use_mmap ? 'mapped' : 'read',
    flashAttention: flash_attention ?? 'automatic',
    decodeTokensPerSecond: next.decodeTokensPerSecond,
  }
  if (!incumbent) return { code: 'search.firstToRun', values }
  const gain = Math.expm1(incumbent.logCost.mean - next.logCost.mean) * 100
  const spread = Math.expm1(2 * Math.sqrt(next.logCost.variance)) * 100
  return gain > 0.5
    ? { code: 'search.expectedBetter', values: { ...values, gainPercent: gain } }
    : { code: 'search.uncertain', values: { ...values, upToPercent: gain + spread } }
}
