import { quantile } from 'simple-statistics'
import type { Band } from '../../../preload/contract/insight.ts'
import type { Random } from '../random.ts'
import { createErrorSampler, type Belief } from './belief.ts'
import { createDecomposer, type Decomposition, type Factor } from './decomposition.ts'

/** What a factor does by itself. */
export interface FactorImportance {
  share: Band
  /** Whether its main effect can be told from none. */
  isDistinguishable: boolean
  /** Main effect of a level, in the function's unit, centred over the points. */
  effect(level: number): number
  /** Difference of the main effect between two levels, of the first from the second. */
  difference(level: number, reference: number): Band
}

export interface PairImportance {
  factors: readonly [number, number]
  share: Band
  isDistinguishable: boolean
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
  const components: Component[] = [
    ...factors.map(
      (_, i): Component =>
        ({ mains }) =>
          mains[i] ?? 0,
    ),
    ...decomposer.pairs.map(
      (_, i): Component =>
        ({ pairs }) =>
          pairs[i] ?? 0,
    ),
  ]
  const size = (of: Decomposition, component: Component) => Math.max(0, component(of)) * of.variance
  const distinct = components.filter((component) => {
    const noise = ofErrors.map((error) => size(error, component))
    return size(center, component) > quantile(noise, 1 - 2 * tail)
  })
  const judge = (component: Component) => {
    const value = component(center)
    const whole = band(value, samples.map(component))
    if (!distinct.includes(component)) {
      return { share: { ...whole, low: Math.min(0, value) }, isDistinguishable: false }
    }
    const amongDistinct = samples.map((drawn) => component(drawn) / distinct.reduce((sum, of) => sum + of(drawn), 0))
    const strict = band(value, amongDistinct)
    const share = { value, low: Math.min(whole.low, strict.low), high: Math.max(whole.high, strict.high) }
    return { share, isDistinguishable: true }
  }
  const judged = components.map(judge)
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

/** The share of one main effect or pair. */
type Component = (of: Decomposition) => number

/** The middle 95 % of the draws, widened where need be so that the value of the mean function lies within. */
function band(value: number, drawn: readonly number[]): Band {
  return {
    value,
    low: Math.min(value, quantile([...drawn], tail)),
    high: Math.max(value, quantile([...drawn], 1 - tail)),
  }
}
