import type { Clock } from '../ollama/clock.ts'

/** Memory that programs could still have, MiB; null where the system does not tell. */
export type MemoryWatch = () => Promise<number | null>

/** Keeps the computer usable while a model is loaded on it. */
export interface MemoryGuard {
  watch: MemoryWatch
  /** What has to stay free for everything else, MiB. */
  reserveMiB: number
  /** Main memory that the load is predicted to take, MiB. */
  predictedMiB: number
}

/** Thrown in place of whatever the work rejected with once it was stopped for want of memory. */
export class MemoryShortage extends Error {
  readonly availableMiB: number

  constructor(availableMiB: number) {
    super(`only ${availableMiB} MiB of memory are left`)
    this.name = 'MemoryShortage'
    this.availableMiB = availableMiB
  }
}

const secondsBetweenLooks = 2
/** What was unloaded a moment ago may take some time to be given back. */
const looksBeforeLoad = 3

/** Runs `work` with a signal that is aborted when the caller's is, or when less than the reserve is left. */
export async function whileMemoryLasts<T>(
  guard: MemoryGuard | null,
  clock: Clock,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (guard === null) return work(signal)
  const shortage = new AbortController()
  const done = new AbortController()
  const watching = watchMemory(guard, clock, done.signal).then(
    (error) => shortage.abort(error),
    () => undefined,
  )
  try {
    return await work(AbortSignal.any([signal, shortage.signal]))
  } catch (error) {
    throw shortage.signal.aborted && !signal.aborted ? shortage.signal.reason : error
  } finally {
    done.abort()
    await watching
  }
}

/** Resolves when memory has become short; rejects when the signal aborts. */
async function watchMemory({ watch, reserveMiB }: MemoryGuard, clock: Clock, signal: AbortSignal): Promise<Error> {
  for (;;) {
    await clock.sleep(secondsBetweenLooks, signal)
    const availableMiB = await watch()
    if (availableMiB !== null && availableMiB < reserveMiB) return new MemoryShortage(availableMiB)
  }
}

/** Whether a load of the predicted size leaves the reserve free; true where nothing can be told. */
export async function leavesRoom(
  { watch, reserveMiB, predictedMiB }: MemoryGuard,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  for (let look = 1; ; look += 1) {
    const availableMiB = await watch()
    if (availableMiB === null || availableMiB - predictedMiB >= reserveMiB) return true
    if (look === looksBeforeLoad) return false
    await clock.sleep(secondsBetweenLooks, signal)
  }
}
