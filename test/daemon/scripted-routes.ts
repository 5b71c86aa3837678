import type { Clock } from '../../main/ollama/clock.ts'
import { sendEmpty, sendJson, sendLines, sendText, sendWhole, streamTokens, type Exchange } from './scripted-answers.ts'
import { scriptGeneration } from './scripted-generation.ts'
import { fullName } from './scripted-models.ts'
import type { ScriptedMachine } from './scripted-runner.ts'
import { Refusal, type DaemonState } from './scripted-state.ts'

export interface RoutesOptions {
  version: string
  state: DaemonState
  machine: ScriptedMachine
  clock: Clock
  /** Factor on the speeds of each generation. */
  drawRequestFactor: () => number
}

export interface Routes {
  /** Answers as Ollama would. Throws `Refusal` for what is to be answered with an error status. */
  answer(exchange: Exchange): Promise<void>
  busyFor(seconds: number): void
}

/** Ollama's routes, in virtual time. */
export function createRoutes({ version, state, machine, clock, drawRequestFactor }: RoutesOptions): Routes {
  let busyUntilSeconds = 0

  async function answer(exchange: Exchange): Promise<void> {
    const { body, operation } = exchange.record
    switch (operation) {
      case 'version':
        return sendJson(exchange, 200, { version })
      case 'tags':
        return sendJson(exchange, 200, state.listTags())
      case 'ps':
        return sendJson(exchange, 200, state.listRunners())
      case 'show':
        return sendJson(exchange, 200, state.show(body['model']))
      case 'load':
        return load(exchange)
      case 'unload':
        state.unload(state.find(body['model']))
        return sendJson(exchange, 200, emptyGeneration(body['model'], 'unload'))
      case 'generate':
        return generate(exchange)
      case 'create':
        return create(exchange)
      case 'copy':
        state.copy(body['source'], String(body['destination']))
        return sendEmpty(exchange, 200)
      case 'delete':
        state.remove(body['model'] ?? body['name'])
        return sendEmpty(exchange, 200)
      case 'unknown':
        return sendText(exchange, { status: 404, body: '404 page not found', contentType: 'text/plain' })
    }
  }

  function load(exchange: Exchange): void {
    const { body } = exchange.record
    const model = state.find(body['model'])
    const options = state.effectiveOptions(model, body['options'])
    const slowness = exchange.fault?.kind === 'slow' ? exchange.fault.factor : 1
    const { runner, loadSeconds } = state.ensureLoaded(model, options, exchange.fault?.kind === 'outOfMemory')
    const endSeconds = Math.max(clock.now(), busyUntilSeconds) + loadSeconds * slowness + 0.001
    runner.expiresAtSeconds = endSeconds + keepAliveSeconds(body['keep_alive'])
    sendJson(exchange, 200, emptyGeneration(body['model'], 'load'), endSeconds)
  }

  async function generate(exchange: Exchange): Promise<void> {
    const { body } = exchange.record
    const model = state.find(body['model'])
    const script = scriptGeneration({
      state,
      machine,
      model,
      options: state.effectiveOptions(model, body['options']),
      prompt: String(body['prompt']),
      startSeconds: clock.now(),
      busyUntilSeconds,
      requestFactor: drawRequestFactor(),
      fault: exchange.fault,
    })
    busyUntilSeconds = script.endSeconds
    if (body['stream'] === false) sendWhole(exchange, script)
    else await streamTokens(exchange, script)
    if (exchange.record.ended === 'aborted') busyUntilSeconds = clock.now()
    script.runner.expiresAtSeconds = clock.now() + keepAliveSeconds(body['keep_alive'])
  }

  async function create(exchange: Exchange): Promise<void> {
    const { body } = exchange.record
    const name = body['model']
    if (typeof name !== 'string' || !/^[\w./:-]+$/.test(name)) throw new Refusal(400, 'invalid model name')
    if (typeof body['from'] !== 'string') throw new Refusal(400, "neither 'from' or 'files' was specified")
    const base = body['from']
    if (!state.tags.has(fullName(base).toLowerCase())) {
      return sendLines(exchange, [
        { status: 'pulling manifest' },
        { error: 'pull model manifest: Get "https://registry.ollama.ai/v2/": dial tcp: lookup: no such host' },
      ])
    }
    const lines = [{ status: 'creating new layer' }, { status: 'writing manifest' }, { status: 'success' }]
    if (exchange.fault?.kind === 'crash') {
      return sendLines(exchange, [...lines.slice(0, 1), { error: exchange.fault.error ?? 'no space left on device' }])
    }
    if (exchange.fault?.kind === 'noDone') return sendLines(exchange, lines.slice(0, 1))
    state.create(name, base, (body['parameters'] ?? {}) as Record<string, unknown>)
    return sendLines(exchange, lines)
  }

  return {
    answer,
    busyFor(seconds) {
      busyUntilSeconds = clock.now() + seconds
    },
  }
}

function emptyGeneration(model: unknown, doneReason: string): Record<string, unknown> {
  return { model, created_at: '2026-11-21T06:57:26Z', response: '', done: true, done_reason: doneReason }
}

/** Seconds as a number, for ever when negative; five minutes by default. */
function keepAliveSeconds(value: unknown): number {
  if (typeof value !== 'number') return 300
  return value < 0 ? Infinity : value
}
