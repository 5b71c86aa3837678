import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../../main/ollama/clock.ts'

/** Header of a whole answer and field of a stream's line: the instant of the virtual clock at which it arrives. */
export const virtualSecondsHeader = 'x-virtual-seconds'
export const virtualSecondsField = 'virtual_seconds'
/** Header of a request whose sender reads in virtual time. */
export const virtualClockHeader = 'x-virtual-clock'

/**
 * The time in which a scripted daemon lives. Nothing in it passes by itself: answers carry the instant at which
 * they arrive, and `sleep` passes at once. So a study of hours takes a second and every figure is exact.
 */
export interface VirtualClock extends Clock {
  /** Moves the time forward to this instant; earlier instants change nothing. */
  advanceTo(seconds: number): void
  /** Resolves once the time is at or past this instant. */
  reached(seconds: number): Promise<void>
}

export function createVirtualClock(startSeconds = 1000): VirtualClock {
  let now = startSeconds
  let waiting: { seconds: number; resolve: () => void }[] = []

  function advanceTo(seconds: number): void {
    now = Math.max(now, seconds)
    const due = waiting.filter((entry) => entry.seconds <= now)
    waiting = waiting.filter((entry) => entry.seconds > now)
    for (const entry of due) entry.resolve()
  }

  return {
    now: () => now,
    advanceTo,
    reached(seconds) {
      if (seconds <= now) return Promise.resolve()
      return new Promise((resolve) => waiting.push({ seconds, resolve }))
    },
    async sleep(seconds, signal) {
      signal?.throwIfAborted()
      advanceTo(now + seconds)
      // Lets sockets and other waiters get on in real time before the sleeper looks at the world again.
      await setImmediate()
      signal?.throwIfAborted()
    },
  }
}

/**
 * A `fetch` through which answers move the virtual clock: to the instant in the header once the headers are read,
 * and line by line in a stream, each line only when the reader asks for it. The daemon sends the next piece no
 * sooner than the clock has reached the last, so that a reader who stops listening is noticed at that very piece.
 */
export function fetchInVirtualTime(fetch: typeof globalThis.fetch, clock: VirtualClock): typeof globalThis.fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set(virtualClockHeader, '1')
    const response = await fetch(input, { ...init, headers })
    const instant = response.headers.get(virtualSecondsHeader)
    if (instant !== null) clock.advanceTo(Number(instant))
    if (!response.body || !response.headers.get('content-type')?.includes('ndjson')) return response
    return new Response(linesInVirtualTime(response.body, clock), response)
  }
}

function linesInVirtualTime(body: ReadableStream<Uint8Array>, clock: VirtualClock): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let buffer = ''
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        while (!buffer.includes('\n')) {
          const { done, value } = await reader.read()
          if (done) {
            if (buffer !== '') controller.enqueue(Buffer.from(buffer))
            controller.close()
            return
          }
          buffer += decoder.decode(value, { stream: true })
        }
        const end = buffer.indexOf('\n') + 1
        const line = buffer.slice(0, end)
        buffer = buffer.slice(end)
        const instant = new RegExp(`"${virtualSecondsField}":([\\d.e+-]+)`).exec(line)?.[1]
        if (instant !== undefined) clock.advanceTo(Number(instant))
        controller.enqueue(Buffer.from(line))
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}
