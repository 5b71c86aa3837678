import { smallestWorthwhileGainPercent } from '../../search/verdict.ts'
import type { StudyReason } from '../../words/study.ts'
import type { Judgement } from './judgement.ts'

/** From so many pairs on an improvement is stated without a "likely". */
export const pairsForCertainty = 4

/**
 * How sure a verdict from pairs is, by where its whole interval lies: beyond what is worth a change, above nothing,
 * below what would be worth one, or across. Few pairs make nobody sure of a gain: they are told, and no more.
 */
export function certaintyOf({ interval, pairs }: Pick<Judgement, 'interval' | 'pairs'>): StudyReason {
  if (interval === null) return { code: 'study.measuredInPairs', values: { pairs } }
  if (interval.low > 0 && pairs < pairsForCertainty) return { code: 'study.measuredInPairs', values: { pairs } }
  const values = { pairs, low: interval.low, high: interval.high }
  if (interval.low >= smallestWorthwhileGainPercent) return { code: 'study.surelyBetter', values }
  if (interval.low > 0) return { code: 'study.better', values }
  return { code: interval.high < smallestWorthwhileGainPercent ? 'study.surelyNoBetter' : 'study.unsure', values }
}
