/**
 * A SentencePiece-style BPE vocabulary, trained on common English words. llama.cpp's SPM tokenizer merges the pair
 * whose joined piece has the highest score, so a score of minus the merge's rank repeats the training.
 */
export interface Vocabulary {
  pieces: string[]
  scores: number[]
  types: number[]
}

/** `llama_token_type` of llama.cpp. */
export const tokenTypes = { normal: 1, unknown: 2, control: 3, byte: 6 } as const

/** SentencePiece writes a space as this character. */
const space = '\u2581'
/** Below every word's weight: what rounding leaves of a pair that no longer occurs. */
const negligible = 1e-9
const functionWords = 150
const endings = ['', 's', 'ed', 'ing', 'er', 'ly']
const characters = Array.from(
  'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789' +
    '.,;:!?\'"()[]{}<>-_+*/=&%$#@~^`|\\\u2019\u201c\u201d\u2013\u2014\u2026\u00b0\u20ac\u00e9\u00fc\u00f6\u00e4',
)

/** Builds exactly `size` pieces: three control pieces, the 256 bytes, characters, then merges in the order learnt. */
export function buildVocabulary(words: readonly string[], size: number): Vocabulary {
  const vocabulary: Vocabulary = { pieces: [], scores: [], types: [] }
  const add = (piece: string, score: number, type: number) => {
    vocabulary.pieces.push(piece)
    vocabulary.scores.push(score)
    vocabulary.types.push(type)
  }
  add('<unk>', 0, tokenTypes.unknown)
  add('<s>', 0, tokenTypes.control)
  add('</s>', 0, tokenTypes.control)
  for (let byte = 0; byte < 256; byte++) {
    add(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`, 0, tokenTypes.byte)
  }
  // Single characters are never merged into, so that their score only has to be lower than every merge's.
  for (const character of [space, ...characters]) add(character, -1e6, tokenTypes.normal)
  for (const [rank, piece] of learnMerges(words, size - vocabulary.pieces.length).entries()) {
    add(piece, -rank - 1, tokenTypes.normal)
  }
  return vocabulary
}

interface TrainingWord {
  symbols: string[]
  weight: number
}

/** Byte-pair encoding (Sennrich 2016): again and again the most frequent adjacent pair becomes one piece. */
function learnMerges(words: readonly string[], count: number): string[] {
  const corpus = trainingWords(words)
  const pairs = new Map<string, { weight: number; words: Set<TrainingWord> }>()
  const countPairs = (word: TrainingWord, sign: 1 | -1) => {
    for (let i = 0; i + 1 < word.symbols.length; i++) {
      const key = `${word.symbols[i]} ${word.symbols[i + 1]}`
      const entry = pairs.get(key) ?? { weight: 0, words: new Set() }
      entry.weight += sign * word.weight
      if (sign === 1) entry.words.add(word)
      if (entry.weight > negligible) pairs.set(key, entry)
      else pairs.delete(key)
    }
  }
  for (const word of corpus) countPairs(word, 1)

  // Two different pairs can join to the same piece ("a"+"bc", "ab"+"c"); it is listed once, at its first rank.
  const merges = new Set<string>()
  while (merges.size < count) {
    const best = heaviest(pairs)
    if (best === undefined) break
    const [left = '', right = ''] = best.split(' ')
    const affected = pairs.get(best)?.words ?? []
    for (const word of affected) {
      countPairs(word, -1)
      word.symbols = joinPairs(word.symbols, left, right)
      countPairs(word, 1)
    }
    pairs.delete(best)
    merges.add(left + right)
  }
  return [...merges]
}

/**
 * Each word with its endings and its capitalised form, weighted by Zipf's law (frequency ∝ 1/rank). The most
 * frequent words are function words ("the", "this"), which take no endings.
 */
function trainingWords(words: readonly string[]): TrainingWord[] {
  return [...new Set(words)].flatMap((word, rank) =>
    (rank < functionWords ? [''] : endings).flatMap((ending, position) => {
      const form = /^[aeiou]/.test(ending) ? word.replace(/e$/, '') + ending : word + ending
      const weight = 1 / (rank + 10) / (position === 0 ? 1 : 20)
      const capitalised = form.charAt(0).toUpperCase() + form.slice(1)
      return [
        { symbols: Array.from(space + form), weight },
        { symbols: Array.from(space + capitalised), weight: weight / 10 },
      ]
    }),
  )
}

function heaviest(pairs: ReadonlyMap<string, { weight: number }>): string | undefined {
  let best: string | undefined
  let weight = negligible
  for (const [pair, entry] of pairs) {
    if (entry.weight > weight) {
      best = pair
      weight = entry.weight
    }
  }
  return best
}

function joinPairs(symbols: readonly string[], left: string, right: string): string[] {
  const joined: string[] = []
  for (const symbol of symbols) {
    if (symbol === right && joined.at(-1) === left) joined[joined.length - 1] = left + right
    else joined.push(symbol)
  }
  return joined
}
