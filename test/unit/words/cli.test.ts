import { describe, expect, it } from 'vitest'
import { createCliText, durationText } from '../../../main/shells/cli/format.ts'
import { germanCli } from '../../../main/words/german/cli.ts'
import { englishCli } from '../../../main/words/cli.ts'

/** Every sentence and word of a dictionary by its place in it; what varies in it is made up. */
function wordsOf(part: unknown, place = ''): [place: string, text: string][] {
  if (typeof part === 'string') return [[place, part]]
  if (typeof part === 'function') return [[place, (part as (...values: unknown[]) => string)(...values)]]
  return Object.entries(part as object).flatMap(([name, inner]) => wordsOf(inner, `${place}.${name}`))
}
const values = ['7', '8', '9', '10']

/** Words that are the same in both languages. */
const shared = new Set(['.doctor.system', '.studies.columns.0', '.doctor.daemonAt'])

describe('the words of the command line', () => {
  it('are all there in German, and none is English', () => {
    const [english, german] = [wordsOf(englishCli), wordsOf(germanCli)]
    expect(german.map(([place]) => place)).toEqual(english.map(([place]) => place))
    const same = german.filter(([, text], i) => text.toLowerCase() === english[i]?.[1].toLowerCase())
    expect(same.filter(([place]) => !shared.has(place))).toEqual([])
  })

  it('carry the same figures in both', () => {
    const figures = (text: string) => text.match(/\d+/g)?.toSorted() ?? []
    const german = new Map(wordsOf(germanCli))
    for (const [place, text] of wordsOf(englishCli)) {
      expect([place, figures(german.get(place) ?? '')]).toEqual([place, figures(text)])
    }
  })

  it('go with figures as the language writes them', () => {
    const estimate = { mean: 7.254, interval: { low: 7.1, high: 7.4 }, count: 3 }
    expect(createCliText('en').estimate(estimate)).toBe('7.25 (7.1 to 7.4)')
    expect(createCliText('de').estimate(estimate)).toBe('7,25 (7,1 bis 7,4)')
    expect(createCliText('de').memory(1536)).toBe('1,5 GB')
    expect(createCliText('en').memory(512)).toBe('512 MB')
    expect(durationText(80)).toBe('1 min 20 s')
  })
})
