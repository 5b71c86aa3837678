import { mean, median } from 'simple-statistics'

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
