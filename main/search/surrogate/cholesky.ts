/** Lower triangular factor of a symmetric positive definite matrix; entry (i, j ≤ i) is `rows[i][j]`. */
export interface Factor {
  rows: Float64Array[]
  /** ln det of the matrix that was factored, jitter included. */
  logDeterminant: number
}

/**
 * Cholesky factor of `matrix` (n × n, symmetric), O(n³/3). Near-singular matrices, such as those of repeated points
 * without noise, get a growing jitter on the diagonal, from 1e-12 of its mean upwards, until the factor exists.
 * Throws a RangeError where no jitter helps, that is, when an entry is not finite.
 */
export function factorize(matrix: readonly Float64Array[]): Factor {
  const scale = matrix.reduce((sum, row, i) => sum + (row[i] ?? 0), 0) / Math.max(1, matrix.length)
  for (let jitter = 0; jitter <= 1e-2; jitter = jitter === 0 ? 1e-12 : jitter * 10) {
    const factor = tryFactorize(matrix, jitter * scale)
    if (factor) return factor
  }
  throw new RangeError('the covariance is not positive definite')
}

function tryFactorize(matrix: readonly Float64Array[], jitter: number): Factor | null {
  const rows: Float64Array[] = []
  let logDeterminant = 0
  for (const [i, source] of matrix.entries()) {
    const row = new Float64Array(i + 1)
    for (let j = 0; j <= i; j++) {
      const other = rows[j] ?? row
      let sum = (source[j] ?? 0) + (i === j ? jitter : 0)
      for (let k = 0; k < j; k++) sum -= (row[k] ?? 0) * (other[k] ?? 0)
      if (i !== j) row[j] = sum / (other[j] ?? 1)
      else if (sum > 0 && Number.isFinite(sum)) row[i] = Math.sqrt(sum)
      else return null
    }
    logDeterminant += 2 * Math.log(row[i] ?? 1)
    rows.push(row)
  }
  return { rows, logDeterminant }
}

/** The x with L x = b. */
export function solveLower({ rows }: Factor, b: ArrayLike<number>): Float64Array {
  const x = new Float64Array(rows.length)
  for (const [i, row] of rows.entries()) {
    let sum = b[i] ?? 0
    for (let j = 0; j < i; j++) sum -= (row[j] ?? 0) * (x[j] ?? 0)
    x[i] = sum / (row[i] ?? 1)
  }
  return x
}

/** The x with L Lᵀ x = b, that is, the matrix's inverse times b. */
export function solve(factor: Factor, b: ArrayLike<number>): Float64Array {
  const { rows } = factor
  const x = solveLower(factor, b)
  for (let i = rows.length - 1; i >= 0; i--) {
    const row = rows[i] ?? new Float64Array()
    const value = (x[i] ?? 0) / (row[i] ?? 1)
    x[i] = value
    for (let j = 0; j < i; j++) x[j] = (x[j] ?? 0) - (row[j] ?? 0) * value
  }
  return x
}

/** Σ aᵢ bᵢ. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
