import { objectiveNames, type ObjectiveCosts, type Weights } from '../../../preload/contract/insight.ts'
import { drawNormal, type Random } from '../random.ts'

/** Weight of the plain sum beside the worst objective (Knowles 2006). */
const augmentation = 0.05
/** An objective that does not matter still tells otherwise equal setups apart, by this share of all weight. */
const leastShare = 1e-4

/**
 * Scores of setups by preference weights, smaller is better: the augmented Chebyshev function
 * maxᵢ wᵢ rᵢ + 0.05 Σ wᵢ rᵢ, with rᵢ = ln(costᵢ / best costᵢ among the setups) and weights that sum to 1.
 *
 * Differences of log-ratios to the baseline are the same whatever the baseline, so r is counted from the best of each
 * objective: only then does a larger weight pull towards its objective, on either side of the baseline. A dominated
 * setup never scores best, and every point of the front is best for some weights.
 * Source: J. Knowles, "ParEGO", IEEE Transactions on Evolutionary Computation 10(1), 2006.
 */
export function preferenceScores(setups: readonly ObjectiveCosts[], weights: Weights): number[] {
  const shares = preferenceShares(weights)
  const best = objectiveNames.map((name) => Math.min(...setups.map((costs) => costs[name])))
  return setups.map((costs) => {
    const losses = objectiveNames.map((name, i) => (shares[i] ?? 0) * Math.log(costs[name] / (best[i] ?? 1)))
    return Math.max(...losses) + augmentation * losses.reduce((sum, loss) => sum + loss, 0)
  })
}

/**
 * Weights scattered around the given ones, so that a search looks at compromises nearby as well: each is multiplied
 * by a log-normal factor (J. Aitchison, S. Shen, "Logistic-normal distributions", Biometrika 67(2), 1980).
 *
 * @param spread standard deviation of the factors' logarithms
 */
export function jitteredWeights(weights: Weights, spread: number, random: Random): Weights {
  const names = objectiveNames.filter((name) => (weights[name] ?? 0) > 0)
  return Object.fromEntries(names.map((name) => [name, (weights[name] ?? 0) * Math.exp(spread * drawNormal(random))]))
}

/** Weights that sum to 1, in the order of `objectiveNames`; none is quite 0, so that ties are broken. */
export function preferenceShares(weights: Weights): number[] {
  const sum = objectiveNames.reduce((total, name) => total + (weights[name] ?? 0), 0)
  return objectiveNames.map((name) => Math.max(leastShare, (weights[name] ?? 0) / sum))
}
