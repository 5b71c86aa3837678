import type { GoalKind } from '../../preload/contract/goal.ts'
import type { Configuration } from '../../preload/contract/model.ts'
import { turnLimitSeconds } from '../../main/search/objective.ts'
import { meanCost, meanTurnSeconds } from './tables.ts'
import type { Table } from './tables.ts'
import type { Row } from './tables/rows.ts'

/** Worst regret that is told apart, percent; what does not load counts as this. */
export const worstRegretPercent = 999

/** What a recommendation is worth, by the means of its row. */
export interface Worth {
  regretPercent: number
  /** Negative if better. */
  worseThanDefaultPercent: number
}

/** Regret of a recommendation, as tables/README.md defines it. */
export function judge(table: Table, goal: GoalKind, configuration: Configuration): Worth {
  const row = table.row(configuration)
  const usual = table.row(table.problemOf(goal).baseline)
  const cost = costOfRow(table, goal, row, usual)
  const usualCost = costOfRow(table, goal, usual, usual)
  const optimum = table.optimum(goal)
  // Costs of throughput are seconds per token: 1 − value / optimum in tokens/s is 1 − optimum / cost.
  const relative = (worse: number, better: number) =>
    (goal === 'throughput' ? 1 - better / worse : worse / better - 1) * 100
  return {
    regretPercent: Number.isFinite(cost) ? Math.min(worstRegretPercent, relative(cost, optimum)) : worstRegretPercent,
    worseThanDefaultPercent: Number.isFinite(usualCost) ? Math.min(worstRegretPercent, relative(cost, usualCost)) : 0,
  }
}

function costOfRow(table: Table, goal: GoalKind, row: Row | undefined, usual: Row | undefined): number {
  if (!row?.rates) return Infinity
  const limit = turnLimitSeconds(goal, usual?.rates ? meanTurnSeconds(table.workload, usual.rates) : null)
  if (limit !== null && meanTurnSeconds(table.workload, row.rates) > limit) return Infinity
  return meanCost(goal, table.workload, row.rates, row)
}
