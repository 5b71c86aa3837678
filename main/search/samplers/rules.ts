import type { Configuration } from '../../../preload/contract/model.ts'
import { automaticCount, engineState } from '../engine-state.ts'
import { usableVramMiB } from '../fit.ts'
import { turnLimitSeconds } from '../objective.ts'
import { createPhysics } from '../surrogate/physics.ts'
import { predictByPhysics } from '../surrogate/predict.ts'
import type { PredictedSpeed } from '../surrogate/predict.ts'
import type { CreateSampler, Problem, SearchSpace } from '../types.ts'
import { createHistory } from './history.ts'
import { samplerOver, stop, trial } from './suggest.ts'

/** So many configurations are what the rules stand for. */
const suggestionCount = 4
/** Predicted costs this close are one and the same to a prediction; then automatic values win. */
const indifference = 0.005
/** Share of free graphics memory that a rule leaves alone: it has no second try. */
const vramMargin = 0.02

interface Ranked {
  configuration: Configuration
  predicted: PredictedSpeed
}

/**
 * Physics and facts alone: candidates ranked by the physical mean at its prior, the best of each thread and layer
 * count, a handful at most. Learns nothing from what it is told, apart from what does not fit.
 */
export const createRulesSampler: CreateSampler = (options) => {
  const { problem, space } = options
  const history = createHistory(problem, space)
  const ranked = rank(problem, space)
  return samplerOver(options, history, (open) => {
    const next = ranked.find(({ configuration }) => open.has(configuration))
    if (!next || history.trialCount() >= suggestionCount) {
      return stop('search.rulesUsedUp', { trials: history.trialCount() })
    }
    return trial(problem, history, next.configuration, {
      code: 'search.ruleOfThumb',
      values: {
        decodeTokensPerSecond: next.predicted.decodeTokensPerSecond,
        turnSeconds: next.predicted.turnSeconds,
      },
    })
  })
}

/** Costs in steps of the indifference, so that near equals compare as equal. */
function step(cost: number): number {
  return Math.round(Math.log(cost) / indifference)
}

/** The best candidate of each pair of thread and layer counts, best first; none that promises no gain. */
function rank(problem: Problem, space: SearchSpace): Ranked[] {
  const physics = createPhysics(problem)
  const predict = (configuration: Configuration) => predictByPhysics(problem, physics, physics.priorMean, configuration)
  const baseline = predict(problem.baseline)
  const limit = turnLimitSeconds(problem.goal, baseline.turnSeconds) ?? Infinity
  const free = usableVramMiB(problem) * (1 - vramMargin)
  const rated = space.candidates
    .filter((configuration) => problem.predictMemory(configuration).vramMiB <= free)
    .map((configuration) => ({ configuration, predicted: predict(configuration) }))
    .filter(({ predicted }) => predicted.turnSeconds <= limit && predicted.cost < baseline.cost)
    .toSorted(
      (a, b) =>
        step(a.predicted.cost) - step(b.predicted.cost) ||
        automaticCount(b.configuration) - automaticCount(a.configuration),
    )
  const bestOfKind = Map.groupBy(rated, ({ configuration }) => {
    const { layers, threads } = engineState(problem, configuration)
    return `${layers}/${threads}`
  })
  return [...bestOfKind.values()].flatMap((group) => group.slice(0, 1))
}
