import http, { type ClientRequestArgs, type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { NetConnectOpts } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Fetch } from './call.ts'
import { RestingSocket } from './resting-socket.ts'

const connectMilliseconds = 10_000

class RestingAgent extends http.Agent {
  override createConnection(options: ClientRequestArgs): Duplex {
    // The agent hands over what `net.connect` takes.
    return new RestingSocket(options as NetConnectOpts)
  }
}

/**
 * A fetch for daemons. Node's own gives up after five minutes without headers or body, yet loading a large model from a
 * slow disk may take longer; and it wakes up for every token, which disturbs what is measured. Every request has a
 * connection of its own: a daemon may be restarted at any moment, and an aborted request must reach it as a closed
 * connection. Proxies in the environment are not used, redirects are not followed.
 *
 * @param restMilliseconds how long a stream of tokens is left alone between two reads, once the first has come
 */
export function createDaemonFetch(restMilliseconds = 100): Fetch {
  const plainAgent = new RestingAgent()
  const secureAgent = new https.Agent()
  return async (input, init = {}) => {
    const url = String(input instanceof Request ? input.url : input)
    const { method = 'GET', signal } = init
    const body = Buffer.from(await new Response(init.body ?? null).arrayBuffer())
    const headers = {
      ...Object.fromEntries(new Headers(init.headers)),
      ...(body.length > 0 && { 'content-length': body.length }),
    }
    const options = { method, headers, ...(signal && { signal }) }
    return new Promise((resolve, reject) => {
      const fail = (cause: unknown) => reject(new TypeError('fetch failed', { cause }))
      const sent = url.startsWith('https:')
        ? https.request(url, { ...options, agent: secureAgent })
        : http.request(url, { ...options, agent: plainAgent })
      const timer = setTimeout(() => sent.destroy(new Error('no connection in time')), connectMilliseconds)
      sent.on('socket', (socket) => socket.once('connect', () => clearTimeout(timer)))
      sent.on('response', (answer) => {
        try {
          resolve(responseOf(answer, restMilliseconds, signal))
        } catch (error) {
          // A status or a header that no web server may send.
          answer.destroy()
          fail(error)
        }
      })
      sent.on('error', fail)
      sent.on('close', () => {
        clearTimeout(timer)
        fail(new Error('closed without an answer'))
      })
      sent.end(body)
    })
  }
}

/** Statuses whose answers have no body. */
const bodilessStatuses = [204, 205, 304]

function responseOf(
  answer: IncomingMessage,
  restMilliseconds: number,
  signal: AbortSignal | null | undefined,
): Response {
  const { statusCode: status = 0, rawHeaders } = answer
  const headers = new Headers()
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '')
  }
  if (bodilessStatuses.includes(status)) {
    answer.resume()
    return new Response(null, { status, headers })
  }
  const pieces = bytesOf(answer, restMilliseconds, signal)
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      // Also reaches an answer that nobody has begun to read.
      cancel: () => void answer.destroy(),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { status, headers })
}

/** The first piece comes at once, whatever comes piece by piece after it in intervals. */
async function* bytesOf(
  answer: IncomingMessage,
  restMilliseconds: number,
  signal: AbortSignal | null | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const isStream = /^application\/x-ndjson\b/i.test(answer.headers['content-type'] ?? '')
  try {
    for await (const bytes of answer) {
      yield bytes
      if (isStream && answer.socket instanceof RestingSocket) answer.socket.restBetweenReads(restMilliseconds)
    }
    // A body without a length ends where its connection does, which may have been our doing.
    signal?.throwIfAborted()
  } catch (cause) {
    throw new TypeError('terminated', { cause })
  }
}
