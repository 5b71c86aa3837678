import { Ollama } from 'ollama'
import type { ZodType } from 'zod'
import type { DaemonKind } from '../../../preload/contract/daemon.ts'
import type { Clock } from '../clock.ts'
import { call, type Call, type Fetch } from './call.ts'
import type { FailureContext } from './failures.ts'

/** How long silence is borne, by kind of request, in real seconds. Generous: a slow daemon is not a dead one. */
export interface Patience {
  /** version, tags, show, ps, delete */
  answerSeconds: number
  /** A hundred gigabytes from a hard disk take a quarter of an hour. */
  loadSeconds: number
  /** Load and prefill together. */
  firstTokenSeconds: number
  nextTokenSeconds: number
  createSeconds: number
  /** From the unload request until `/api/ps` has forgotten the model, on the client's clock. */
  unloadSeconds: number
}

/** What one request is about. */
export interface About {
  route: string
  /** The model it names. */
  model?: string
  /** Default: `answerSeconds`. */
  idleSeconds?: number
  signal: AbortSignal | undefined
}

/** One daemon's address and the ways to ask it. */
export interface Link {
  readonly kind: DaemonKind
  readonly url: string
  readonly clock: Clock
  readonly patience: Patience
  context(about: About): FailureContext
  /** Runs one request over its own fetch. */
  run<T>(about: About, work: (call: Call) => Promise<T>): Promise<T>
  /** A plain request through the official package, and its checked answer. */
  ask<T>(about: About, schema: ZodType<T>, request: (api: Ollama) => Promise<unknown>): Promise<T>
}

export function createLink(parts: Pick<Link, 'kind' | 'url' | 'clock' | 'patience'> & { fetch: Fetch }): Link {
  const { kind, url, clock, patience, fetch } = parts

  function context({ route, model }: About): FailureContext {
    return { kind, url, route, model: model ?? null }
  }

  function run<T>(about: About, work: (call: Call) => Promise<T>): Promise<T> {
    const idleSeconds = about.idleSeconds ?? patience.answerSeconds
    return call({ ...context(about), fetch, idleSeconds, signal: about.signal }, work)
  }

  return {
    kind,
    url,
    clock,
    patience,
    context,
    run,
    ask: (about, schema, request) =>
      run(about, async (call) => call.parse(schema, await request(new Ollama({ host: url, fetch: call.fetch })))),
  }
}
