import type { Workload } from '../../preload/contract/goal.ts'
import { AttuneError } from '../../preload/contract/errors.ts'
import type { Repetition } from '../../preload/contract/trial.ts'
import type { Daemon, Generation, RunnerOptions, Token } from '../ollama/daemon.ts'
import type { Clock } from '../ollama/clock.ts'
import type { LoadedSnapshot, MeasureReason } from './disturbance.ts'
import { findDisturbance, takeSnapshot, withOthersOf } from './disturbance.ts'
import type { ProcessorWatch } from './processor-watch.ts'
import { processorUse } from './processor-watch.ts'
import { findFault, repetitionOfGeneration, repetitionOfStream, TokenMeter } from './figures.ts'
import type { Prompt, PromptCalibration } from './prompt.ts'
import { TimeLimitExceeded, withinLimit } from './time-limit.ts'

/** Long enough to outlast a repetition's neighbours, and unlike the default of 300 s, which tells other clients apart. */
export const keepAliveSeconds = 600

/** What all repetitions of one trial share. */
export interface RepetitionSetting {
  daemon: Daemon
  model: string
  options: RunnerOptions
  workload: Workload
  /** Above this turn time the trial cannot win; null: never give up. */
  abandonAboveTurnSeconds: number | null
  limitSeconds: number
  processorWatch: ProcessorWatch
  clock: Clock
  signal: AbortSignal
}

export type Attempt =
  | { kind: 'sound'; repetition: Repetition; snapshot: LoadedSnapshot }
  /** Cut off because it could not win or took too long; its rates are sound. */
  | { kind: 'cutShort'; repetition: Repetition }
  /** Others were at work: once they are quiet it is worth another try. */
  | { kind: 'disturbed'; reason: MeasureReason }
  /** The answer itself cannot be measured. */
  | { kind: 'unusable'; reason: MeasureReason }

/** Sends one prompt and judges what came back. Rejects with the daemon's errors and with `TimeLimitExceeded`. */
export async function attemptRepetition(
  setting: RepetitionSetting,
  prompt: Prompt,
  calibration: PromptCalibration,
  isWarmUp: boolean,
  before: LoadedSnapshot,
): Promise<Attempt> {
  const { daemon, model, workload, processorWatch, clock, signal } = setting
  const readingBefore = await processorWatch.read()
  const answer = await requestAnswer(setting, prompt, isWarmUp)
  const readingAfter = await processorWatch.read()
  if (answer.kind === 'refused') return { kind: 'disturbed', reason: { code: 'measure.daemonBusy', values: {} } }
  if (answer.kind === 'endless') return { kind: 'unusable', reason: { code: 'measure.noFigures', values: {} } }

  const after = takeSnapshot(await daemon.listLoaded(signal), model, clock.now())
  const use = processorUse(readingBefore, readingAfter)
  const share = use?.otherShare ?? null
  if (answer.kind === 'complete') {
    const fault = findFault(answer.generation, prompt, calibration, workload)
    if (fault) return { kind: 'unusable', reason: fault }
    const repetition = repetitionOfGeneration(answer.generation, isWarmUp, share)
    const durations = { ...answer.generation, queueSeconds: repetition.queueSeconds }
    const reason = findDisturbance({ before, after, durations, processorUse: use })
    if (!reason) return { kind: 'sound', repetition, snapshot: after }
    // A disturbed warm-up has still warmed up, but what is loaded after it is no measure for what should be.
    return isWarmUp
      ? { kind: 'sound', repetition, snapshot: withOthersOf(before, after) }
      : { kind: 'disturbed', reason }
  }
  // To give up on a setting because of others would be unjust.
  const reason = findDisturbance({ before, after, durations: null, processorUse: use })
  if (reason) return { kind: 'disturbed', reason }
  if (answer.kind === 'late') throw answer.limit
  return { kind: 'cutShort', repetition: repetitionOfStream(answer.meter, prompt, share) }
}

type Answer =
  | { kind: 'complete'; generation: Generation }
  | { kind: 'cutShort'; meter: TokenMeter }
  /** Hardly a token came in all the time. */
  | { kind: 'late'; limit: TimeLimitExceeded }
  /** The daemon's queue is full. */
  | { kind: 'refused' }
  /** Tokens came, but no figures: the daemon breaks off a model that repeats itself. Another prompt may fare better. */
  | { kind: 'endless' }

async function requestAnswer(setting: RepetitionSetting, prompt: Prompt, isWarmUp: boolean): Promise<Answer> {
  const { daemon, model, options, workload, abandonAboveTurnSeconds, clock, signal } = setting
  const meter = new TokenMeter()
  const abandonment = new AbortController()
  const request = {
    model,
    prompt: prompt.text,
    options: { ...options, num_predict: workload.outputTokens, temperature: 0, seed: 1 },
    keepAliveSeconds,
  }
  const onToken = (token: Token) => {
    meter.add(token)
    if (abandonAboveTurnSeconds === null) return
    if (meter.isHopeless(workload.outputTokens, abandonAboveTurnSeconds, isWarmUp)) abandonment.abort()
  }
  const either = AbortSignal.any([signal, abandonment.signal])
  try {
    const generation = await withinLimit(clock, answerLimit(setting), either, (signal) =>
      daemon.generate(request, onToken, signal),
    )
    return { kind: 'complete', generation }
  } catch (error) {
    if (signal.aborted) throw error
    if (abandonment.signal.aborted) return { kind: 'cutShort', meter }
    if (error instanceof TimeLimitExceeded) {
      return meter.isSteadyUntil(error.limitSeconds) ? { kind: 'cutShort', meter } : { kind: 'late', limit: error }
    }
    if (error instanceof AttuneError && error.code === 'daemonBusy') return { kind: 'refused' }
    if (error instanceof AttuneError && error.code === 'daemonError' && meter.count > 0) return { kind: 'endless' }
    throw error
  }
}

/** Several times the turn with which a trial cannot win is enough, however few tokens came; cold memory has its due. */
function answerLimit({ limitSeconds, abandonAboveTurnSeconds }: RepetitionSetting): number {
  if (abandonAboveTurnSeconds === null) return limitSeconds
  return Math.min(limitSeconds, Math.max(30, 4 * abandonAboveTurnSeconds))
}
