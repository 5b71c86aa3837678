import { quantile } from 'simple-statistics'
import type { Band } from '../../../preload/contract/insight.ts'
import type { Random } from '../random.ts'
import { createErrorSampler, type Belief } from './belief.ts'
import { createDecomposer, type Decomposition, type Factor } from './decomposition.ts'

/** The share of the differences that one component explains. */
export interface JudgedShare {
  share: Band
  /** Whether it can be told from none. */
  isDistinguishable: boolean
}

/** What a factor does by itself. */
export interface FactorImportance extends JudgedShare {
  /** Main effect of a level, in the function's unit, centred over the points. */
  effect(level: number): number
  /** Difference of the main effect between two levels, of the first from the second. */
  difference(level: number, reference: number): Band
}

export interface PairImportance extends JudgedShare {
  factors: readonly [number, number]
}

export interface ImportanceOfFactors {
  factors: FactorImportance[]
  pairs: PairImportance[]
  rest: number
  /** Variance of the mean function over the points. */
  variance: number
}

/** Functions drawn: enough for the ends of a 95 % interval to be steady to a tenth of its width. */
const draws = 200
const tail = 0.025

/**
 * Shares of the differences between points that each factor and each pair explains, with 95 % intervals.
 *
 * The shares are those of the mean of the belief. Intervals come from decomposing functions drawn from the belief
 * (J. Oakley, A. O'Hagan, "Probabilistic sensitivity analysis of complex models: a Bayesian approach", JRSS B 66(3),
 * 2004) and not from resampling trials: a study has one trial for most values, which a resample drops, and no resample
 * knows how little is known of what was never tried. A share is never below 0 in a draw, so noise alone makes it
 * positive; the interval begins at 0 unless the component is larger than in 95 % of the draws' errors alone. Likewise
 * noise takes from the shares of what does matter: their intervals hold both with and without it.
 */
export function importanceOf(factors: readonly Factor[], belief: Belief, random: Random): ImportanceOfFactors {
  const decomposer = createDecomposer(factors)
  const means = Float64Array.from(belief.mean)
  const center = decomposer.decompose(means)
  const drawError = createErrorSampler(belief)
  const errors = Array.from({ length: draws }, () => drawError(random))
  const ofErrors = errors.map((error) => decomposer.decompose(error))
  const samples = errors.map((error) => decomposer.decompose(error.map((value, point) => value + (means[point] ?? 0))))
  const judged = judgeShares(center, samples, ofErrors)
  return {
    factors: judged.slice(0, factors.length).map((judgement, i): FactorImportance => {
      const effect = (of: Decomposition, level: number) => of.effects[i]?.[level] ?? 0
      return {
        ...judgement,
        effect: (level) => effect(center, level),
        difference: (level, reference) => {
          const between = (of: Decomposition) => effect(of, level) - effect(of, reference)
          return band(between(center), samples.map(between))
        },
      }
    }),
    pairs: judged.slice(factors.length).map((judgement, i) => ({
      factors: decomposer.pairs[i] ?? [0, 0],
      ...judgement,
    })),
    rest: center.rest,
    variance: center.variance,
  }
}

/** Every main effect's share, then every pair's, with its interval. */
function judgeShares(
  center: Decomposition,
  samples: readonly Decomposition[],
  ofErrors: readonly Decomposition[],
): JudgedShare[] {
  const shares = sharesOf(center)
  const drawn = samples.map(sharesOf)
  const noise = ofErrors.map(sizesOf)
  const isDistinct = sizesOf(center).map((size, i) => size > quantile(column(noise, i), 1 - 2 * tail))
  const amongDistinct = drawn.map((all) => {
    const sum = all.reduce((total, share, i) => total + (isDistinct[i] ? share : 0), 0)
    return all.map((share) => share / sum)
  })
  return shares.map((value, i) => {
    const whole = band(value, column(drawn, i))
    if (!isDistinct[i]) return { share: { ...whole, low: Math.min(0, value) }, isDistinguishable: false }
    const strict = band(value, column(amongDistinct, i))
    const share = { value, low: Math.min(whole.low, strict.low), high: Math.max(whole.high, strict.high) }
    return { share, isDistinguishable: true }
  })
}

function sharesOf({ mains, pairs }: Decomposition): number[] {
  return [...mains, ...pairs]
}

/** Variances of the components themselves, in the function's unit squared. */
function sizesOf(of: Decomposition): number[] {
  return sharesOf(of).map((share) => Math.max(0, share) * of.variance)
}

function column(rows: readonly (readonly number[])[], index: number): number[] {
  return rows.map((row) => row[index] ?? 0)
}

/** The middle 95 % of the draws, widened where need be so that the value of the mean function lies within. */
function band(value: number, drawn: number[]): Band {
  return {
    value,
    low: Math.min(value, quantile(drawn, tail)),
    high: Math.max(value, quantile(drawn, 1 - tail)),
  }
}
