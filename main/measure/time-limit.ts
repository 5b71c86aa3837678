import type { Clock } from '../ollama/clock.ts'

/** Thrown in place of whatever the work rejected with once its time was up. */
export class TimeLimitExceeded extends Error {
  readonly limitSeconds: number

  constructor(limitSeconds: number) {
    super(`not done within ${limitSeconds} s`)
    this.name = 'TimeLimitExceeded'
    this.limitSeconds = limitSeconds
  }
}

/** Node fires longer timers at once. */
const longestTimerMilliseconds = 2 ** 31 - 1

/**
 * Runs `work` with a signal that is aborted when the caller's is or when the time is up. The limit holds on `clock`,
 * so an answer that came too late is refused; the timer beside it is for work that never comes back.
 */
export async function withinLimit<T>(
  clock: Clock,
  limitSeconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController()
  const milliseconds = Math.min(limitSeconds * 1000, longestTimerMilliseconds)
  const timer = setTimeout(() => limit.abort(new TimeLimitExceeded(limitSeconds)), milliseconds)
  const startSeconds = clock.now()
  try {
    const result = await work(AbortSignal.any([signal, limit.signal]))
    if (clock.now() - startSeconds > limitSeconds) throw new TimeLimitExceeded(limitSeconds)
    return result
  } catch (error) {
    throw limit.signal.aborted && !signal.aborted ? limit.signal.reason : error
  } finally {
    clearTimeout(timer)
  }
}
