import { drawNormal, type Random } from '../random.ts'
import { dot, factorize } from '../surrogate/cholesky.ts'
import { matern52, scaledDistance } from '../surrogate/gp.ts'

/** What is believed of a function at each point, and how far its errors go together. */
export interface Belief {
  mean: readonly number[]
  variance: readonly number[]
  /** Where each point lies; errors of near points are alike. */
  inputs: readonly (readonly number[])[]
  /** Distance, for each input, over which errors are alike. */
  lengthScales: readonly number[]
}

/**
 * Draws of how the function may differ from its mean: standard deviation × a Gaussian field of unit variance with
 * Matérn-5/2 correlation. Means and variances are the surrogate's own; that errors go together as in its residual
 * process is an assumption, as predictions of one point at a time do not tell. What all points have in common does
 * not matter to importance, which looks at differences only.
 */
export function createErrorSampler({ variance, inputs, lengthScales }: Belief): (random: Random) => Float64Array {
  const correlation = inputs.map((a, i) =>
    Float64Array.from(inputs, (b, j) => (i === j ? 1 : matern52(scaledDistance(a, b, lengthScales)))),
  )
  const { rows } = factorize(correlation)
  const deviations = Float64Array.from(variance, Math.sqrt)
  return (random) => {
    const independent = deviations.map(() => drawNormal(random))
    return deviations.map((deviation, i) => deviation * dot(rows[i] ?? [], independent))
  }
}
