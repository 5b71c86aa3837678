import type { BudgetKind, GoalKind, Workload } from '../../preload/contract/goal.ts'
import type { Study } from '../../preload/contract/study.ts'
import { fitWorkload } from '../measure/prompt.ts'

/** What each goal asks of the model in one turn, tokens, where the context has room for it. */
const fullWorkloads: Record<GoalKind, Workload> = {
  chat: { promptTokens: 400, outputTokens: 120 },
  // A long answer has 1024 tokens; the decode rate of the first 256 stands for the rest (and a note says so).
  throughput: { promptTokens: 400, outputTokens: 256 },
  memory: { promptTokens: 400, outputTokens: 120 },
}

/**
 * What every repetition of a study asks of the model: the goal's workload as far as it fits the context.
 *
 * @param contextLength tokens, at least 512.
 */
export function workloadFor(goal: GoalKind, contextLength: number): Workload {
  return fitWorkload(fullWorkloads[goal], contextLength)
}

const shorteningFactor = 4
const shortestWorkload: Workload = { promptTokens: 16, outputTokens: 8 }

/** A quarter of the workload, for settings that cannot get through it in time; null where it is short already. */
export function shorterWorkload({ promptTokens, outputTokens }: Workload): Workload | null {
  const shorter = {
    promptTokens: Math.max(shortestWorkload.promptTokens, Math.round(promptTokens / shorteningFactor)),
    outputTokens: Math.max(shortestWorkload.outputTokens, Math.round(outputTokens / shorteningFactor)),
  }
  return shorter.promptTokens < promptTokens || shorter.outputTokens < outputTokens ? shorter : null
}

/** How often the workload of a study was shortened since it was planned. */
export function timesShortened({ request, model, plan }: Study): number {
  const contextLength = Math.min(request.contextLength, model.facts.trainedContextLength)
  let workload: Workload | null = workloadFor(request.goal, contextLength)
  for (let times = 0; workload; times += 1) {
    if (workload.promptTokens === plan.workload.promptTokens) return times
    workload = shorterWorkload(workload)
  }
  return 0
}

/** How much a study may spend. */
export interface Budget {
  baselineLoads: number
  /** Loads of the search, its sentinels and repeated trials included. */
  searchLoads: number
  /** Further loads that tell what each of several changed settings did alone. */
  reasonLoads: number
  /** At most so many pairs of loads in the confirmation; it ends as soon as the verdict is clear. */
  confirmPairs: number
  /** At most so many counted answers in a load, however much they differ. */
  repetitions: number
  maximumMinutes: number
}

const budgets: Record<BudgetKind, Budget> = {
  quick: { baselineLoads: 2, searchLoads: 6, reasonLoads: 2, confirmPairs: 5, repetitions: 4, maximumMinutes: 15 },
  standard: { baselineLoads: 2, searchLoads: 11, reasonLoads: 3, confirmPairs: 6, repetitions: 6, maximumMinutes: 40 },
  thorough: {
    baselineLoads: 3,
    searchLoads: 24,
    reasonLoads: 3,
    confirmPairs: 6,
    repetitions: 10,
    maximumMinutes: 120,
  },
}

/** A clear gain is proven by so many pairs. More are measured only where the verdict is open and time is left. */
export const usualConfirmPairs = 3

export function budgetFor(kind: BudgetKind): Budget {
  return budgets[kind]
}

/** All loads together, apart from those that are repeated because others disturbed them at the end. */
export function maximumLoads(budget: Budget): number {
  return budget.baselineLoads + budget.searchLoads + budget.reasonLoads + 2 * budget.confirmPairs
}

/** The baseline is measured again after so many search trials, so that drift shows. */
export const sentinelEvery = 6
