import { normalCdf, normalDensity } from '../distributions.ts'

/**
 * Expected improvement of a log cost below `best`, in nats: E[max(0, best − Y)] for Y ~ Normal(mean, variance).
 * With the incumbent's posterior mean as `best`, noise in its measurement is not mistaken for merit.
 * Source: D. Jones, M. Schonlau, W. Welch, Journal of Global Optimization 13, 1998, equation 15; the plug-in for
 * noisy observations: V. Picheny, T. Wagner, D. Ginsbourger, Structural and Multidisciplinary Optimization 48, 2013.
 */
export function expectedImprovement(mean: number, variance: number, best: number): number {
  const sd = Math.sqrt(variance)
  if (sd === 0) return Math.max(0, best - mean)
  const z = (best - mean) / sd
  return Math.max(0, sd * (z * normalCdf(z) + normalDensity(z)))
}

/** P(Y < threshold) for Y ~ Normal(mean, variance). */
export function probabilityBelow(mean: number, variance: number, threshold: number): number {
  const sd = Math.sqrt(variance)
  if (sd === 0) return mean < threshold ? 1 : 0
  return normalCdf((threshold - mean) / sd)
}

/** Seconds weigh in by this power: doubling the cost of a trial must be paid back, but not in full. */
const secondsExponent = 0.5

/**
 * What the next trial is chosen by: expected improvement × probability of fitting, per expected second
 * (J. Snoek, H. Larochelle, R. Adams, NeurIPS 2012, with the seconds damped).
 */
export function acquisition(improvement: number, fitsProbability: number, expectedSeconds: number): number {
  return (improvement * fitsProbability) / expectedSeconds ** secondsExponent
}
