import type { DaemonFeatures } from '../../preload/contract/daemon.ts'
import { AttuneError } from '../../preload/contract/errors.ts'
import type { Reason, Statement } from '../../preload/contract/estimate.ts'
import type { Workload } from '../../preload/contract/goal.ts'
import type { Configuration, ParameterValue } from '../../preload/contract/model.ts'
import type { Repetition, TrialOutcome } from '../../preload/contract/trial.ts'
import type { Daemon, RunnerOptions } from '../ollama/daemon.ts'
import type { Clock } from '../ollama/clock.ts'
import { say } from '../words/say.ts'
import type { LoadedSnapshot, Patience } from './disturbance.ts'
import { createPatience, takeSnapshot, withOthersOf } from './disturbance.ts'
import type { RepetitionPlan } from './enough.ts'
import { isEnough } from './enough.ts'
import type { LoadAttempt } from './load.ts'
import { loadAfresh, withFreeVram, type GraphicsMemoryWatch } from './load.ts'
import { requestOptions } from './options.ts'
import type { Expectations } from './outcome.ts'
import { MemoryShortage, whileMemoryLasts, type MemoryGuard } from './memory-guard.ts'
import { outcomeOfError, relabelSpill, summarise, turnSeconds, unsuccessful } from './outcome.ts'
import type { ProcessorWatch } from './processor-watch.ts'
import { buildPrompt, calibrate, fitWorkload, uncalibrated } from './prompt.ts'
import { attemptRepetition } from './repetition.ts'
import { observed, type ConditionsWatch } from './surroundings.ts'

export interface TrialRequest {
  daemon: Daemon
  model: string
  /** `asSaved`: send no options at all, so that the tag is measured exactly as others will use it. */
  configuration: Configuration | 'asSaved'
  /** PARAMETER lines that the tag itself sets. */
  baseParameters: Readonly<Record<string, ParameterValue>>
  features: DaemonFeatures
  /** Tokens that the user needs. */
  contextLength: number
  workload: Workload
  repetitions: RepetitionPlan
  /** A trial whose turn surely takes longer cannot win and is cut short; null: measure to the end. */
  abandonAboveTurnSeconds: number | null
  /** An answer that takes longer is cut off; if its tokens came steadily, their rate is the result. */
  limits: { loadSeconds: number; repetitionSeconds: number }
  /** For telling a silent spill from a slow setting; null where there is no prediction or no graphics memory. */
  expectations: Expectations | null
  processorWatch: ProcessorWatch
  /** Null: nobody looks at the computer's condition. */
  conditionsWatch: ConditionsWatch | null
  /** Null: nothing tells what the cards have left. */
  graphicsMemoryWatch: GraphicsMemoryWatch | null
  /** Ends the trial as out of memory before the computer has too little of it; null: never. */
  memoryGuard: MemoryGuard | null
  clock: Clock
  /** Uniform on [0, 1). */
  random: () => number
  onActivity: (activity: Reason) => void
  /** Aborted with the reason `skip`, the outcome is `skipped`; with any other, the promise rejects (`cancelled`). */
  signal: AbortSignal
}

/** The abort reason that makes a trial `skipped`. */
export const skip = 'skip'

/** How many answers that cannot be measured end a trial. */
const maximumUnusable = 3

/**
 * One trial: a fresh load, one warm-up, and repetitions until the standard error is small enough. What others disturb
 * is repeated, within bounds. Every way to fail that a search can learn from is an outcome; only defects and
 * cancellation reject. The model stays loaded.
 */
export async function measureTrial(request: TrialRequest): Promise<TrialOutcome> {
  try {
    return await whileMemoryLasts(request.memoryGuard, request.clock, request.signal, (signal) =>
      runTrial({ ...request, signal }),
    )
  } catch (error) {
    if (error instanceof MemoryShortage) return freeMemory(request, error)
    if (!request.signal.aborted) throw error
    if (request.signal.reason === skip) return unsuccessful('skipped', { code: 'measure.skipped', values: {} })
    throw new AttuneError(
      { code: 'cancelled', message: 'The measurement was cancelled.', hint: 'Go on with the study to measure again.' },
      { cause: error },
    )
  }
}

/** The model is what can be unloaded; a daemon that cannot even do that says so at the next trial. */
async function freeMemory({ daemon, model, signal }: TrialRequest, shortage: MemoryShortage): Promise<TrialOutcome> {
  await daemon.unload(model, signal).catch(() => undefined)
  return unsuccessful('outOfMemory', { code: 'measure.memoryShort', values: { leftMiB: shortage.availableMiB } })
}

type Loaded = Extract<LoadAttempt, { kind: 'loaded' }>

async function runTrial(request: TrialRequest): Promise<TrialOutcome> {
  const { configuration, baseParameters, contextLength, features } = request
  const options =
    configuration === 'asSaved' ? {} : requestOptions(configuration, baseParameters, contextLength, features)
  const disturbances: Statement[] = []
  const patience = createPatience({ ...request, onDisturbance: (reason) => disturbances.push(say(reason)) })
  const outcome = await observed(request, patience, async () => {
    const loaded = await orOutcome(request.signal, 'loading', () => loadPatiently(request, options, patience))
    if (loaded.kind !== 'loaded') return loaded
    return orOutcome(request.signal, 'answering', () => measureLoaded(request, options, loaded, patience))
  })
  const isOnRecord = disturbances.length > 0 && (outcome.kind === 'ok' || outcome.kind === 'interference')
  return isOnRecord ? { ...outcome, disturbances } : outcome
}

/** Turns the errors that say something about the trial into its outcome. */
async function orOutcome<T>(
  signal: AbortSignal,
  doing: 'loading' | 'answering',
  work: () => Promise<T>,
): Promise<T | TrialOutcome> {
  try {
    return await work()
  } catch (error) {
    if (signal.aborted) throw error
    return outcomeOfError(error, doing)
  }
}

async function loadPatiently(
  request: TrialRequest,
  options: RunnerOptions,
  patience: Patience,
): Promise<Loaded | TrialOutcome> {
  for (;;) {
    const attempt = await loadAfresh({ ...request, options, limitSeconds: request.limits.loadSeconds })
    if (attempt.kind === 'loaded') return attempt
    if (attempt.kind === 'unusable') return unsuccessful('failed', attempt.reason)
    if (attempt.kind === 'tooLarge') return unsuccessful('outOfMemory', attempt.reason)
    if (!(await patience(attempt.reason))) return unsuccessful('interference', attempt.reason)
  }
}

async function measureLoaded(
  request: TrialRequest,
  options: RunnerOptions,
  { load, snapshot }: Loaded,
  patience: Patience,
): Promise<TrialOutcome> {
  const contextLength = Math.min(request.contextLength, load.contextLength ?? request.contextLength)
  const workload = fitWorkload(request.workload, contextLength)
  const setting = { ...request, options, workload, limitSeconds: request.limits.repetitionSeconds }
  const finish = async (repetitions: readonly Repetition[], stoppedEarly: boolean) => {
    const known = await withFreeVram(load, request.graphicsMemoryWatch)
    return relabelSpill(summarise(known, repetitions, workload.outputTokens, stoppedEarly), request.expectations)
  }

  const repetitions: Repetition[] = []
  const tell = seldom(request)
  let before = snapshot
  let calibration = uncalibrated
  let unusable = 0
  const countedTurns = () =>
    repetitions.flatMap((repetition) => (repetition.isWarmUp ? [] : turnSeconds(repetition, workload.outputTokens)))
  while (!isEnough(countedTurns(), request.repetitions)) {
    request.signal.throwIfAborted()
    tell(activityOf(repetitions.length, request.repetitions.minimum))
    const prompt = buildPrompt(workload, contextLength, calibration, request.random)
    const attempt = await attemptRepetition(setting, prompt, calibration, repetitions.length === 0, before)
    switch (attempt.kind) {
      case 'sound':
        repetitions.push(attempt.repetition)
        calibration = calibrate(prompt, attempt.repetition.promptTokens)
        before = attempt.snapshot
        break
      case 'cutShort':
        return finish([...repetitions, attempt.repetition], true)
      case 'unusable':
        unusable++
        if (unusable >= maximumUnusable) return unsuccessful('failed', attempt.reason)
        break
      case 'disturbed':
        if (!(await patience(attempt.reason))) return unsuccessful('interference', attempt.reason)
        before = withOthersOf(before, await lookAround(request))
        break
    }
  }
  return finish(repetitions, false)
}

async function lookAround({ daemon, model, clock, signal }: TrialRequest): Promise<LoadedSnapshot> {
  return takeSnapshot(await daemon.listLoaded(signal), model, clock.now())
}

/** Whoever is told of every short answer draws it, too, beside the next one. */
const leastSecondsBetweenTold = 5

/** Passes the first activity on, and of the others those that come some seconds after the last one told. */
function seldom({ clock, onActivity }: TrialRequest): (activity: Reason) => void {
  let toldSeconds = -Infinity
  return (activity) => {
    if (clock.now() - toldSeconds < leastSecondsBetweenTold) return
    toldSeconds = clock.now()
    onActivity(activity)
  }
}

function activityOf(done: number, minimum: number): Reason {
  if (done === 0) return { code: 'measure.warmingUp', values: {} }
  return { code: 'measure.repetition', values: { number: done, expected: Math.max(done, minimum) } }
}
