/**
 * Turns tokens into text that may be shown: incomplete UTF-8 characters wait for their remaining bytes, and text that
 * may turn out to be a stop word waits until it is clear.
 */
export interface TextStream {
  /** Text that is ready after this token, possibly none; `stopped` once a stop word is complete. */
  push(token: number): { text: string; stopped: boolean }
  /** What was still waiting when generation ended. */
  flush(): string
}

/** Turns tokens into text, given the tokens before them (some tokenizers drop a leading space at the start). */
export type Detokenize = (tokens: readonly number[], before: readonly number[]) => string

const replacement = '\ufffd'
/** A UTF-8 character has at most four bytes, so at most four tokens. */
const longestCharacter = 4
const contextTokens = 4

export function createTextStream(detokenize: Detokenize, stopWords: readonly string[]): TextStream {
  const stops = stopWords.filter((word) => word !== '')
  let before: number[] = []
  let pending: number[] = []
  let held = ''

  const complete = (token: number): string => {
    pending.push(token)
    const text = detokenize(pending, before)
    if (text.endsWith(replacement) && pending.length < longestCharacter) return ''
    before = [...before, ...pending].slice(-contextTokens)
    pending = []
    return text
  }

  return {
    push(token) {
      held += complete(token)
      const stop = earliestStop(held, stops)
      if (stop !== null) {
        const text = held.slice(0, stop)
        held = ''
        return { text, stopped: true }
      }
      const ready = held.length - longestOverlap(held, stops)
      const text = held.slice(0, ready)
      held = held.slice(ready)
      return { text, stopped: false }
    },
    flush() {
      const text = held + (pending.length > 0 ? detokenize(pending, before) : '')
      held = ''
      pending = []
      return text
    },
  }
}

function earliestStop(text: string, stops: readonly string[]): number | null {
  const positions = stops.map((stop) => text.indexOf(stop)).filter((position) => position >= 0)
  return positions.length > 0 ? Math.min(...positions) : null
}

/** Length of the longest end of `text` with which a stop word could begin. */
function longestOverlap(text: string, stops: readonly string[]): number {
  let longest = 0
  for (const stop of stops) {
    for (let length = Math.min(stop.length - 1, text.length); length > longest; length--) {
      if (text.endsWith(stop.slice(0, length))) longest = length
    }
  }
  return longest
}
