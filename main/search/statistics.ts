import { mean, median } from 'simple-statistics'
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

/**
 * Marks values whose modified z-score 0.6745·|x − median| / MAD exceeds 3.5.
 * Where more than half the values are equal the MAD is 0; then the mean absolute deviation takes its place
 * (0.7979·|x − median| / meanAD). Fewer than three values mark nothing.
 * Source: B. Iglewicz, D. Hoaglin, "How to Detect and Handle Outliers", ASQC 1993.
 */
export function outlierFlags(values: readonly number[]): boolean[] {
  if (values.length < 3) return values.map(() => false)
  const center = median([...values])
  const deviations = values.map((value) => Math.abs(value - center))
  const medianDeviation = median(deviations)
  const meanDeviation = mean(deviations)
  if (meanDeviation === 0) return values.map(() => false)
  const scale = medianDeviation > 0 ? medianDeviation / 0.6745 : meanDeviation / 0.7979
  return deviations.map((deviation) => deviation / scale > 3.5)
}

export { mean, median }
