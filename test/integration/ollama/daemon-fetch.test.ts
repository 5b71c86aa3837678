import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, onTestFinished, test } from 'vitest'
import { createDaemonFetch } from '../../../main/ollama/http/daemon-fetch.ts'

/** A server that is handed the connection once the request's first bytes have come. */
async function serve(answer: (socket: Socket, request: string) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', (bytes) => answer(socket, bytes.toString()))
  })
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const head = (type: string) => `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\n\r\n`
const lineCount = 100

/** Sends a hundred lines, one every few milliseconds, and closes the connection after the last. */
async function sendLines(socket: Socket): Promise<void> {
  socket.setNoDelay()
  for (let line = 0; line < lineCount; line++) {
    socket.write(`{"line":${line}}\n`)
    await sleep(4)
  }
  socket.end()
}

async function piecesOf(response: Response): Promise<string[]> {
  const pieces: string[] = []
  for await (const bytes of response.body ?? new ReadableStream<Uint8Array>())
    pieces.push(Buffer.from(bytes).toString())
  return pieces
}

const allLines = Array.from({ length: lineCount }, (_, line) => `{"line":${line}}\n`).join('')

test('a stream of tokens is told of its first at once and of the others in few pieces, none lost', async () => {
  const url = await serve((socket) => {
    socket.write(head('application/x-ndjson'))
    void sendLines(socket)
  })
  const pieces = await piecesOf(await createDaemonFetch()(url))
  expect(pieces[0]).toBe('{"line":0}\n')
  expect(pieces.join('')).toBe(allLines)
  // Five rests fit into the half second that sending takes; on a busy computer there are more, each with more lines.
  expect(pieces.length).toBeLessThan(lineCount / 4)
})

test('a stream that comes faster than it is read arrives whole', async () => {
  const line = `${'x'.repeat(1023)}\n`
  const url = await serve((socket) => socket.end(head('application/x-ndjson') + line.repeat(512)))
  const response = await createDaemonFetch(10)(url)
  // The connection is held up before its first piece is read.
  await sleep(100)
  expect((await piecesOf(response)).join('')).toBe(line.repeat(512))
})

test('an answer that is no stream of tokens is read without rest', async () => {
  const megabytes = 'x'.repeat(8 << 20)
  const url = await serve((socket) => socket.end(head('application/json') + megabytes))
  expect((await (await createDaemonFetch(60_000)(url)).text()).length).toBe(megabytes.length)
})

test.each(['POST', 'DELETE'])('the body of a %s arrives whole', async (method) => {
  const url = await serve((socket, request) => socket.end(head('text/plain') + request))
  const body = JSON.stringify({ model: 'Käse' })
  const told = await (await createDaemonFetch()(url, { method, body })).text()
  expect(told).toMatch(new RegExp(`^${method} / HTTP/1.1\r\n`))
  expect(told).toMatch(/\r\ncontent-length: 17\r\n/i)
  expect(told.endsWith(`\r\n\r\n${body}`)).toBe(true)
})

test.each([
  ['before it answers', (socket: Socket) => socket.resetAndDestroy()],
  ['instead of an answer', (socket: Socket) => socket.end()],
  ['with a status that there is not', (socket: Socket) => socket.end('HTTP/1.1 999 Odd\r\n\r\n')],
  ['with what is no HTTP', (socket: Socket) => socket.end('220 mail.example ESMTP\r\n')],
])('a server that ends %s is told as a network error with its cause', async (_when, answer) => {
  const error: unknown = await createDaemonFetch()(await serve(answer)).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(TypeError)
  expect(error).toHaveProperty('cause', expect.any(Error))
})

test('a connection that breaks in mid-stream ends the body with an error', async () => {
  const url = await serve((socket) => {
    socket.write(
      head('application/x-ndjson').replace('\r\n\r\n', '\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"a":\r\n'),
    )
    setTimeout(() => socket.destroy(), 20)
  })
  const error: unknown = await piecesOf(await createDaemonFetch()(url)).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(TypeError)
  expect(error).toHaveProperty('cause', expect.any(Error))
})

test.each(['abort', 'leave the loop', 'cancel unread'])(
  'to %s reaches the server as a closed connection',
  async (how) => {
    const closed = Promise.withResolvers<void>()
    const url = await serve((socket) => {
      socket.on('close', () => closed.resolve())
      socket.write(`${head('application/x-ndjson')}{}\n`)
    })
    const abortion = new AbortController()
    const { body } = await createDaemonFetch()(url, { signal: abortion.signal })
    if (how === 'cancel unread') {
      await body?.cancel()
      return closed.promise
    }
    const reading = (async () => {
      for await (const bytes of body ?? new ReadableStream<Uint8Array>()) {
        expect(Buffer.from(bytes).toString()).toBe('{}\n')
        if (how === 'abort') abortion.abort()
        else break
      }
    })()
    if (how === 'abort') await expect(reading).rejects.toThrow()
    else await reading
    return closed.promise
  },
)

test('an abort is not lost where memory was tidied up since the request', async () => {
  setFlagsFromString('--expose-gc')
  const collectGarbage = runInNewContext('gc') as () => void
  const url = await serve((socket) => void socket.write(`${head('application/x-ndjson')}{}\n`))
  const abortion = new AbortController()
  const { body } = await createDaemonFetch()(url, { signal: abortion.signal })
  const reading = piecesOf(new Response(body))
  for (let round = 0; round < 5; round++) {
    await sleep(5)
    collectGarbage()
  }
  abortion.abort()
  await expect(reading).rejects.toThrow()
})

test('an answer without a body has none', async () => {
  const url = await serve((socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n'))
  const response = await createDaemonFetch()(url)
  expect([response.status, response.body]).toEqual([204, null])
})
