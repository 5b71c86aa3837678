import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Recording {
  /** "0.32.15/show-system" */
  name: string
  request: { method: string; path: string; body?: unknown }
  response: {
    status: number | null
    contentType?: string | null
    headers?: Record<string, string>
    body?: string
    lines?: { atMs: number; line: string }[]
    /** What the recorder's own connection ended with. */
    cut?: { error: string }
  }
}

const folder = new URL('../../recordings/', import.meta.url)

export function readRecordings(version: string): Recording[] {
  return readdirSync(new URL(`${version}/`, folder))
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const text = readFileSync(new URL(`${version}/${file}`, folder), 'utf8')
      const name = `${version}/${file.replace(/\.json$/, '')}`
      return { name, ...(JSON.parse(text) as Omit<Recording, 'name'>) }
    })
}

/** The last value of a recorded answer: the closing line of a stream, or the whole body. */
export function lastAnswer({ response }: Recording): Record<string, unknown> {
  return JSON.parse(response.lines?.at(-1)?.line ?? response.body ?? '') as Record<string, unknown>
}

export interface ReplayServer {
  url: string
  /** "POST /api/generate", in order. */
  requests: string[]
  /** From now on the recorded request gets the recorded answer; `others` are JSON answers to further requests. */
  replay(recording: Recording, others?: Record<string, unknown>): void
  close(): Promise<void>
}

/** Answers over real HTTP, byte for byte what was recorded; a stream that was cut off is cut off again. */
export async function startReplayServer(): Promise<ReplayServer> {
  let current: Recording | null = null
  let otherAnswers: Record<string, unknown> = {}
  const requests: string[] = []
  const server = createServer((request, response) => {
    const asked = `${request.method} ${request.url}`
    requests.push(asked)
    request.resume()
    const other = otherAnswers[asked]
    if (other !== undefined) response.end(JSON.stringify(other))
    else if (current) play(current, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    replay(recording, others = {}) {
      current = recording
      otherAnswers = others
      requests.length = 0
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** An address at which certainly nothing listens. */
export async function closedUrl(): Promise<string> {
  const server = await startReplayServer()
  await server.close()
  return server.url
}

function play({ response: recorded }: Recording, response: ServerResponse): void {
  // Recorded without an answer: the daemon kept silent until the recorder gave up.
  if (recorded.status === null) return
  const contentType = recorded.contentType ?? recorded.headers?.['content-type']
  response.writeHead(recorded.status, contentType ? { 'content-type': contentType } : {})
  if (!recorded.lines) {
    response.end(recorded.body)
    return
  }
  const lines = recorded.lines.map(({ line }) => line)
  const text = lines.map((line) => `${line}\n`).join('')
  const last = JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>
  const isWhole = last['done'] === true || 'error' in last || 'status' in last
  if (isWhole) response.end(text)
  else response.write(text, () => response.destroy())
}
