import { dot, factorize, solve, solveLower } from './cholesky.ts'

/** Belief about a function of X before any observation. */
export interface Prior<X> {
  mean(x: X): number
  covariance(a: X, b: X): number
}

export interface GpObservation<X> {
  x: X
  y: number
  /** Variance of the error in y; 0 for an exact value. */
  noiseVariance: number
}

export interface Prediction {
  mean: number
  /** Variance of the function itself, without the noise of a further observation. */
  variance: number
}

/** A prediction at x that can be set against others. */
export interface PredictionAt<X> extends Prediction {
  x: X
  /** L⁻¹ k(x), n: what the observations explain. */
  explained: Float64Array
}

export interface GaussianProcess<X> {
  predict(x: X): PredictionAt<X>
  /** Posterior covariance of the function at two points. */
  covariance(a: PredictionAt<X>, b: PredictionAt<X>): number
  /** K⁻¹ (y − m): how much each observation pulls, n. */
  weights: Float64Array
  /** ln p(y | prior), by which hyperparameters are judged. */
  logMarginalLikelihood: number
}

/**
 * Gaussian process regression with a known prior and independent noise of known variances.
 * Source: C. Rasmussen, C. Williams, "Gaussian Processes for Machine Learning", 2006, algorithm 2.1.
 * Cost: O(n³) once, O(n²) per prediction; no observation at all is allowed.
 */
export function conditionOn<X>(prior: Prior<X>, observations: readonly GpObservation<X>[]): GaussianProcess<X> {
  // The lower triangle is all that a factorisation reads.
  const covariance = observations.map((a, i) => {
    const row = new Float64Array(i + 1)
    for (const [j, b] of observations.slice(0, i).entries()) row[j] = prior.covariance(a.x, b.x)
    row[i] = prior.covariance(a.x, a.x) + a.noiseVariance
    return row
  })
  const factor = factorize(covariance)
  const residuals = Float64Array.from(observations, ({ x, y }) => y - prior.mean(x))
  const weights = solve(factor, residuals)
  const logMarginalLikelihood =
    -0.5 * (dot(residuals, weights) + factor.logDeterminant + observations.length * Math.log(2 * Math.PI))
  return {
    weights,
    logMarginalLikelihood,
    predict(x) {
      const toObserved = new Float64Array(observations.length)
      for (const [i, { x: observed }] of observations.entries()) toObserved[i] = prior.covariance(x, observed)
      const explained = solveLower(factor, toObserved)
      return {
        x,
        explained,
        mean: prior.mean(x) + dot(toObserved, weights),
        variance: Math.max(0, prior.covariance(x, x) - dot(explained, explained)),
      }
    },
    covariance: (a, b) => prior.covariance(a.x, b.x) - dot(a.explained, b.explained),
  }
}

/**
 * Matérn covariance with ν = 5/2 at scaled distance r: (1 + √5 r + 5r²/3) e^(−√5 r); 1 at r = 0.
 * Source: Rasmussen & Williams, equation 4.17.
 */
export function matern52(r: number): number {
  const s = Math.sqrt(5) * r
  return (1 + s + (s * s) / 3) * Math.exp(-s)
}

/** Distance of two points with a length scale per dimension (automatic relevance determination). */
export function scaledDistance(a: readonly number[], b: readonly number[], lengthScales: readonly number[]): number {
  let sum = 0
  for (const [i, scale] of lengthScales.entries()) sum += (((a[i] ?? 0) - (b[i] ?? 0)) / scale) ** 2
  return Math.sqrt(sum)
}
