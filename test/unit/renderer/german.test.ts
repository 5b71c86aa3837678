import { describe, expect, it } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import { english } from '../../../renderer/text/english.ts'
import { createFormat } from '../../../renderer/text/format.ts'
import { german } from '../../../renderer/text/german.ts'
import { loadText } from '../../../renderer/text/load-text.ts'

/** Words that are the same in both languages. */
const alike = new Set([
  'Attune',
  'Computer',
  'Name',
  'Plan',
  'Version',
  'Quick',
  'Flash attention',
  'Open WebUI',
  'Visual Studio Code',
  'http://127.0.0.1:11434',
  '…',
  'internal',
])

/** Every fixed text of a dictionary by its path. */
function texts(part: unknown, path = ''): [path: string, text: string][] {
  if (typeof part === 'string') return [[path, part]]
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([name, value]: [string, unknown]) => texts(value, `${path}.${name}`))
}

const englishTexts = texts(english(createFormat('en')))
const germanTexts = new Map(texts(german(createFormat('de'))))

describe('the German window', () => {
  it.each(englishTexts.filter(([, text]) => !alike.has(text)))('%s is not English', (path, text) => {
    expect(germanTexts.get(path)?.toLowerCase()).not.toBe(text.toLowerCase())
  })

  it('has a text wherever the English one has', () => {
    expect([...germanTexts.keys()]).toEqual(englishTexts.map(([path]) => path))
    expect([...germanTexts.values()].filter((text) => text.trim() === '')).toEqual([])
  })

  it('writes numbers and units in its own manner', async () => {
    const { words, format } = await loadText('de', ['en-US', 'de-DE'])
    expect(format.tokensPerSecond.of(7.912)).toBe('7,91 Tokens/s')
    expect(format.memory.of(8500)).toMatch(/^8,3\sGB$/)
    expect(format.separators).toBe(',.')
    expect(words.run.times(130, 50)).toBe('Bisher 2 Minuten, noch etwa 50 Sekunden')
    expect(words.parameters.summary({ ...automatic, num_gpu: 26, num_thread: 8 })).toBe(
      '26 Schichten auf der Grafikkarte, 8 Threads',
    )
  })

  it('takes the manner of a country from the browser, if it is one of the language', async () => {
    expect((await loadText('de', ['fr-FR', 'de-CH'])).format.integer(12_345)).toMatch(/^12['’]345$/)
    expect((await loadText('en', ['de-DE'])).format.integer(12_345)).toBe('12,345')
  })
})
