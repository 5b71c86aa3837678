import { describe, expect, it } from 'vitest'
import { buildVocabulary, tokenTypes } from '../../../main/engine/practice/vocabulary.ts'
import { commonWords } from '../../../main/engine/practice/words.ts'

const vocabulary = buildVocabulary(commonWords, 2048)

/** llama.cpp's SPM tokenizer in its plainest form: merge the adjacent pair whose joined piece scores highest. */
function tokenize(text: string): string[] {
  const scores = new Map(vocabulary.pieces.map((piece, index) => [piece, vocabulary.scores[index] ?? 0]))
  let symbols = Array.from(`\u2581${text.replaceAll(' ', '\u2581')}`)
  for (;;) {
    const joins = symbols.slice(1).map((right, index) => scores.get(`${symbols[index]}${right}`) ?? -Infinity)
    const best = joins.indexOf(Math.max(...joins))
    if (joins.length === 0 || joins[best] === -Infinity) return symbols
    symbols = [...symbols.slice(0, best), `${symbols[best]}${symbols[best + 1]}`, ...symbols.slice(best + 2)]
  }
}

describe('the practice vocabulary', () => {
  it('has exactly the size asked for, and no piece twice', () => {
    expect(vocabulary.pieces).toHaveLength(2048)
    expect(new Set(vocabulary.pieces).size).toBe(2048)
  })

  it('begins as SPM vocabularies do: unknown, start, end, then every byte', () => {
    expect(vocabulary.pieces.slice(0, 3)).toEqual(['<unk>', '<s>', '</s>'])
    expect(vocabulary.pieces.slice(3, 259).at(-1)).toBe('<0xFF>')
    expect(vocabulary.types.slice(3, 259).every((type) => type === tokenTypes.byte)).toBe(true)
  })

  it('gives ordinary words a token each, and the text back', () => {
    const text = 'the people of the city know that it was a good year'
    const tokens = tokenize(text)
    expect(tokens.join('').replaceAll('\u2581', ' ').trim()).toBe(text)
    expect(tokens.length).toBeLessThan(text.split(' ').length * 1.5)
  })

  it('breaks unknown words into several pieces, characters at worst', () => {
    expect(tokenize('xylophonist').length).toBeGreaterThan(2)
  })
})
