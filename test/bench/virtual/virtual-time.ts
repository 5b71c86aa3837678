import type { Clock } from '../../../main/ollama/clock.ts'

/** Time that passes only where something is simulated, with timers that go off on the way. */
export interface VirtualTime extends Clock {
  /**
   * Moves on to an instant, letting timers go off that are due before it; an instant in the past changes nothing.
   * False if the signal was aborted on the way: time then stands where that happened.
   */
  passUntil(seconds: number, signal?: AbortSignal): boolean
  /**
   * Runs `work` while `setTimeout` means this clock. Only for work that waits for nothing real: whatever else ran
   * meanwhile would get its timers from here.
   */
  withTimers<T>(work: () => Promise<T>): Promise<T>
}

interface Timer {
  atSeconds: number
  callback: () => void
}

/** A clock that stands at zero. */
export function createVirtualTime(): VirtualTime {
  let now = 0
  const timers = new Set<Timer>()

  function passUntil(seconds: number, signal?: AbortSignal): boolean {
    for (;;) {
      if (signal?.aborted) return false
      const timer = earliest(timers)
      if (!timer || timer.atSeconds >= seconds) break
      timers.delete(timer)
      now = Math.max(now, timer.atSeconds)
      timer.callback()
    }
    now = Math.max(now, seconds)
    return true
  }

  return {
    now: () => now,
    passUntil,
    sleep(seconds, signal) {
      passUntil(now + seconds, signal)
      signal?.throwIfAborted()
      return Promise.resolve()
    },
    async withTimers(work) {
      const { setTimeout, clearTimeout } = globalThis
      const set = (callback: () => void, milliseconds = 0) => {
        const timer = { atSeconds: now + milliseconds / 1000, callback }
        timers.add(timer)
        return timer
      }
      Object.assign(globalThis, { setTimeout: set, clearTimeout: (timer: Timer) => timers.delete(timer) })
      try {
        return await work()
      } finally {
        Object.assign(globalThis, { setTimeout, clearTimeout })
      }
    },
  }
}

function earliest(timers: Iterable<Timer>): Timer | undefined {
  let first: Timer | undefined
  for (const timer of timers) if (!first || timer.atSeconds < first.atSeconds) first = timer
  return first
}
