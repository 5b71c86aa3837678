import { smallestWorthwhileGainPercent } from '../../search/verdict.ts'
import type { StudyReason } from '../../words/study.ts'
import type { Judgement } from './judgement.ts'

/** From so many pairs on an improvement is stated without a "likely". */
export const pairsForCertainty = 4

/**
 * How sure a verdict from pairs is, by where its whole interval lies: below what is worth a change, across nothing,
 * above it, or beyond what is worth one. Nobody is made sure of a gain by few pairs, nor by a gain that is not
 * recommended.
 */
export function certaintyOf({ kind, interval, pairs }: Pick<Judgement, 'kind' | 'interval' | 'pairs'>): StudyReason {
  if (interval === null) return { code: 'study.measuredInPairs', values: { pairs } }
  const values = { pairs, low: interval.low, high: interval.high }
  if (interval.high < smallestWorthwhileGainPercent) return { code: 'study.surelyNoBetter', values }
  if (interval.low <= 0) return { code: 'study.unsure', values }
  if (kind !== 'improved' || pairs < pairsForCertainty) return { code: 'study.likelyBetter', values }
  return { code: interval.low >= smallestWorthwhileGainPercent ? 'study.surelyBetter' : 'study.better', values }
}
