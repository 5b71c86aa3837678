import { decisiveTokens, memoryTurnAllowance } from '../../objective.ts'
import type { Surrogate } from '../../surrogate/surrogate.ts'
import type { Problem } from '../../types.ts'
import type { Forecast } from './forecast.ts'

/** A single turn is surely too long at so many standard deviations of what noise explains. */
const sureDeviations = 3
/** The noise is known from few loads at first: a trial is never given up for less than this ratio. */
const leastMargin = 1.1

/**
 * Turn seconds above which a trial surely cannot beat the incumbent, allowing for the noise of one turn and the
 * uncertainty of the incumbent itself; null where nothing can be said.
 *
 * For long answers a slow turn may still win by its decode rate, so the prefill that is expected of the candidate,
 * at the long end, is taken off before the rest is compared.
 */
export function abandonAboveTurnSeconds(
  problem: Problem,
  surrogate: Surrogate,
  incumbent: Forecast | null,
  candidate: Forecast,
): number | null {
  const { outputTokens } = problem.workload
  if (problem.goal === 'memory') {
    const { mean, variance } = surrogate.logTurnSeconds(problem.baseline, outputTokens)
    return Math.exp(mean) * memoryTurnAllowance * marginFor(variance + surrogate.noiseVariance(candidate.turn, 1))
  }
  if (!incumbent) return null
  const { mean, variance } = incumbent.logCost
  const worst = Math.exp(mean) * marginFor(variance + surrogate.noiseVariance(candidate.turn, 1))
  if (problem.goal === 'chat') return worst
  const ttft = surrogate.logTurnSeconds(candidate.configuration, 0)
  const [shortest, longest] = [-1, 1].map((side) =>
    Math.exp(ttft.mean + side * sureDeviations * Math.sqrt(ttft.variance + surrogate.noiseVariance(ttft, 1))),
  ) as [number, number]
  return longest + (outputTokens * Math.max(0, worst - shortest)) / decisiveTokens(problem.goal, problem.workload)
}

function marginFor(variance: number): number {
  return Math.max(leastMargin, Math.exp(sureDeviations * Math.sqrt(variance)))
}
