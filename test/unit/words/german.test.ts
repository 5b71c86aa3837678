import { describe, expect, it } from 'vitest'
import { dictionaries, sentenceOf, type Values } from '../../../main/words/say.ts'

/** Every value is this number; the names that a sentence reads are noted. */
function noting(value: number): { values: Values; names: Set<string> } {
  const names = new Set<string>()
  const values = new Proxy<Values>(
    {},
    {
      get: (_, name) => {
        names.add(String(name))
        return value
      },
    },
  )
  return { values, names }
}

describe.each(Object.entries(dictionaries.en))('%s in German', (code, sentence) => {
  it('tells the same values', () => {
    const here = noting(7)
    const there = noting(7)
    sentence(here.values)
    sentenceOf({ code, values: there.values }, 'de')
    expect(there.names).toEqual(here.names)
  })

  it('is a whole sentence of its own', () => {
    const { values } = noting(7)
    const text = sentenceOf({ code, values }, 'de')
    expect(text).toMatch(/^[A-ZÄÖÜ0-9„].*[.:]$/)
    expect(text).not.toMatch(/undefined|NaN|\[object/)
    expect(text).not.toBe(sentence(values))
  })
})

it('writes decimal commas', () => {
  const german = (code: string, values: Values) => sentenceOf({ code, values }, 'de')
  expect(german('measure.loadTimeout', { seconds: 7.25 })).toContain('7,3 s')
  expect(german('measure.memoryShort', { leftMiB: 1536 })).toContain('1,5 GB')
  expect(german('search.regimePartial', { layers: 27, total: 49, freeGigabytes: 5.5 })).toContain('5,5 GB')
  expect(german('study.verdict.improved', { goal: 'chat', gain: 20.94 })).toBe(
    'Bessere Einstellungen gefunden: 20,9 % weniger Zeit je Antwort.',
  )
})

it('knows no sentence for a code of another version', () => {
  expect(sentenceOf({ code: 'study.fromTheFuture', values: {} }, 'de')).toBeNull()
  expect(sentenceOf({ code: 'toString', values: {} }, 'de')).toBeNull()
})
