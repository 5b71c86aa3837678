import { createRandom, drawNormal } from '../../random.ts'
import { probabilityBelow } from './acquisition.ts'
import { dot, factorize } from '../../surrogate/cholesky.ts'
import type { Forecast, Forecaster } from './forecast.ts'

/** Candidates looked at together: those with the best chances of their own. */
const mostTogether = 40
const draws = 400

/** A forecast with the probability that the configuration can be had: that it fits and keeps the goal's limit. */
export interface Rated {
  expected: Forecast
  admissible: number
}

/** What may still be gained over the incumbent. */
export interface Outlook {
  /** Probability that any candidate is better by at least `worthwhile`. */
  chance: number
  /** Mean of ln (incumbent's cost / lowest cost), nats: what stopping now is expected to cost. */
  regret: number
}

/**
 * Draws of all log costs together from the posterior, so that many small chances count, and counts only once what
 * near candidates have in common.
 */
export function outlookFor(
  incumbent: Forecast,
  candidates: readonly Rated[],
  forecaster: Forecaster,
  worthwhile: number,
): Outlook {
  const threshold = incumbent.logCost.mean - worthwhile
  const chanceOf = ({ expected: { logCost }, admissible }: Rated) =>
    admissible * probabilityBelow(logCost.mean, logCost.variance, threshold)
  const rivals = candidates
    .filter(({ expected }) => expected.configuration !== incumbent.configuration)
    .map((candidate) => ({ candidate, chance: chanceOf(candidate) }))
    .toSorted((a, b) => b.chance - a.chance)
    .slice(0, mostTogether)
    .map(({ candidate }) => candidate)
  const together = [incumbent, ...rivals.map(({ expected }) => expected)]
  const { rows } = factorize(
    together.map((a, i) => Float64Array.from(together, (b, j) => (j > i ? 0 : forecaster.covariance(a, b)))),
  )
  const means = together.map(({ logCost }) => logCost.mean)
  // The same draws every time: a search that is resumed must decide as it would have.
  const random = createRandom(draws)
  const normals = new Float64Array(together.length)
  let better = 0
  let regret = 0
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < normals.length; i++) normals[i] = drawNormal(random)
    const own = (means[0] ?? 0) + dot(rows[0] ?? [], normals)
    let lowest = own
    for (const [i, { admissible }] of rivals.entries()) {
      const value = (means[i + 1] ?? 0) + dot(rows[i + 1] ?? [], normals)
      if (value < lowest && random() < admissible) lowest = value
    }
    if (lowest <= own - worthwhile) better += 1
    regret += own - lowest
  }
  return { chance: better / draws, regret: regret / draws }
}
