/** Time as the measuring code sees it. Injected, so that tests run hours of daemon time in a second. */
export interface Clock {
  /** Monotonic seconds since an arbitrary instant. */
  now(): number
  /** Resolves after so many seconds; rejects with the signal's reason as soon as it aborts. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>
}

/** The computer's own monotonic clock. */
export const systemClock: Clock = {
  now: () => performance.now() / 1000,
  sleep(seconds, signal) {
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer)
        reject(abortReason(signal))
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }, seconds * 1000)
      if (signal?.aborted) stop()
      else signal?.addEventListener('abort', stop, { once: true })
    })
  },
}

function abortReason(signal: AbortSignal | undefined): Error {
  return signal?.reason instanceof Error ? signal.reason : new DOMException('Aborted', 'AbortError')
}
