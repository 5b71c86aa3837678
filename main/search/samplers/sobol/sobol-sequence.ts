import type { Random } from '../../random.ts'

/** Binary digits of each coordinate: points are exact fractions of 2³⁰. */
const digits = 30

interface Polynomial {
  degree: number
  /** Inner coefficients of the primitive polynomial, the highest first, as the bits of one number. */
  coefficients: number
  /** Initial direction numbers m₁ …, odd, mᵢ < 2ⁱ. */
  initial: readonly number[]
}

/**
 * Dimensions 2 to 10; the first needs none.
 * Source: S. Joe, F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM Journal on
 * Scientific Computing 30 (2008); their table new-joe-kuo-6.21201.
 */
const polynomials: readonly Polynomial[] = [
  { degree: 1, coefficients: 0, initial: [1] },
  { degree: 2, coefficients: 1, initial: [1, 3] },
  { degree: 3, coefficients: 1, initial: [1, 3, 1] },
  { degree: 3, coefficients: 2, initial: [1, 1, 1] },
  { degree: 4, coefficients: 1, initial: [1, 1, 3, 3] },
  { degree: 4, coefficients: 4, initial: [1, 3, 5, 13] },
  { degree: 5, coefficients: 2, initial: [1, 1, 5, 5, 17] },
  { degree: 5, coefficients: 4, initial: [1, 1, 5, 5, 5] },
  { degree: 5, coefficients: 7, initial: [1, 1, 7, 11, 19] },
]

/** Most dimensions that a point can have. */
export const maximumDimensions = polynomials.length + 1

/** The direction integers vₖ = mₖ · 2^(digits − k) of one dimension, by the recurrence of Joe and Kuo, equation (2). */
function directions(dimension: number): number[] {
  const polynomial = polynomials[dimension - 1]
  if (!polynomial) return Array.from({ length: digits }, (_, k) => 2 ** (digits - 1 - k))
  const { degree, coefficients, initial } = polynomial
  const found = initial.map((m, k) => m * 2 ** (digits - 1 - k))
  for (let k = degree; k < digits; k++) {
    const oldest = found[k - degree] ?? 0
    let direction = oldest ^ (oldest >>> degree)
    for (let i = 1; i < degree; i++) {
      if ((coefficients >>> (degree - 1 - i)) & 1) direction ^= found[k - i] ?? 0
    }
    found.push(direction)
  }
  return found
}

/**
 * The first `count` points of the Sobol sequence in [0, 1)ᵈ, in Gray-code order (I. A. Antonov, V. M. Saleev, 1979),
 * the origin first. With `scramble`, Owen's nested uniform scrambling is applied, which keeps every stratification
 * and makes each point uniform: each binary digit is flipped by a fair coin of its own for every pattern of the digits
 * before it (A. B. Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995).
 *
 * Throws a RangeError beyond `maximumDimensions`.
 */
export function sobolPoints(count: number, dimensions: number, scramble?: Random): number[][] {
  if (dimensions > maximumDimensions) throw new RangeError(`a Sobol point has at most ${maximumDimensions} dimensions`)
  const columns = Array.from({ length: dimensions }, (_, dimension) => {
    const integers = integerSequence(count, directions(dimension))
    return scramble ? nestedScramble(integers, scramble) : integers
  })
  return Array.from({ length: count }, (_, index) => columns.map((column) => (column[index] ?? 0) / 2 ** digits))
}

function integerSequence(count: number, direction: readonly number[]): number[] {
  const found: number[] = []
  let current = 0
  for (let index = 0; index < count; index++) {
    found.push(current)
    const lowestZero = 31 - Math.clz32(~index & (index + 1))
    current ^= direction[lowestZero] ?? 0
  }
  return found
}

function nestedScramble(integers: readonly number[], random: Random): number[] {
  const coins = new Map<number, number>()
  const coinOf = (prefix: number) => {
    const coin = coins.get(prefix) ?? (random() < 0.5 ? 1 : 0)
    coins.set(prefix, coin)
    return coin
  }
  return integers.map((integer) => {
    let scrambled = 0
    for (let digit = digits - 1; digit >= 0; digit--) {
      // A leading one keeps prefixes of different lengths apart.
      const prefix = (1 << (digits - 1 - digit)) | (integer >>> (digit + 1))
      scrambled = (scrambled << 1) | (((integer >>> digit) & 1) ^ coinOf(prefix))
    }
    return scrambled
  })
}
