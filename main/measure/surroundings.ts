import type { Reason } from '../../preload/contract/estimate.ts'
import type { TrialOutcome } from '../../preload/contract/trial.ts'
import { bearsOnSpeed, disturbancesAmong, type Condition, type OwnUse } from '../hardware/conditions/conditions.ts'
import type { Clock } from '../ollama/clock.ts'
import type { Daemon, LoadedModel } from '../ollama/daemon.ts'
import { say } from '../words/say.ts'
import type { Patience } from './disturbance.ts'
import { unsuccessful } from './outcome.ts'

/** Looks once at what bears on the computer's speed. Asked before and after a trial, never during one. */
export type ConditionsWatch = (own: OwnUse) => Promise<Condition[]>

/** What the daemon holds for its models, and what this program does, is no other program's. */
export function ownUseOf(loaded: readonly LoadedModel[]): OwnUse {
  return {
    pids: [process.pid],
    vramMiB: loaded.reduce((sum, model) => sum + model.vramMiB, 0),
    ramMiB: loaded.reduce((sum, model) => sum + model.sizeMiB - model.vramMiB, 0),
  }
}

interface Surroundings {
  daemon: Daemon
  /** Null where the daemon runs on another computer. */
  conditionsWatch: ConditionsWatch | null
  clock: Clock
  onActivity: (activity: Reason) => void
  signal: AbortSignal
}

/**
 * Runs one trial with a look at the computer before and after it, the daemon at rest. What passes is waited for, within
 * bounds, before anything is loaded; a trial in the course of which the conditions changed does not count, and what
 * bore on it is on record either way.
 */
export async function observed(
  surroundings: Surroundings,
  patience: Patience,
  runTrial: () => Promise<TrialOutcome>,
): Promise<TrialOutcome> {
  const { conditionsWatch } = surroundings
  if (conditionsWatch === null) return runTrial()
  const before = await calmConditions(surroundings, conditionsWatch, patience)
  const [disturbance] = disturbancesAmong(before, before)
  if (disturbance) return disturbedBy(disturbance, before)
  const outcome = await runTrial()
  if (!isJudgement(outcome)) return outcome
  const after = await lookAround(surroundings, conditionsWatch)
  const all = [...before, ...after.filter(({ code }) => !before.some((condition) => condition.code === code))]
  const [change] = [...disturbancesAmong(after, before), ...disturbancesAmong(before, after)]
  if (change) return disturbedBy(change, all)
  return outcome.kind === 'ok' ? { ...outcome, conditions: all.map(say) } : outcome
}

/** Whether an outcome says something of the settings, so that it matters what else bore on it. */
function isJudgement({ kind }: TrialOutcome): boolean {
  return kind === 'ok' || kind === 'spill' || kind === 'outOfMemory' || kind === 'timeout'
}

function disturbedBy(disturbance: Condition, conditions: readonly Condition[]): TrialOutcome {
  return { ...unsuccessful('interference', disturbance), conditions: conditions.map(say) }
}

/** The conditions once nothing in them is about to pass, or once patience has ended. */
async function calmConditions(
  surroundings: Surroundings,
  watch: ConditionsWatch,
  patience: Patience,
): Promise<Condition[]> {
  for (;;) {
    const found = await lookAround(surroundings, watch)
    const [disturbance] = disturbancesAmong(found, found)
    if (!disturbance || !(await patience(disturbance))) return found
  }
}

/** A graphics card tells its use over the last second or so: after this long what it did for us is forgotten. */
const settlingSeconds = 2

async function lookAround({ daemon, clock, signal }: Surroundings, watch: ConditionsWatch): Promise<Condition[]> {
  // A daemon that is gone has nothing loaded; the trial itself finds out that it is.
  const own = ownUseOf(await daemon.listLoaded(signal).catch(() => []))
  signal.throwIfAborted()
  const look = async () => (await watch(own)).filter(bearsOnSpeed)
  const found = await look()
  if (!found.some(({ code }) => code === 'machine.busyGraphics')) return found
  await clock.sleep(settlingSeconds, signal)
  return look()
}
