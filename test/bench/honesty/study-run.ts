import type { BudgetKind, GoalKind } from '../../../preload/contract/goal.ts'
import { automatic } from '../../../preload/contract/model.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study, Verdict } from '../../../preload/contract/study.ts'
import { objectiveCost } from '../../../main/search/objective.ts'
import { confirmedPairs } from '../../../main/study/confirmation.ts'
import type { MeasuredLoad } from '../../../main/study/choices.ts'
import { meanTurnSeconds } from '../tables.ts'
import type { Table } from '../tables.ts'
import { planReplay, replayStudy } from '../virtual/virtual-study.ts'
import type { Circumstances, PlannedReplay } from '../virtual/virtual-study.ts'
import { constantTable, noDrift } from './constant-table.ts'
import type { Setup } from './machines.ts'

export interface Wish {
  setup: Setup
  goal: GoalKind
  budget: BudgetKind
}

/** How one study ended. */
export interface Ending {
  /** `failed`: it did not come to its own end. */
  verdict: Verdict['kind'] | 'failed'
  gainPercent: number
  interval: Verdict['interval']
  best: Configuration
  /** Every configuration that was loaded. */
  tried: readonly Configuration[]
  /** ln(baseline cost / candidate cost) of each pair of the confirmation. */
  pairs: number[]
  loads: number
  seconds: number
}

export type RunStudy = (wish: Wish, table: Table, seed: number, circumstances: Circumstances) => Promise<Ending>

/** Runs studies by the app's own code; what they plan does not depend on the table, so it is planned once. */
export function createStudyRuns(): RunStudy {
  const plans = new Map<string, Promise<PlannedReplay>>()
  const planOf = ({ setup, goal, budget }: Wish) => {
    const key = `${setup.name}/${goal}/${budget}`
    const still = { withinSd: 0, betweenSd: 0, drift: noDrift }
    const plan = plans.get(key) ?? planReplay(constantTable(setup, still), goal, budget, 'bayes')
    plans.set(key, plan)
    return plan
  }
  return async (wish, table, seed, circumstances) => {
    const plan = await planOf(wish)
    const { study, loads, secondsPaid } = await replayStudy({ ...plan, table }, seed, circumstances)
    const { report } = study
    return {
      verdict: study.state === 'finished' && report ? report.verdict.kind : 'failed',
      gainPercent: report?.verdict.gainPercent ?? 0,
      interval: report?.verdict.interval ?? null,
      best: report?.best.configuration ?? study.plan.baseline,
      tried: loads.map(({ configuration }) => configuration),
      pairs: logRatios(study),
      loads: loads.length,
      seconds: secondsPaid,
    }
  }
}

function logRatios(study: Study): number[] {
  const costOf = (load: MeasuredLoad) => objectiveCost(study.request.goal, load, study.plan.workload)
  return confirmedPairs(study).map(({ baseline, candidate }) => Math.log(costOf(baseline) / costOf(candidate)))
}

/** A warm-up and three repetitions. */
const answersPerTrial = 4

/** How long a trial takes when nothing disturbs it, seconds. */
export function trialSeconds(table: Table): number {
  const row = table.row(automatic)
  if (!row?.rates) throw new RangeError(`${table.id} has no default that runs`)
  return row.loadSeconds + answersPerTrial * meanTurnSeconds(table.workload, row.rates)
}
