import type { IncomingMessage, ServerResponse } from 'node:http'
import type { z } from 'zod'
import { ApiError } from '../errors.ts'

/** One request and its answer, with what every route needs of HTTP. */
export interface Exchange {
  /** Parses the JSON body; throws the 400s that Ollama gives for a missing, malformed or unfitting one. */
  body<T>(schema: z.ZodType<T>): Promise<T>
  /** When the request came, on the clock of `process.hrtime`. */
  arrived: bigint
  /** Aborted when the client goes away before its answer is complete. */
  signal: AbortSignal
  json(status: number, value: unknown): void
  /** An answer without content. */
  empty(status: number): void
  text(status: number, value: string): void
  /** One line of an NDJSON answer; the headers go out with the first. */
  line(value: unknown): void
  /** Ends an NDJSON answer. */
  end(): void
  /** Reports an error the way Ollama does: status and JSON, or a last line once lines have gone out. */
  fail(error: unknown): void
}

const maximumBodyBytes = 64 * 2 ** 20

export function createExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const abort = new AbortController()
  response.on('close', () => {
    if (!response.writableFinished) abort.abort(new ApiError(499, 'request canceled'))
  })
  // Writing to a client that has gone is no error: whoever produces the answer hears of it by the signal.
  response.on('error', () => undefined)
  const send = (status: number, type: string, content: string) => {
    response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(content) })
    response.end(content)
  }
  const json = (status: number, value: unknown) =>
    send(status, 'application/json; charset=utf-8', JSON.stringify(value))
  const line = (value: unknown) => {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    response.write(`${JSON.stringify(value)}\n`)
  }
  return {
    arrived: process.hrtime.bigint(),
    signal: abort.signal,
    body: async (schema) => parse(schema, await readBody(request)),
    json,
    empty: (status) => void response.writeHead(status, { 'content-length': 0 }).end(),
    text: (status, value) => send(status, 'text/plain; charset=utf-8', value),
    line,
    end: () => void response.end(),
    fail(error) {
      const { status, message } = error instanceof ApiError ? error : { status: 500, message: describe(error) }
      if (!response.headersSent) return json(status, { error: message })
      line({ error: message })
      response.end()
    },
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maximumBodyBytes) throw new ApiError(413, 'request body too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse<T>(schema: z.ZodType<T>, text: string): T {
  if (text.trim() === '') throw new ApiError(400, 'missing request body')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new ApiError(400, describe(error))
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new ApiError(400, `json: cannot unmarshal field ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`)
}
