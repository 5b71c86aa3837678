import type { GoalKind, Workload } from '../../preload/contract/goal.ts'
import type { MemoryEstimate } from '../../preload/contract/model.ts'
import type { OkOutcome } from '../../preload/contract/trial.ts'

/** Length of a long answer, tokens: the throughput goal judges by it, whatever length was measured. */
export const longAnswerTokens = 1024
/** A configuration that saves memory may make a turn at most so much longer than the baseline's. */
export const memoryTurnAllowance = 1.1

/** What the objectives are computed from. */
export interface Rates {
  ttftSeconds: number
  decodeTokensPerSecond: number
  memory: MemoryEstimate
}

/** Seconds from sending the prompt to the last token of an answer of the workload's length: TTFT + output / decode. */
export function turnSeconds(rates: Omit<Rates, 'memory'>, workload: Workload): number {
  return rates.ttftSeconds + workload.outputTokens / rates.decodeTokensPerSecond
}

/**
 * Output tokens of the turn that decides about a goal's speed: those of the workload or, for the throughput goal, of a
 * long answer, as much shorter as its prompt is.
 */
export function decisiveTokens(goal: GoalKind, { outputTokens, share = 1 }: Workload): number {
  return goal === 'throughput' ? longAnswerTokens * share : outputTokens
}

/**
 * The objective f, always to be minimised: seconds per turn (chat), seconds per token of a long answer
 * (throughput), MiB of RAM and VRAM together (memory).
 */
export function objectiveCost(goal: GoalKind, rates: Rates, workload: Workload): number {
  switch (goal) {
    case 'chat':
      return turnSeconds(rates, workload)
    case 'throughput': {
      const outputTokens = decisiveTokens(goal, workload)
      return turnSeconds(rates, { ...workload, outputTokens }) / outputTokens
    }
    case 'memory':
      return rates.memory.ramMiB + rates.memory.vramMiB
  }
}

/** The same as people read it: seconds (chat), tokens/s (throughput) or MiB (memory). Its own inverse. */
export function displayedObjective(goal: GoalKind, cost: number): number {
  return goal === 'throughput' ? 1 / cost : cost
}

/** Objective costs of an outcome, one per counted repetition (warm-ups left out where anything else was measured). */
export function observedCosts(goal: GoalKind, outcome: OkOutcome, workload: Workload): number[] {
  return countedRepetitions(outcome).map((repetition) =>
    objectiveCost(goal, { ...repetition, memory: outcome.load.memory }, workload),
  )
}

/** Repetitions that count; a trial stopped during its warm-up has nothing but that. */
export function countedRepetitions(outcome: OkOutcome): OkOutcome['repetitions'] {
  const counted = outcome.repetitions.filter((repetition) => !repetition.isWarmUp)
  return counted.length > 0 ? counted : outcome.repetitions
}

/** Mean objective cost of an outcome, the value of a trial. */
export function observedCost(goal: GoalKind, outcome: OkOutcome, workload: Workload): number {
  const costs = observedCosts(goal, outcome, workload)
  return costs.reduce((sum, cost) => sum + cost, 0) / costs.length
}

/**
 * Gain in the goal's own objective, percent, from the log-ratio ln(baseline cost / candidate cost):
 * share of seconds or MiB saved, or of tokens/s won. Positive is better.
 */
export function gainPercent(goal: GoalKind, logRatio: number): number {
  return (goal === 'throughput' ? Math.expm1(logRatio) : -Math.expm1(-logRatio)) * 100
}

/** Longest turn that the goal admits, seconds; null where speed is the objective itself. */
export function turnLimitSeconds(goal: GoalKind, baselineTurnSeconds: number | null): number | null {
  return goal === 'memory' && baselineTurnSeconds !== null ? baselineTurnSeconds * memoryTurnAllowance : null
}
