import type { Reason, Statement } from '../../preload/contract/estimate.ts'
import type { Language } from '../../preload/contract/settings.ts'
import { germanEnvironment } from './german/environment.ts'
import { germanInsight } from './german/insight.ts'
import { germanMachine } from './german/machine.ts'
import { germanMeasure } from './german/measure.ts'
import { germanMemory } from './german/memory.ts'
import { germanSearch } from './german/search.ts'
import { germanStudy } from './german/study.ts'
import { environmentSentences } from './environment.ts'
import { insightSentences } from './insight.ts'
import { machineSentences } from './machine.ts'
import { measureSentences } from './measure.ts'
import { memorySentences } from './memory.ts'
import { searchSentences } from './search.ts'
import { studySentences } from './study.ts'

export type Values = Statement['values']
/** One area's sentences: from the code of a fact to what a person reads. */
export type Sentences = Readonly<Record<string, (values: Values) => string>>

/** The same area in another language: a sentence for every code, and none besides. */
export type Translation<S extends Sentences> = Readonly<Record<keyof S, (values: Values) => string>>

/** Every area's sentences together, by language. */
export const dictionaries: Readonly<Record<Language, Sentences>> = {
  en: {
    ...environmentSentences,
    ...insightSentences,
    ...machineSentences,
    ...measureSentences,
    ...memorySentences,
    ...searchSentences,
    ...studySentences,
  },
  de: {
    ...germanEnvironment,
    ...germanInsight,
    ...germanMachine,
    ...germanMeasure,
    ...germanMemory,
    ...germanSearch,
    ...germanStudy,
  },
}

/**
 * Puts a fact into English, as it is kept. A code without a sentence is a defect that tests look for; a person then
 * sees the code.
 */
export function say(reason: Reason): Statement {
  return { ...reason, text: sentenceOf(reason, 'en') ?? reason.code }
}

/** The sentence for a fact; null for a code that this version does not know. */
export function sentenceOf({ code, values }: Reason, language: Language): string | null {
  const dictionary = dictionaries[language]
  return Object.hasOwn(dictionary, code) ? (dictionary[code]?.(values) ?? null) : null
}
