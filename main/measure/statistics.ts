import { mean, median, sampleStandardDeviation } from 'simple-statistics'
import type { Estimate } from '../../preload/contract/estimate.ts'

/** 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom (any table, e.g. NIST Handbook 1.3.6.7.2). */
const tQuantiles = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
]
const normalQuantile = 1.96

/**
 * Beyond the table the first term of the Cornish–Fisher expansion, z + (z³ + z) / 4ν, is right to three digits
 * (Abramowitz & Stegun 26.7.5).
 */
function tQuantile(degreesOfFreedom: number): number {
  const expansion = normalQuantile + (normalQuantile ** 3 + normalQuantile) / (4 * degreesOfFreedom)
  return tQuantiles[degreesOfFreedom - 1] ?? expansion
}

/** Standard error of the mean in the values' own unit; null below two values, as spread is unknown then. */
export function standardError(values: readonly number[]): number | null {
  if (values.length < 2) return null
  return sampleStandardDeviation([...values]) / Math.sqrt(values.length)
}

/** Mean with its 95 % Student-t interval. The values must not be empty. */
export function estimate(values: readonly number[]): Estimate {
  const center = mean([...values])
  const error = standardError(values)
  if (error === null) return { mean: center, interval: null, count: values.length }
  const half = tQuantile(values.length - 1) * error
  return { mean: center, interval: { low: center - half, high: center + half }, count: values.length }
}

/** How far from the median counts as an outlier, in robust standard deviations (Iglewicz & Hoaglin, 1993). */
const outlierDistance = 3.5
const fewestForOutliers = 3
/** Of fewer values than this two may agree by chance and make an outlier of any third: then the spread is taken for at least a tenth. */
const fewestForSpread = 5
const leastShareOfFew = 0.1

/**
 * Marks outliers by the modified z-score, |x − median| / (1.4826 · MAD) > 3.5. Where more than half the values agree
 * MAD is 0, and the mean absolute deviation (× 1.2533) takes its place, as the same authors advise.
 */
export function outlierFlags(values: readonly number[]): boolean[] {
  if (values.length < fewestForOutliers) return values.map(() => false)
  const center = median([...values])
  const distances = values.map((value) => Math.abs(value - center))
  const scale = 1.4826 * median(distances) || 1.2533 * mean(distances)
  const least = values.length < fewestForSpread ? leastShareOfFew * Math.abs(center) : 0
  return distances.map((distance) => scale > 0 && distance > outlierDistance * Math.max(scale, least))
}
