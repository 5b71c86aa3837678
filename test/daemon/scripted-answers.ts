import type { IncomingMessage, ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import type { RecordedRequest } from './scripted-daemon.ts'
import type { Fault } from './scripted-faults.ts'
import type { GenerationScript } from './scripted-generation.ts'
import { virtualClockHeader, virtualSecondsField, virtualSecondsHeader, type VirtualClock } from './virtual-clock.ts'

const created_at = '2026-11-21T06:57:26.204113185Z'

/** One request on its way through the daemon. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  record: RecordedRequest
  fault: Fault | null
  clock: VirtualClock
}

export function sendJson(exchange: Exchange, status: number, body: Record<string, unknown>, atSeconds?: number): void {
  const { response, fault, clock } = exchange
  if (fault?.kind === 'meanwhile') fault.act()
  const changed = fault?.kind === 'change' ? fault.change(body) : body
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    [virtualSecondsHeader]: String(atSeconds ?? clock.now() + 0.001),
  })
  response.end(JSON.stringify(changed))
}

export function sendEmpty({ response }: Exchange, status: number): void {
  response.writeHead(status).end()
}

export function sendText({ response }: Exchange, fault: { body: string; status?: number; contentType?: string }): void {
  response.writeHead(fault.status ?? 200, { 'content-type': fault.contentType ?? 'application/json' })
  response.end(fault.body)
}

export function sendLines({ response }: Exchange, lines: Record<string, unknown>[]): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

export function cut({ response, record }: Exchange): void {
  record.ended = 'cut'
  response.destroy()
}

export function sendWhole(exchange: Exchange, script: GenerationScript): void {
  const text = script.tokens.map((token) => token.text).join('')
  const { model } = exchange.record.body
  sendJson(exchange, 200, { model, created_at, response: text, done: true, ...script.final }, script.endSeconds)
}

/** Sends token by token, each only when the reader's clock has reached the last, and plays the faults of a stream. */
export async function streamTokens(exchange: Exchange, script: GenerationScript): Promise<void> {
  const { response, record, fault, clock } = exchange
  const { model } = record.body
  const closed = new Promise<void>((resolve) => response.once('close', resolve))
  const isPaced = exchange.request.headers[virtualClockHeader] !== undefined

  async function send(line: Record<string, unknown>, atSeconds: number): Promise<void> {
    response.write(`${JSON.stringify({ model, created_at, ...line, [virtualSecondsField]: atSeconds })}\n`)
    await (isPaced ? Promise.race([clock.reached(atSeconds), closed]) : setImmediate())
  }

  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  for (const token of script.tokens) {
    if (await endedByFault(exchange, script, closed)) return
    await send({ response: token.text, done: false }, token.atSeconds)
    if (response.destroyed) return
    record.tokensSent += 1
  }
  if (await endedByFault(exchange, script, closed)) return
  if (fault?.kind === 'meanwhile') fault.act()
  const final = { response: '', done: true, ...script.final }
  const changed = fault?.kind === 'change' ? (fault.change(final) as Record<string, unknown>) : final
  // The reader may leave as soon as it has this line.
  record.ended = 'answered'
  await send(changed, script.endSeconds)
  response.end()
}

async function endedByFault(exchange: Exchange, script: GenerationScript, closed: Promise<void>): Promise<boolean> {
  const { response, record, fault } = exchange
  if (fault === null || !('afterTokens' in fault) || fault.afterTokens !== record.tokensSent) return false
  switch (fault.kind) {
    case 'stall':
      await closed
      return true
    case 'cut':
      cut(exchange)
      return true
    case 'crash':
      script.runner.isDead = true
      response.end(
        `${JSON.stringify({ error: fault.error ?? 'an error was encountered while running the model: unexpected EOF' })}\n`,
      )
      return true
    case 'noDone':
      response.end()
      return true
    case 'stopsEarly':
      return false
  }
}
