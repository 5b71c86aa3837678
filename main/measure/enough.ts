import { mean } from 'simple-statistics'
import { standardError } from '../statistics/statistics.ts'

/** How often an answer is measured in one load. */
export interface RepetitionPlan {
  minimum: number
  maximum: number
  /** Enough once the standard error of the turn time is at most this share of its mean. */
  targetRelativeError: number
  /** What a trial of the search is to be told apart from; left out where the load is needed as exactly as possible. */
  rival?: {
    turnSeconds: number
    /** Standard deviation of ln turn between loads of equal settings: so much a load is off, however often repeated. */
    loadDeviation: number
  }
}

/** Standard errors between a trial and its rival from which on their order is beyond doubt. */
const clearDistance = 3

/**
 * Whether a load has been measured often enough for what is to be decided by it:
 *
 *     n ≥ minimum  and  ( n ≥ maximum,  s/√n ≤ target · mean,  or  |ln(mean/rival)| > 3 √((s/(√n · mean))² + 2 σ_b²) )
 *
 * A trial that is clearly worse or better than its rival ends at the minimum; one near it gets more, until the error of
 * its mean is small beside what any load is off. The turns must not be empty.
 */
export function isEnough(turns: readonly number[], plan: RepetitionPlan): boolean {
  if (turns.length < plan.minimum) return false
  if (turns.length >= plan.maximum) return true
  const center = mean([...turns])
  const error = standardError(turns)
  if (error === null) return false
  const relativeError = error / center
  if (relativeError <= plan.targetRelativeError) return true
  if (!plan.rival) return false
  const distance = Math.abs(Math.log(center / plan.rival.turnSeconds))
  return distance > clearDistance * Math.sqrt(relativeError ** 2 + 2 * plan.rival.loadDeviation ** 2)
}
