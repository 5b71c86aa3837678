import type { Token } from '../ollama/daemon.ts'

/** Fewer tokens, or less decoding time, is no basis for a projection, and saves too little to matter. */
const leastTokens = 16
const leastDecodeSeconds = 1

/** A first answer runs on cold memory, so it needs to be further off before it is given up. */
const margin = 1.25
const warmUpMargin = 1.6

/** What the token stream tells while it runs: three numbers, nothing allocated per token. */
export class TokenMeter {
  #count = 0
  #firstSeconds = 0
  #lastSeconds = 0

  add(token: Token): void {
    if (this.#count === 0) this.#firstSeconds = token.atSeconds
    this.#lastSeconds = token.atSeconds
    this.#count++
  }

  get count(): number {
    return this.#count
  }

  get ttftSeconds(): number {
    return this.#firstSeconds
  }

  get lastSeconds(): number {
    return this.#lastSeconds
  }

  /** Rate so far, the first token left out as it belongs to prefill. Only meaningful from the second token on. */
  get decodeTokensPerSecond(): number {
    return (this.#count - 1) / (this.#lastSeconds - this.#firstSeconds)
  }

  /** True once the whole turn would, at the rate so far, surely take longer than `abandonAboveSeconds`. */
  isHopeless(outputTokens: number, abandonAboveSeconds: number, isWarmUp: boolean): boolean {
    const decodeSeconds = this.#lastSeconds - this.#firstSeconds
    if (this.#count < leastTokens || decodeSeconds < leastDecodeSeconds) return false
    const turnSeconds = this.#firstSeconds + outputTokens / this.decodeTokensPerSecond
    return turnSeconds > abandonAboveSeconds * (isWarmUp ? warmUpMargin : margin)
  }
}
