import type { Workload } from '../../preload/contract/goal.ts'
import type { Repetition } from '../../preload/contract/trial.ts'
import type { Generation, Token } from '../ollama/daemon.ts'
import type { MeasureReason } from './disturbance.ts'
import type { Prompt, PromptCalibration } from './prompt.ts'
import { isTruncated } from './prompt.ts'

/** Fewer tokens, or less decoding time, is no basis for a projection, and saves too little to matter. */
const leastTokens = 16
const leastDecodeSeconds = 1
/** A few tokens are enough to tell the rate once the turn's whole time is over, or where it would take far longer. */
const leastTokensWhenClear = 4
const farBeyond = 10

/** A stream that has been silent for several of its usual intervals has broken off: its rate is not the setting's. */
const leastTokensOfSteadyStream = 8
const longestSilenceIntervals = 3

/** A turn is given up from this many times the time it may take. */
const margin = 1.25
/** A first answer runs on cold memory, so it needs to be further off. */
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

  /** Whether tokens kept coming until the answer was cut off after so many seconds, so that their rate can be believed. */
  isSteadyUntil(cutSeconds: number): boolean {
    const intervalSeconds = 1 / this.decodeTokensPerSecond
    const isAlive = cutSeconds - this.#lastSeconds <= longestSilenceIntervals * intervalSeconds
    return this.#count >= leastTokensOfSteadyStream && intervalSeconds > 0 && isAlive
  }

  /** True once the whole turn would, at the rate so far, surely take longer than `abandonAboveSeconds`. */
  isHopeless(outputTokens: number, abandonAboveSeconds: number, isWarmUp: boolean): boolean {
    const limitSeconds = abandonAboveSeconds * (isWarmUp ? warmUpMargin : margin)
    const decodeSeconds = this.#lastSeconds - this.#firstSeconds
    if (this.#count < leastTokensWhenClear || decodeSeconds === 0) return false
    if (this.#lastSeconds > limitSeconds) return true
    if (decodeSeconds < leastDecodeSeconds) return false
    const projectedSeconds = this.#firstSeconds + outputTokens / this.decodeTokensPerSecond
    return projectedSeconds > (this.#count < leastTokens ? farBeyond * limitSeconds : limitSeconds)
  }
}

/** A quarter of the asked output, and never under eight tokens, still gives a decode rate. */
function fewestTokens(outputTokens: number): number {
  return Math.min(outputTokens, Math.max(8, Math.ceil(outputTokens / 4)))
}

/** Why an answer cannot be measured; null when it can. */
export function findFault(
  generation: Generation,
  prompt: Prompt,
  calibration: PromptCalibration,
  workload: Workload,
): MeasureReason | null {
  const { promptTokens, outputTokens, ttftSeconds, totalSeconds, promptEvalSeconds, evalSeconds } = generation
  if (isTruncated(prompt, promptTokens, calibration)) {
    return { code: 'measure.truncatedPrompt', values: { expected: prompt.expectedTokens, counted: promptTokens } }
  }
  if (outputTokens < fewestTokens(workload.outputTokens)) {
    return { code: 'measure.shortAnswer', values: { asked: workload.outputTokens, got: outputTokens } }
  }
  const hasFigures = ttftSeconds !== null && totalSeconds > 0 && promptEvalSeconds > 0 && evalSeconds > 0
  return hasFigures && outputTokens > 1 ? null : { code: 'measure.noFigures', values: {} }
}

/** The figures of an answer without fault. */
export function repetitionOfGeneration(
  generation: Generation,
  isWarmUp: boolean,
  otherLoad: number | null,
): Repetition {
  const { promptTokens, outputTokens, totalSeconds, loadSeconds, promptEvalSeconds, evalSeconds } = generation
  return {
    isWarmUp,
    promptTokens,
    outputTokens,
    ttftSeconds: generation.ttftSeconds ?? generation.wallSeconds,
    prefillTokensPerSecond: promptTokens / promptEvalSeconds,
    decodeTokensPerSecond: (outputTokens - 1) / evalSeconds,
    totalSeconds,
    queueSeconds: totalSeconds - loadSeconds - promptEvalSeconds - evalSeconds,
    otherLoadShare: otherLoad,
    isOutlier: false,
  }
}

/** The figures of an answer that was cut off. Without a final chunk there are only the client's clock and the expected prompt length. It counts, even if first. */
export function repetitionOfStream(meter: TokenMeter, prompt: Prompt, otherLoad: number | null): Repetition {
  return {
    isWarmUp: false,
    promptTokens: prompt.expectedTokens,
    outputTokens: meter.count,
    ttftSeconds: meter.ttftSeconds,
    prefillTokensPerSecond: prompt.expectedTokens / meter.ttftSeconds,
    decodeTokensPerSecond: meter.decodeTokensPerSecond,
    totalSeconds: meter.lastSeconds,
    queueSeconds: 0,
    otherLoadShare: otherLoad,
    isOutlier: false,
  }
}
