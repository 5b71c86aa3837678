import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRandom, drawNormal } from '../../main/search/random.ts'
import { createDaemonFetch } from '../../main/ollama/http/daemon-fetch.ts'
import { featuresOf } from '../../main/ollama/features.ts'
import { cut, sendJson, sendText, type Exchange } from './scripted-answers.ts'
import { createFaultPlan, type Fault, type FaultOptions, type Operation } from './scripted-faults.ts'
import type { ScriptedModel } from './scripted-models.ts'
import { processorMachine, type EffectiveOptions, type ScriptedMachine } from './scripted-runner.ts'
import { createRoutes } from './scripted-routes.ts'
import { createDaemonState, Refusal } from './scripted-state.ts'
import { createVirtualClock, fetchInVirtualTime, type VirtualClock } from './virtual-clock.ts'

export interface ScriptedDaemonOptions {
  /** Default "0.32.15"; versions before 0.30.0 list no capabilities and reload by the older rules. */
  version?: string
  /** Default: one model, `base`. */
  models?: ScriptedModel[]
  /** Default: `processorMachine()`. */
  machine?: ScriptedMachine
  /** Standard deviation of the logarithm of speed between loads and within one. Default: none at all. */
  noise?: { betweenLoads: number; withinLoad: number }
  /** Uniform on [0, 1); seeds the noise. */
  random?: () => number
  /** Default: any free one. */
  port?: number
  /** Default: a time of its own. */
  clock?: VirtualClock
}

/** A request as it came, in order of arrival. */
export interface RecordedRequest {
  operation: Operation
  method: string
  path: string
  body: Record<string, unknown>
  /** Virtual clock. */
  atSeconds: number
  /** `aborted`: the client went away first. `cut`: the daemon itself cut it off. */
  ended: 'pending' | 'answered' | 'aborted' | 'cut'
  tokensSent: number
}

/**
 * A daemon with Ollama's API on a loopback port whose behaviour a test scripts. It really speaks HTTP, but lives
 * in virtual time: speeds follow from the machine's functions, and no test waits for them. Hand `fetch` and
 * `clock` to the client and both sides agree on the time to the nanosecond; without them the client still works
 * and simply sees a very fast daemon.
 */
export interface ScriptedDaemon {
  readonly url: string
  readonly clock: VirtualClock
  readonly fetch: typeof globalThis.fetch
  readonly requests: RecordedRequest[]
  /** Every start of a runner, failed ones included, with the options in effect. */
  readonly loads: readonly { model: string; options: EffectiveOptions }[]
  /** The next such request goes wrong; several faults for one kind of request take effect one after another. */
  inject(operation: Operation, fault: Fault, options?: FaultOptions): void
  clearFaults(): void
  tagNames(): string[]
  loadedNames(): string[]
  addModel(model: ScriptedModel): void
  removeModel(name: string): void
  /** Another client loads a model, with all that follows for runners already there. */
  loadByAnotherProgram(name: string, options?: EffectiveOptions): void
  /** Another client keeps the daemon busy for so many virtual seconds from now. */
  busyFor(seconds: number): void
  /** As SIGKILL: connections break, the port is closed, runners are gone. */
  kill(): Promise<void>
  /** Starts it again on the same port. */
  revive(): Promise<void>
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export async function startScriptedDaemon(options: ScriptedDaemonOptions = {}): Promise<ScriptedDaemon> {
  const version = options.version ?? '0.32.15'
  const machine = options.machine ?? processorMachine()
  const random = options.random ?? createRandom(1)
  const noise = options.noise ?? { betweenLoads: 0, withinLoad: 0 }
  const factor = (deviation: number) => Math.exp(deviation * drawNormal(random))
  const clock = options.clock ?? createVirtualClock()
  const faults = createFaultPlan()
  const requests: RecordedRequest[] = []
  const state = createDaemonState({
    isModern: featuresOf(version, 'ollama').automaticBatch,
    models: options.models ?? [{ name: 'base' }],
    machine,
    clock,
    drawLoadFactor: () => factor(noise.betweenLoads),
  })
  const routes = createRoutes({
    version,
    state,
    machine,
    clock,
    drawRequestFactor: () => factor(noise.withinLoad),
  })

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    const operation = operationOf(request, body)
    const record: RecordedRequest = {
      operation,
      method: request.method ?? '',
      path: request.url ?? '',
      body,
      atSeconds: clock.now(),
      ended: 'pending',
      tokensSent: 0,
    }
    requests.push(record)
    response.on('close', () => {
      if (record.ended === 'pending') record.ended = response.writableFinished ? 'answered' : 'aborted'
    })
    const fault = faults.take(operation)
    const exchange: Exchange = { request, response, record, fault, clock }
    try {
      if (fault?.kind === 'hang') return
      if (fault?.kind === 'cut' && fault.afterTokens === undefined) return cut(exchange)
      if (fault?.kind === 'refuse') throw new Refusal(fault.status, fault.error)
      if (fault?.kind === 'answer') return sendText(exchange, fault)
      await routes.answer(exchange)
    } catch (error) {
      if (error instanceof Refusal) sendJson(exchange, error.status, { error: error.message })
      else throw error
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  await listen(options.port ?? 0)
  const { port } = server.address() as AddressInfo

  async function listen(onPort: number): Promise<void> {
    server.listen(onPort, '127.0.0.1')
    await once(server, 'listening')
  }

  async function close(): Promise<void> {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }

  return {
    url: `http://127.0.0.1:${port}`,
    clock,
    fetch: fetchInVirtualTime(createDaemonFetch(0), clock),
    requests,
    loads: state.loads,
    inject: (operation, fault, faultOptions) => faults.inject(operation, fault, faultOptions),
    clearFaults: () => faults.clear(),
    tagNames: () => [...state.tags.values()].map((model) => model.name),
    loadedNames: () => state.loaded(),
    addModel: (model) => state.add(model),
    removeModel: (name) => state.remove(name),
    loadByAnotherProgram(name, options = {}) {
      const model = state.find(name)
      const { runner } = state.ensureLoaded(model, state.effectiveOptions(model, options), false)
      runner.expiresAtSeconds = clock.now() + 300
    },
    busyFor: (seconds) => routes.busyFor(seconds),
    async kill() {
      state.forgetRunners()
      await close()
    },
    revive: () => listen(port),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function operationOf(request: IncomingMessage, body: Record<string, unknown>): Operation {
  switch (`${request.method} ${request.url}`) {
    case 'GET /api/version':
      return 'version'
    case 'GET /api/tags':
      return 'tags'
    case 'GET /api/ps':
      return 'ps'
    case 'POST /api/show':
      return 'show'
    case 'POST /api/generate':
      if (typeof body['prompt'] === 'string' && body['prompt'] !== '') return 'generate'
      return body['keep_alive'] === 0 ? 'unload' : 'load'
    case 'POST /api/create':
      return 'create'
    case 'POST /api/copy':
      return 'copy'
    case 'DELETE /api/delete':
      return 'delete'
    default:
      return 'unknown'
  }
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString()
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}
