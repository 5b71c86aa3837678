import { factorize, solve } from '../surrogate/cholesky.ts'

/** Where each point stands in one factor: index of its level, 0 to `count` − 1. */
export interface Factor {
  count: number
  levelOf: readonly number[]
}

/** How a function's differences over the points share out among factors and pairs of them. */
export interface Decomposition {
  /** Variance of the function over the points. */
  variance: number
  /** Main effect of each factor, by level, centred over the points. */
  effects: Float64Array[]
  /** Shares of the variance; with `rest` they sum to 1. Zero throughout where the function is constant. */
  mains: number[]
  pairs: number[]
  rest: number
}

export interface Decomposer {
  /** Pairs of factors in the order of `Decomposition.pairs`. */
  pairs: readonly (readonly [number, number])[]
  decompose(values: Float64Array): Decomposition
}

/** One group of indicator columns: each point is 1 in the column of its cell. */
interface Term {
  cellOf: Int32Array
  start: number
  count: number
}

/** Tells apart what indicator columns leave open; far below anything measured, far above rounding. */
const ridge = 1e-7

/**
 * Functional analysis of variance over points that need not form a full grid, each of equal weight: least squares of
 * all main effects together, then of all pairs together on what those leave, each pair orthogonal to the main effects.
 * A component's share is its covariance with the function over the function's variance, so that shares sum to 1 even
 * where factors are correlated over the points (a share can be slightly negative then). On a full grid the shares are
 * Sobol's indices.
 *
 * Sources: G. Hooker, "Generalized functional ANOVA diagnostics for high-dimensional functions of dependent
 * variables", JCGS 16(3), 2007; shares: G. Li et al., "Global sensitivity analysis for systems with independent and/or
 * correlated inputs", Journal of Physical Chemistry A 114(19), 2010.
 *
 * Cost: O(k³) once for k distinct pairs of levels, O(k²) per function.
 */
export function createDecomposer(factors: readonly Factor[]): Decomposer {
  const pairs = factors.flatMap((_, i) => factors.slice(i + 1).map((_, offset) => [i, i + 1 + offset] as const))
  const mains = stack(factors.map(({ levelOf }) => levelOf))
  const together = stack(pairs.map(([i, j]) => combined(factors[i], factors[j])))
  const fitMains = createFit(mains)
  const fitPairs = createFit(together)
  return {
    pairs,
    decompose(values) {
      const n = values.length
      const mean = sum(values, (value) => value) / n
      const centred = values.map((value) => value - mean)
      const variance = sum(centred, (value) => value * value) / n
      const main = fitMains(centred)
      const remaining = centred.map((value, p) => value - (main.fitted[p] ?? 0))
      const pair = fitPairs(remaining)
      const shareOf = (term: Term, coefficients: Float64Array, target: Float64Array) =>
        variance === 0 ? 0 : covariance(term, coefficients, target) / variance
      const mainShares = mains.map((term) => shareOf(term, main.coefficients, centred))
      const pairShares = together.map((term) => shareOf(term, pair.coefficients, remaining))
      const explained = [...mainShares, ...pairShares].reduce((total, share) => total + share, 0)
      return {
        variance,
        effects: mains.map((term, i) => centredEffect(term, main.coefficients, factors[i]?.count ?? 0)),
        mains: mainShares,
        pairs: pairShares,
        rest: variance === 0 ? 0 : 1 - explained,
      }
    },
  }
}

/** Levels of two factors as one: only combinations that occur get a number. */
function combined(a: Factor | undefined, b: Factor | undefined): number[] {
  const numbers = new Map<number, number>()
  return (a?.levelOf ?? []).map((level, p) => {
    const key = level * (b?.count ?? 1) + (b?.levelOf[p] ?? 0)
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return number
  })
}

function stack(cells: readonly (readonly number[])[]): Term[] {
  let start = 0
  return cells.map((cellOf) => {
    const count = Math.max(-1, ...cellOf) + 1
    const term = { cellOf: Int32Array.from(cellOf), start, count }
    start += count
    return term
  })
}

/** Least squares on indicator columns; of all equally good coefficients about the smallest. */
function createFit(terms: readonly Term[]) {
  const columns = terms.reduce((total, { count }) => total + count, 0)
  const gram = Array.from({ length: columns }, () => new Float64Array(columns))
  const points = terms[0]?.cellOf.length ?? 0
  for (let p = 0; p < points; p++) {
    const active = terms.map(({ start, cellOf }) => start + (cellOf[p] ?? 0))
    for (const i of active) {
      const row = gram[i]
      if (row) for (const j of active) row[j] = (row[j] ?? 0) + 1
    }
  }
  for (const [i, row] of gram.entries()) row[i] = (row[i] ?? 0) + ridge
  const factor = factorize(gram)
  return (values: Float64Array) => {
    const sums = new Float64Array(columns)
    for (const { start, cellOf } of terms) {
      for (let p = 0; p < points; p++) {
        const column = start + (cellOf[p] ?? 0)
        sums[column] = (sums[column] ?? 0) + (values[p] ?? 0)
      }
    }
    const coefficients = solve(factor, sums)
    const fitted = new Float64Array(values.length)
    for (const { start, cellOf } of terms) {
      for (let p = 0; p < points; p++) fitted[p] = (fitted[p] ?? 0) + (coefficients[start + (cellOf[p] ?? 0)] ?? 0)
    }
    return { coefficients, fitted }
  }
}

/** Covariance of one component with a centred function. */
function covariance({ cellOf, start }: Term, coefficients: Float64Array, target: Float64Array): number {
  return sum(target, (value, p) => value * (coefficients[start + (cellOf[p] ?? 0)] ?? 0)) / target.length
}

function centredEffect({ cellOf, start }: Term, coefficients: Float64Array, count: number): Float64Array {
  const mean = sum(cellOf, (cell) => coefficients[start + cell] ?? 0) / cellOf.length
  return Float64Array.from({ length: count }, (_, level) => (coefficients[start + level] ?? 0) - mean)
}

function sum(values: ArrayLike<number>, of: (value: number, index: number) => number): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += of(values[i] ?? 0, i)
  return total
}
