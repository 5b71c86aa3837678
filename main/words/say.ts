import type { Reason, Statement } from '../../preload/contract/estimate.ts'
import { insightSentences } from './insight.ts'
import { machineSentences } from './machine.ts'
import { measureSentences } from './measure.ts'
import { memorySentences } from './memory.ts'
import { searchSentences } from './search.ts'
import { studySentences } from './study.ts'

export type Values = Statement['values']
/** One area's sentences: from the code of a fact to the English that a person reads. */
export type Sentences = Readonly<Record<string, (values: Values) => string>>

const sentences: Sentences = {
  ...insightSentences,
  ...machineSentences,
  ...measureSentences,
  ...memorySentences,
  ...searchSentences,
  ...studySentences,
}

/** Puts a fact into words. A code without a sentence is a defect that tests look for; a person then sees the code. */
export function say(reason: Reason): Statement {
  const sentence = sentences[reason.code]
  return { ...reason, text: sentence ? sentence(reason.values) : reason.code }
}
