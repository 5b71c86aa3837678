import type { BudgetKind, GoalKind, Workload } from '../../preload/contract/goal.ts'
import type { Study } from '../../preload/contract/study.ts'
import { fitWorkload } from '../measure/prompt.ts'
import type { Patience } from '../search/types.ts'

/** What each goal asks of the model in one turn, tokens, where the context has room for it. */
const fullWorkloads: Record<GoalKind, Workload> = {
  chat: { promptTokens: 400, outputTokens: 120 },
  // A long answer has 1024 tokens after a prompt of 400; the decode rate of the first 256 stands for the rest (and a
  // note says so), and as reading is a small part of it, a prompt of 128 stands for the whole.
  throughput: { promptTokens: 128, outputTokens: 256, share: 128 / 400 },
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

const shortestWorkload: Workload = { promptTokens: 16, outputTokens: 8 }

/** The workload halved so many times, for a model or settings too slow for it; null where it is short already. */
export function shorterWorkload(
  { promptTokens, outputTokens, share = 1 }: Workload,
  halvings: number,
): Workload | null {
  if (promptTokens <= shortestWorkload.promptTokens && outputTokens <= shortestWorkload.outputTokens) return null
  const shorter = {
    promptTokens: Math.max(shortestWorkload.promptTokens, Math.round(promptTokens / 2)),
    outputTokens: Math.max(shortestWorkload.outputTokens, Math.round(outputTokens / 2)),
    share: share / 2,
  }
  return halvings > 1 ? (shorterWorkload(shorter, halvings - 1) ?? shorter) : shorter
}

/** How often the workload of a study was halved since it was planned; studies of old had longer ones. */
export function timesHalved({ request, plan }: Study): number {
  const { share = 1 } = fullWorkloads[request.goal]
  return Math.max(0, Math.round(Math.log2(share / (plan.workload.share ?? 1))))
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
  /** How little may be left to gain when the search ends by itself. */
  patience: Patience
}

const budgets: Record<BudgetKind, Budget> = {
  quick: {
    baselineLoads: 2,
    searchLoads: 6,
    reasonLoads: 2,
    confirmPairs: 5,
    repetitions: 4,
    maximumMinutes: 15,
    patience: 'usual',
  },
  standard: {
    baselineLoads: 2,
    searchLoads: 11,
    reasonLoads: 3,
    confirmPairs: 6,
    repetitions: 6,
    maximumMinutes: 40,
    patience: 'usual',
  },
  thorough: {
    baselineLoads: 3,
    searchLoads: 24,
    reasonLoads: 3,
    confirmPairs: 6,
    repetitions: 10,
    maximumMinutes: 120,
    patience: 'thorough',
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
