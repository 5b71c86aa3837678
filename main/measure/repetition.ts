import type { Workload } from '../../preload/contract/goal.ts'
import { AttuneError } from '../../preload/contract/errors.ts'
import type { Repetition } from '../../preload/contract/trial.ts'
import type { Daemon, Generation, RunnerOptions } from '../ollama/daemon.ts'
import type { Clock } from '../ollama/clock.ts'
import type { LoadedSnapshot, MeasureReason } from './disturbance.ts'
import { findDisturbance, takeSnapshot } from './disturbance.ts'
import type { ProcessorWatch } from './processor-watch.ts'
import { otherLoadShare } from './processor-watch.ts'
import { findFault, repetitionOfGeneration, repetitionOfStream, TokenMeter } from './figures.ts'
import type { Prompt, PromptCalibration } from './prompt.ts'
import { withinLimit } from './time-limit.ts'

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
  /** Cut off because it could not win; its rates are sound. */
  | { kind: 'hopeless'; repetition: Repetition }
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
  const { daemon, model, processorWatch, clock, signal } = setting
  const readingBefore = await processorWatch.read()
  const answer = await requestAnswer(setting, prompt, isWarmUp)
  if (answer.kind === 'refused') return { kind: 'disturbed', reason: answer.reason }
  if (answer.kind === 'endless') return { kind: 'unusable', reason: { code: 'measure.noFigures', values: {} } }
  const readingAfter = await processorWatch.read()
  const snapshot = takeSnapshot(await daemon.listLoaded(signal), model, clock.now())

  const share = otherLoadShare(readingBefore, readingAfter)
  const isHopeless = answer.kind === 'hopeless'
  const repetition = isHopeless
    ? repetitionOfStream(answer.meter, prompt, share)
    : repetitionOfGeneration(answer.generation, isWarmUp, share)
  const unusable = isHopeless ? null : findFault(answer.generation, prompt, calibration, setting.workload)
  if (unusable) return { kind: 'unusable', reason: unusable }

  const disturbance = findDisturbance({
    before,
    after: snapshot,
    durations: isHopeless ? null : { ...answer.generation, queueSeconds: repetition.queueSeconds },
    otherLoad: share === null || readingAfter === null ? null : { share, cores: readingAfter.cores },
  })
  // A disturbed warm-up has still warmed up; only giving up because of others would be unjust.
  if (disturbance && (isHopeless || !isWarmUp)) return { kind: 'disturbed', reason: disturbance }
  return isHopeless ? { kind: 'hopeless', repetition } : { kind: 'sound', repetition, snapshot }
}

type Answer =
  | { kind: 'complete'; generation: Generation }
  | { kind: 'hopeless'; meter: TokenMeter }
  | { kind: 'refused'; reason: MeasureReason }
  /** Tokens came, but no figures: the daemon breaks off a model that repeats itself. Another prompt may fare better. */
  | { kind: 'endless' }

async function requestAnswer(setting: RepetitionSetting, prompt: Prompt, isWarmUp: boolean): Promise<Answer> {
  const { daemon, model, options, workload, abandonAboveTurnSeconds, limitSeconds, clock, signal } = setting
  const meter = new TokenMeter()
  const abandonment = new AbortController()
  const request = {
    model,
    prompt: prompt.text,
    options: { ...options, num_predict: workload.outputTokens, temperature: 0, seed: 1 },
    keepAliveSeconds,
  }
  try {
    const generation = await withinLimit(clock, limitSeconds, AbortSignal.any([signal, abandonment.signal]), (signal) =>
      daemon.generate(
        request,
        (token) => {
          meter.add(token)
          if (abandonAboveTurnSeconds === null) return
          if (meter.isHopeless(workload.outputTokens, abandonAboveTurnSeconds, isWarmUp)) abandonment.abort()
        },
        signal,
      ),
    )
    return { kind: 'complete', generation }
  } catch (error) {
    if (abandonment.signal.aborted && !signal.aborted) return { kind: 'hopeless', meter }
    if (error instanceof AttuneError && error.code === 'daemonBusy') {
      return { kind: 'refused', reason: { code: 'measure.daemonBusy', values: {} } }
    }
    if (error instanceof AttuneError && error.code === 'daemonError' && meter.count > 0) return { kind: 'endless' }
    throw error
  }
}
