import { AttuneError } from '../../preload/contract/errors.ts'
import type { Load, OkOutcome, Repetition, TrialOutcome } from '../../preload/contract/trial.ts'
import type { Condition } from '../hardware/conditions/conditions.ts'
import { outlierFlags } from '../statistics/outliers.ts'
import { estimate } from '../statistics/statistics.ts'
import { say } from '../words/say.ts'
import type { MeasureReason } from './disturbance.ts'
import { TimeLimitExceeded } from './time-limit.ts'

/** What the silent-spill check compares with; from the plan's prediction. */
export interface Expectations {
  decodeTokensPerSecond: number
  /** Graphics memory that was free before the trial. */
  availableVramMiB: number
}

type Unsuccessful = Exclude<TrialOutcome['kind'], 'ok' | 'spill'>

/** The outcome of a trial that ended without figures, its reason put into words. */
export function unsuccessful<K extends Unsuccessful>(
  kind: K,
  reason: MeasureReason | Condition,
): { kind: K; message: string } {
  return { kind, message: say(reason).text }
}

/** Turn of the workload at a repetition's rates: TTFT plus the asked output, however much of it was generated. */
export function turnSeconds(repetition: Repetition, outputTokens: number): number {
  return repetition.ttftSeconds + outputTokens / repetition.decodeTokensPerSecond
}

/**
 * Sums up the repetitions: outliers (by turn time) are flagged and kept, the warm-up is listed but not counted.
 * At least one counted repetition is required.
 */
export function summarise(
  load: Load,
  repetitions: readonly Repetition[],
  outputTokens: number,
  stoppedEarly: boolean,
): OkOutcome {
  const counted = repetitions.filter((repetition) => !repetition.isWarmUp)
  const flags = outlierFlags(counted.map((repetition) => turnSeconds(repetition, outputTokens)))
  const outliers = new Set(counted.filter((_, index) => flags[index]))
  return {
    kind: 'ok',
    load,
    repetitions: repetitions.map((repetition) => ({ ...repetition, isOutlier: outliers.has(repetition) })),
    ttftSeconds: estimate(counted.map((repetition) => repetition.ttftSeconds)),
    prefillTokensPerSecond: estimate(counted.map((repetition) => repetition.prefillTokensPerSecond)),
    decodeTokensPerSecond: estimate(counted.map((repetition) => repetition.decodeTokensPerSecond)),
    stoppedEarly,
  }
}

/** From this share of the free graphics memory on it counts as full: buffers outside the daemon's sum take the rest. */
const fullVramShare = 0.9
const spillSpeedShare = 0.5

/**
 * A driver may move what does not fit into main memory and let the model crawl instead of failing: graphics memory
 * full and decode under half of what was expected is such a spill, not a slow setting.
 */
export function relabelSpill(outcome: OkOutcome, expectations: Expectations | null): TrialOutcome {
  if (expectations === null) return outcome
  const measured = outcome.decodeTokensPerSecond.mean
  const isFull = outcome.load.memory.vramMiB >= fullVramShare * expectations.availableVramMiB
  if (!isFull || measured >= spillSpeedShare * expectations.decodeTokensPerSecond) return outcome
  const values = { expected: expectations.decodeTokensPerSecond.toFixed(1), measured: measured.toFixed(1) }
  return {
    kind: 'spill',
    load: outcome.load,
    decodeTokensPerSecond: measured,
    message: say({ code: 'measure.spill', values }).text,
  }
}

/**
 * What an error in the midst of a trial means for the trial. Errors that are no `AttuneError` are defects and are
 * thrown on, and so is a cancellation: the trial has no outcome then.
 */
export function outcomeOfError(error: unknown, doing: 'loading' | 'answering'): TrialOutcome {
  if (error instanceof TimeLimitExceeded) {
    const code = doing === 'loading' ? 'measure.loadTimeout' : 'measure.answerTimeout'
    return unsuccessful('timeout', { code, values: { seconds: error.limitSeconds } })
  }
  if (!(error instanceof AttuneError) || error.code === 'cancelled') throw error
  const { code, message } = error
  if (code === 'outOfMemory' || code === 'timeout') return { kind: code, message }
  return { kind: code === 'daemonBusy' ? 'interference' : 'failed', message }
}
