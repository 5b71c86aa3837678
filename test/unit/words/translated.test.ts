import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { germanMessages } from '../../../main/words/german/messages.ts'
import { say } from '../../../main/words/say.ts'
import { translated, translatedMessage } from '../../../main/words/translated.ts'

const mainFolder = join(import.meta.dirname, '../../../main')

describe('what is sent to a window', () => {
  it('is in the chosen language, wherever in it a sentence stands', () => {
    const report = { verdict: { sentence: say({ code: 'study.verdict.keep', values: {} }) }, pairs: [1, 2] }
    expect(translated(report, 'de')).toEqual({
      verdict: {
        sentence: {
          code: 'study.verdict.keep',
          values: {},
          text: 'Deine Einstellungen sind schon richtig: Behalte sie.',
        },
      },
      pairs: [1, 2],
    })
    expect(translated(report, 'en')).toBe(report)
  })

  it('keeps the sentence of a code that this version does not know', () => {
    const statement = { code: 'study.fromTheFuture', values: {}, text: 'It was sunny.' }
    expect(translated(statement, 'de')).toEqual(statement)
  })

  it('is otherwise as it was, whatever it is', () => {
    const name = fc.string().filter((key) => !['message', 'hint', 'why', 'text'].includes(key))
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('tree'), { maxLength: 4 }),
      map: fc.dictionary(name, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
    }))
    fc.assert(
      fc.property(tree, (value) => {
        expect(translated(value, 'de')).toEqual(value)
      }),
      { seed: 6, numRuns: 200 },
    )
  })
})

describe('a message', () => {
  it('keeps what varies in it, and translates that too', () => {
    expect(translatedMessage('Ollama does not answer at http://127.0.0.1:11434.', 'de')).toBe(
      'Ollama antwortet unter http://127.0.0.1:11434 nicht.',
    )
    expect(translatedMessage('The built-in engine has no model called llama3.2:3b.', 'de')).toBe(
      'Die eingebaute Engine hat kein Modell namens llama3.2:3b.',
    )
    expect(
      translatedMessage(
        'It borrows the ordinary memory of the computer and has none of its own to hold a model.',
        'de',
      ),
    ).toMatch(/^Sie leiht sich/)
  })

  it('that nobody has translated stays as it is', () => {
    expect(translatedMessage('llama_decode: failed (code -3)', 'de')).toBe('llama_decode: failed (code -3)')
  })

  it.each(Object.entries(germanMessages))('%s has the same parts in German', (english, german) => {
    const parts = (text: string) => Array.from(text.matchAll(/\{\w+\}/g), ([part]) => part).toSorted()
    expect(parts(german)).toEqual(parts(english))
    expect(german).not.toBe(english)
  })

  // The engine's API answers programs.
  it.each(messagesIn(mainFolder, ['words', 'shells/build.ts', 'engine/api']))(
    '%s has a German translation',
    (message) => expect(translatedMessage(message, 'de')).not.toBe(message),
  )
})

/** Every message and hint that the sources write out, with something in the place of what varies. */
function messagesIn(folder: string, except: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !except.some((part) => file.startsWith(part)))
  const literal = /\b(?:message|hint)(?::| =)\s+(?:'((?:[^'\\]|\\.)+)'|"([^"]+)"|`([^`]+)`)/g
  const found = files.flatMap((file) =>
    Array.from(readFileSync(join(folder, file), 'utf8').matchAll(literal), ([, single, double, template]) =>
      (single ?? double ?? template ?? '').replaceAll(/\$\{[^}]*\}/g, 'X'),
    ),
  )
  return [...new Set(found.filter((text) => /[a-z] [a-z]/.test(text) && !text.includes('${')))]
}
