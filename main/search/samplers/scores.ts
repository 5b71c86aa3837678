import { mean } from 'simple-statistics'
import type { Configuration } from '../../../preload/contract/model.ts'
import { turnLimitSeconds } from '../objective.ts'
import type { Observation, Problem } from '../types.ts'
import type { History } from './history.ts'

/** What a configuration is worth to a method that ranks: its mean cost, or null if it failed or breaks the goal's limit. */
export interface Score {
  configuration: Configuration
  cost: number | null
}

/** Failures that speak against the configuration; a trial that others disturbed or the user skipped does not. */
const bad: ReadonlySet<Observation['outcome']['kind']> = new Set(['outOfMemory', 'spill', 'timeout', 'failed'])

export function isFailure({ outcome }: Observation): boolean {
  return bad.has(outcome.kind)
}

/** One score per measured engine state, in order of first measurement. */
export function measuredScores(problem: Problem, history: History): Score[] {
  const limit = turnLimitSeconds(problem.goal, history.baselineTurnSeconds()) ?? Infinity
  return history.measuredConfigurations().map((configuration) => {
    const loads = history.measurementsOf(configuration)
    const isWithinLimit = mean(loads.map(({ turnSeconds }) => turnSeconds)) <= limit
    return { configuration, cost: isWithinLimit ? mean(loads.map(({ cost }) => cost)) : null }
  })
}

/** Cost of the load told last, which must have been measured; null if it breaks the goal's limit. */
export function latestCost(problem: Problem, history: History): number | null {
  const limit = turnLimitSeconds(problem.goal, history.baselineTurnSeconds()) ?? Infinity
  const latest = history.measurements().at(-1)
  return latest && latest.turnSeconds <= limit ? latest.cost : null
}
