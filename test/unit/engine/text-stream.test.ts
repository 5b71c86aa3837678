import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTextStream } from '../../../main/engine/runner/text-stream.ts'

const decoder = new TextDecoder()
/** A tokenizer whose tokens are bytes. */
const bytes = (tokens: readonly number[]) => decoder.decode(Uint8Array.from(tokens))

function run(text: string, stopWords: string[] = []) {
  const stream = createTextStream(bytes, stopWords)
  const pieces: string[] = []
  for (const byte of new TextEncoder().encode(text)) {
    const { text: piece, stopped } = stream.push(byte)
    pieces.push(piece)
    if (stopped) return { pieces, stopped: true }
  }
  return { pieces: [...pieces, stream.flush()], stopped: false }
}

describe('text from tokens', () => {
  it('never shows half a character, and loses nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (text) => {
        fc.pre(text.isWellFormed() && !text.includes('\ufffd'))
        const { pieces } = run(text)
        expect(pieces.join('')).toBe(text)
        expect(pieces.every((piece) => !piece.includes('\ufffd'))).toBe(true)
      }),
      { seed: 1 },
    )
  })

  it('ends before a stop word, of which no part is shown', () => {
    expect(run('one two STOP three', ['STOP'])).toEqual({ pieces: expect.anything(), stopped: true })
    expect(run('one two STOP three', ['STOP', 'three']).pieces.join('')).toBe('one two ')
  })

  it('shows what only looked like a stop word', () => {
    expect(run('STO and STORE', ['STOP']).pieces.join('')).toBe('STO and STORE')
    expect(run('ends with ST', ['STOP']).pieces.join('')).toBe('ends with ST')
  })

  it('with a stop word shows the text up to it or all of it', () => {
    const letters = fc.stringMatching(/^[ab]{0,20}$/)
    fc.assert(
      fc.property(letters, fc.stringMatching(/^[ab]{1,4}$/), (text, stop) => {
        const end = text.indexOf(stop)
        const result = run(text, [stop])
        expect(result.pieces.join('')).toBe(end === -1 ? text : text.slice(0, end))
        expect(result.stopped).toBe(end !== -1)
      }),
      { seed: 1 },
    )
  })

  it('does not wait for ever for bytes that are no character', () => {
    const stream = createTextStream(bytes, [])
    const shown = [0xff, 0xff, 0xff, 0xff, 0x41].map((byte) => stream.push(byte).text).join('') + stream.flush()
    expect(shown).toContain('A')
  })
})
