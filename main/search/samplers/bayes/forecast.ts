import { mean } from 'simple-statistics'
import type { Configuration } from '../../../../preload/contract/model.ts'
import { decisiveTokens, memoryTurnAllowance } from '../../objective.ts'
import { probabilityBelow } from './acquisition.ts'
import type { Prediction, PredictionAt } from '../../surrogate/gp.ts'
import type { Point, Surrogate } from '../../surrogate/surrogate.ts'
import type { Problem } from '../../types.ts'
import type { History } from '../history.ts'

/** Share by which predicted memory is off, at a guess. */
const memorySpread = 0.01
/** What is not shorter by this factor than a turn that took too long will most likely take too long as well. */
const clearlyShorter = 0.7
/** Repetitions of a trial. */
const repetitionsPerTrial = 3

/** What is expected of a configuration. */
export interface Forecast {
  configuration: Configuration
  /** ln of the goal's cost, up to a constant. */
  logCost: Prediction
  /** The turn on which the goal's speed depends. */
  turn: PredictionAt<Point>
  /** Probability of keeping the goal's limit on turn seconds and of not taking too long, as others did; else 1. */
  keepsLimit: number
}

export interface Forecaster {
  forecast(configuration: Configuration): Forecast
  /** Posterior covariance of the log costs. */
  covariance(a: Forecast, b: Forecast): number
  /** Variance that one more trial would measure the log cost with. */
  noiseVariance(forecast: Forecast): number
}

/** Forecasts of the goal's cost from what the surrogate and the measured loads say. */
export function createForecaster(problem: Problem, history: History, surrogate: Surrogate): Forecaster {
  const { outputTokens } = problem.workload
  const isMemory = problem.goal === 'memory'
  const tokens = decisiveTokens(problem.goal, problem.workload)
  const memoryRatio = isMemory ? measuredToPredictedMemory(problem, history) : 1
  const baseline = surrogate.logTurnSeconds(problem.baseline, outputTokens)
  const limitsTurn = isMemory && history.baselineTurnSeconds() !== null
  /** P(this turn is shorter than `factor` times the other). */
  const isBelow = (turn: PredictionAt<Point>, other: PredictionAt<Point>, factor: number) => {
    const variance = turn.variance + other.variance - 2 * surrogate.covariance(turn, other)
    return probabilityBelow(turn.mean - other.mean, Math.max(0, variance), Math.log(factor))
  }
  const tooLong = history.timedOut().map((configuration) => surrogate.logTurnSeconds(configuration, tokens))
  const keepsLimit = (turn: PredictionAt<Point>) =>
    tooLong.reduce(
      (probability, other) => Math.min(probability, isBelow(turn, other, clearlyShorter)),
      limitsTurn ? isBelow(turn, baseline, memoryTurnAllowance) : 1,
    )
  const known = new Map<Configuration, Forecast>()
  const predict = (configuration: Configuration): Forecast => {
    const turn = surrogate.logTurnSeconds(configuration, tokens)
    const logCost = isMemory ? logMemory(problem, history, configuration, memoryRatio) : turn
    return { configuration, logCost, turn, keepsLimit: keepsLimit(turn) }
  }
  return {
    forecast(configuration) {
      const forecast = known.get(configuration) ?? predict(configuration)
      known.set(configuration, forecast)
      return forecast
    },
    covariance: (a, b) => (isMemory ? (a === b ? a.logCost.variance : 0) : surrogate.covariance(a.turn, b.turn)),
    noiseVariance: ({ turn }) => (isMemory ? 0 : surrogate.noiseVariance(turn, repetitionsPerTrial)),
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
