import { mean } from 'simple-statistics'
import type { Estimate } from '../../preload/contract/estimate.ts'
import { studentTQuantile } from './distributions.ts'

/**
 * Mean of the values with its two-sided 95 % Student-t confidence interval; no interval for a single value.
 * Throws a RangeError on an empty list.
 */
export function estimate(values: readonly number[]): Estimate {
  if (values.length === 0) throw new RangeError('an estimate needs at least one value')
  const center = mean([...values])
  const spread = sampleVariance(values)
  if (spread === null) return { mean: center, interval: null, count: 1 }
  const half = studentTQuantile(0.975, spread.degreesOfFreedom) * Math.sqrt(spread.variance / values.length)
  return { mean: center, interval: { low: center - half, high: center + half }, count: values.length }
}

/**
 * Mean of positive values with a two-sided 95 % confidence interval that is symmetric in ratios, from the spread of
 * their logarithms as it is known from more than these values; no interval for a single value.
 * Throws a RangeError on an empty list.
 */
export function ratioEstimate(values: readonly number[], logSpread: VarianceEstimate): Estimate {
  if (values.length === 0) throw new RangeError('an estimate needs at least one value')
  const center = mean([...values])
  if (values.length === 1) return { mean: center, interval: null, count: 1 }
  const half = studentTQuantile(0.975, logSpread.degreesOfFreedom) * Math.sqrt(logSpread.variance / values.length)
  return {
    mean: center,
    interval: { low: center * Math.exp(-half), high: center * Math.exp(half) },
    count: values.length,
  }
}

/** Standard error of the mean in the values' own unit; null below two values, as spread is unknown then. */
export function standardError(values: readonly number[]): number | null {
  const spread = sampleVariance(values)
  return spread && Math.sqrt(spread.variance / values.length)
}

export interface VarianceEstimate {
  variance: number
  degreesOfFreedom: number
}

/** Unbiased sample variance (divisor n − 1); null for fewer than two values. */
export function sampleVariance(values: readonly number[]): VarianceEstimate | null {
  return pooledVariance([values])
}

/**
 * Variance within groups that may differ in mean: summed squares over summed degrees of freedom.
 * Null when no group has two values.
 */
export function pooledVariance(groups: readonly (readonly number[])[]): VarianceEstimate | null {
  let squares = 0
  let degreesOfFreedom = 0
  for (const group of groups) {
    if (group.length < 2) continue
    const center = mean([...group])
    squares += group.reduce((sum, value) => sum + (value - center) ** 2, 0)
    degreesOfFreedom += group.length - 1
  }
  return degreesOfFreedom === 0 ? null : { variance: squares / degreesOfFreedom, degreesOfFreedom }
}
