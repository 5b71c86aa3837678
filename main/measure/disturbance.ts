import type { Reason } from '../../preload/contract/estimate.ts'
import { measureSentences, type MeasureCode } from '../words/measure.ts'
import type { Clock } from '../ollama/clock.ts'
import type { LoadedModel } from '../ollama/daemon.ts'
import { isSameName } from '../models/names.ts'
import type { ProcessorUse, ProcessorWatch } from './processor-watch.ts'
import { processorUse } from './processor-watch.ts'

/** A fact of this folder; its sentence is in `main/words/measure.ts`. */
export interface MeasureReason extends Reason {
  code: MeasureCode
}

function isOfMeasuring({ code }: Reason): boolean {
  return code in measureSentences
}

/** What `/api/ps` said at one instant: our model and everybody else's. */
export interface LoadedSnapshot {
  /** Monotonic clock. */
  atSeconds: number
  /** Null where our model is not listed. */
  own: LoadedModel | null
  others: LoadedModel[]
}

export function takeSnapshot(loaded: readonly LoadedModel[], model: string, atSeconds: number): LoadedSnapshot {
  const isOwn = ({ name }: LoadedModel) => isSameName(name, model)
  return { atSeconds, own: loaded.find(isOwn) ?? null, others: loaded.filter((entry) => !isOwn(entry)) }
}

/** Our own entry stays as after our last sound answer: the next is judged by how far it moved from there. */
export function withOthersOf(snapshot: LoadedSnapshot, { others }: LoadedSnapshot): LoadedSnapshot {
  return { ...snapshot, others }
}

/** What is known of one repetition that bears on whether others disturbed it. */
export interface Circumstances {
  before: LoadedSnapshot
  after: LoadedSnapshot
  /** Daemon's own seconds; null where the repetition was cut off and gave no figures. */
  durations: { loadSeconds: number; queueSeconds: number; totalSeconds: number } | null
  /** Null where it cannot be read. */
  processorUse: ProcessorUse | null
}

/** Without a reload the daemon reports 1 to 60 ms; a reload takes at least one poll of 250 ms. */
const reloadAboveSeconds = 0.2

/** Idle daemons leave 3 to 23 ms, more with longer prompts; a request ahead of ours costs hundreds. */
const queueAboveSeconds = 0.15
const queueAboveShare = 0.02

/** Disagreement of clocks and of the moments at which a daemon notes its times. */
const expiryToleranceSeconds = 2
/** A daemon may note the end of a request only after answering it: a listing can be behind by one whole request. */
const expiryLagSeconds = 300

/**
 * From how many busy cores on others disturb. Inference threads wait for each other at every layer, so a fraction of
 * one core is felt at once. Measured with two threads on two cores: others at 0.05 of a core cost nothing that shows,
 * 0.12 costs 15 % of the decode rate, 0.28 35 % and a whole core 80 to 90 %. Larger computers have a busier desktop.
 */
function disturbingCores(cores: number): number {
  return Math.max(0.1, 0.03 * cores)
}

/** While half of the logical cores are idle, every thread of the daemon can have a physical one to itself. */
const contendedShare = 0.5

function isContended({ cores, daemonShare, otherShare }: ProcessorUse): boolean {
  return otherShare * cores > disturbingCores(cores) && daemonShare + otherShare > contendedShare
}

/** Why a repetition does not count: the first sign of others at work; null when there is none. */
export function findDisturbance(circumstances: Circumstances): MeasureReason | null {
  const { before, after, durations, processorUse } = circumstances
  if (durations && durations.loadSeconds > reloadAboveSeconds) return { code: 'measure.reloaded', values: {} }
  const [asked, found] = [before.own?.contextLength ?? null, after.own?.contextLength ?? null]
  if (asked !== null && found !== null && asked !== found) {
    return { code: 'measure.otherContext', values: { asked, found } }
  }
  if (after.own === null || asked !== found) return { code: 'measure.reloaded', values: {} }
  if (durations && durations.queueSeconds > queueAboveSeconds + queueAboveShare * durations.totalSeconds) {
    return { code: 'measure.queued', values: { seconds: durations.queueSeconds } }
  }
  const active = after.others.find((entry) => !isIdleSince(before, entry))
  if (active) return { code: 'measure.otherModel', values: { name: active.name } }
  if (hasForeignExpiry(before, after)) return { code: 'measure.otherClient', values: {} }
  if (processorUse && isContended(processorUse)) {
    return { code: 'measure.busyProcessor', values: { percent: Math.round(processorUse.otherShare * 100) } }
  }
  return null
}

/** A model that was there before and whose expiry has not moved has served nobody since. */
function isIdleSince(before: LoadedSnapshot, entry: LoadedModel): boolean {
  const known = before.others.find(({ name, digest }) => name === entry.name && digest === entry.digest)
  return known !== undefined && known.expiresAt?.getTime() === entry.expiresAt?.getTime()
}

/**
 * Every request of ours moves the expiry to its end plus our keep-alive, so between two snapshots it moves by at most
 * the time that passed and what the first of them was behind. Any other movement is another client's request with a keep-alive of its own. Movements are
 * compared, not instants: the daemon's clock may differ from ours.
 */
function hasForeignExpiry(before: LoadedSnapshot, after: LoadedSnapshot): boolean {
  const [earlier, later] = [before.own?.expiresAt, after.own?.expiresAt]
  if (!earlier || !later) return false
  const moved = (later.getTime() - earlier.getTime()) / 1000
  const passed = after.atSeconds - before.atSeconds
  return moved < -expiryToleranceSeconds || moved > passed + expiryLagSeconds
}

/** How often others may spoil a load or a repetition before the trial is given up. */
const maximumDisturbances = 5
/** A busy processor is looked at every so often, and so often at most. */
const checkSeconds = 2
const maximumChecks = 15
/** Other users of the daemon cannot be seen from outside: they are given so long to finish. */
const otherUseSeconds = 5

interface PatienceSetting {
  processorWatch: ProcessorWatch
  clock: Clock
  onActivity: (activity: Reason) => void
  /** Told of every disturbance, whether it is waited for or not. */
  onDisturbance?: (reason: Reason) => void
  signal: AbortSignal
}

/** Told what the disturbance was; resolves true once another try makes sense, and false when it is time to give up. */
export type Patience = (reason: Reason) => Promise<boolean>

/**
 * Bounded waiting for others to finish: gives up after several disturbances, or when the processor does not come to
 * rest.
 */
export function createPatience(setting: PatienceSetting): Patience {
  const { processorWatch, clock, onActivity, onDisturbance, signal } = setting
  let disturbances = 0
  return async (reason) => {
    disturbances++
    onDisturbance?.(reason)
    if (disturbances >= maximumDisturbances) return false
    // What is wrong with the computer is said with what to do about it.
    onActivity(isOfMeasuring(reason) ? { code: 'measure.waiting', values: {} } : reason)
    if (reason.code !== 'measure.busyProcessor') {
      await clock.sleep(otherUseSeconds, signal)
      return true
    }
    for (let check = 0; check < maximumChecks; check++) {
      const before = await processorWatch.read()
      await clock.sleep(checkSeconds, signal)
      const use = processorUse(before, await processorWatch.read())
      if (use === null || use.otherShare * use.cores <= disturbingCores(use.cores)) return true
    }
    return false
  }
}
