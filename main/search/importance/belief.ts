import { drawNormal, type Random } from '../random.ts'
import { dot, factorize } from '../surrogate/cholesky.ts'

/** What is believed of a function at n points. */
export interface Belief {
  mean: readonly number[]
  /** How errors of the mean go together: lower triangle of n × n, row i with i + 1 entries. */
  covariance: readonly Float64Array[]
}

/** The lower triangle of a covariance, from what it is of two items. */
export function covarianceOf<T>(items: readonly T[], covariance: (a: T, b: T) => number): Float64Array[] {
  return items.map((a, i) => {
    const row = new Float64Array(i + 1)
    for (let j = 0; j <= i; j++) row[j] = covariance(a, items[j] ?? a)
    return row
  })
}

/** Draws of how the function may differ from its mean. */
export function createErrorSampler({ covariance }: Belief): (random: Random) => Float64Array {
  const { rows } = factorize(covariance)
  const zeros = new Float64Array(rows.length)
  return (random) => {
    const independent = zeros.map(() => drawNormal(random))
    return zeros.map((_, i) => dot(rows[i] ?? [], independent))
  }
}
