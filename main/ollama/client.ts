import { Ollama } from 'ollama'
import type { ZodType } from 'zod'
import type { DaemonKind } from '../../preload/contract/daemon.ts'
import { AttuneError } from '../../preload/contract/errors.ts'
import { factsFromMetadata } from '../models/facts.ts'
import { systemClock, type Clock } from './clock.ts'
import type { Daemon, ListedModel, LoadedModel, ShownModel } from './daemon.ts'
import { featuresOf } from './features.ts'
import { streamGeneration } from './generation.ts'
import { call, type Call, type Fetch } from './http/call.ts'
import { createDaemonFetch } from './http/daemon-fetch.ts'
import { daemonSaid, failure, type FailureContext } from './http/failures.ts'
import { parseParametersText } from './parameters.ts'
import { createLineSchema, emptyGenerationSchema, psSchema, showSchema, tagsSchema, versionSchema } from './schemas.ts'
import type { TagsEntry } from './schemas.ts'
import { isSameName, nameProblem } from './tags.ts'

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

export const defaultPatience: Patience = {
  answerSeconds: 30,
  loadSeconds: 900,
  firstTokenSeconds: 900,
  nextTokenSeconds: 180,
  createSeconds: 300,
  unloadSeconds: 60,
}

export interface DaemonClientOptions {
  kind: DaemonKind
  /** Without a path: "http://127.0.0.1:11434". No other address is ever talked to. */
  url: string
  fetch?: Fetch
  clock?: Clock
  patience?: Partial<Patience>
}

const bytesPerMiB = 1024 * 1024

/**
 * A client for Ollama, or for the built-in engine with the same API.
 *
 * Plain requests go through the official package. Streams and deletion do not: the package prints lines that it
 * cannot read and drops them, cannot be aborted before the first byte, and deletes by a field that Ollama calls
 * deprecated. It gets a fetch of its own for each request, which carries that request's abort signal and turns error
 * answers into `AttuneError` before the package can print them.
 */
export function createDaemonClient(options: DaemonClientOptions): Daemon {
  const { kind } = options
  const url = options.url.replace(/\/+$/, '')
  const fetch = options.fetch ?? createDaemonFetch()
  const clock = options.clock ?? systemClock
  const patience = { ...defaultPatience, ...options.patience }

  interface About {
    route: string
    model?: string
    idleSeconds?: number
    signal: AbortSignal | undefined
  }

  function contextOf({ route, model }: About): FailureContext {
    return { kind, url, route, model: model ?? null }
  }

  function run<T>(about: About, work: (call: Call) => Promise<T>): Promise<T> {
    const idleSeconds = about.idleSeconds ?? patience.answerSeconds
    return call({ ...contextOf(about), fetch, idleSeconds, signal: about.signal }, work)
  }

  /** A plain request and its checked answer. */
  function ask<T>(about: About, schema: ZodType<T>, request: (api: Ollama) => Promise<unknown>): Promise<T> {
    return run(about, async (call) => call.parse(schema, await request(new Ollama({ host: url, fetch: call.fetch }))))
  }

  async function listTags(signal: AbortSignal | undefined): Promise<TagsEntry[]> {
    const { models } = await ask({ route: '/api/tags', signal }, tagsSchema, (api) => api.list())
    return models
  }

  async function listLoaded(signal?: AbortSignal): Promise<LoadedModel[]> {
    const { models } = await ask({ route: '/api/ps', signal }, psSchema, (api) => api.ps())
    return models.map((entry) => ({
      name: entry.name,
      digest: entry.digest,
      sizeMiB: entry.size / bytesPerMiB,
      vramMiB: entry.size_vram / bytesPerMiB,
      contextLength: entry.context_length || null,
      expiresAt: parseDate(entry.expires_at),
    }))
  }

  function show(model: string, verbose: boolean, signal: AbortSignal | undefined) {
    return ask({ route: '/api/show', model, signal }, showSchema, (api) =>
      // The package's types leave `verbose` out, though it sends it.
      api.show({ model, ...(verbose ? { verbose } : {}) }),
    )
  }

  async function untilUnloaded(name: string, signal: AbortSignal | undefined): Promise<void> {
    const about: About = { route: '/api/ps', model: name, signal }
    const deadline = clock.now() + patience.unloadSeconds
    let pauseSeconds = 0.02
    while ((await listLoaded(signal)).some((loaded) => isSameName(loaded.name, name))) {
      if (clock.now() >= deadline) throw stillLoaded(contextOf(about), name, patience.unloadSeconds)
      await run(about, () => clock.sleep(pauseSeconds, signal))
      pauseSeconds = Math.min(0.5, pauseSeconds * 1.5)
    }
  }

  return {
    kind,
    url,

    async version(signal) {
      const { version } = await ask({ route: '/api/version', signal }, versionSchema, (api) => api.version())
      return { version, features: featuresOf(version) }
    },

    async listModels(signal) {
      return (await listTags(signal)).filter(canChat).map(listedModel)
    },

    async showModel(name, signal): Promise<ShownModel> {
      const brief = await show(name, false, signal)
      // Values that differ from layer to layer are null in the brief answer; the full one carries the vocabulary.
      const shown = hasHiddenArrays(brief.model_info) ? await show(name, true, signal) : brief
      return {
        facts: factsFromMetadata({
          modelInfo: shown.model_info,
          tensors: shown.tensors ?? [],
          details: shown.details,
          ...(shown.projector_info ? { projectorInfo: shown.projector_info } : {}),
        }),
        parameters: parseParametersText(shown.parameters),
        capabilities: shown.capabilities,
      }
    },

    listLoaded,

    async load(model, options, keepAliveSeconds, signal) {
      const about: About = { route: '/api/generate', model, idleSeconds: patience.loadSeconds, signal }
      const startSeconds = clock.now()
      await ask(about, emptyGenerationSchema, (api) =>
        api.generate({ model, prompt: '', stream: false, options: { ...options }, keep_alive: keepAliveSeconds }),
      )
      return { wallSeconds: clock.now() - startSeconds }
    },

    async unload(model, signal) {
      await ask({ route: '/api/generate', model, signal }, emptyGenerationSchema, (api) =>
        api.generate({ model, prompt: '', stream: false, keep_alive: 0 }),
      )
      await untilUnloaded(model, signal)
    },

    generate(request, onToken, signal) {
      const about: About = { route: '/api/generate', model: request.model, signal }
      return run(about, (call) => streamGeneration(call, request, onToken, clock, patience))
    },

    async createModel({ name, from, parameters }, signal) {
      const about: About = { route: '/api/create', model: name, idleSeconds: patience.createSeconds, signal }
      const names = (await listTags(signal)).map((entry) => entry.name)
      const problem = nameProblem(name, names)
      if (problem) throw new AttuneError(problem)
      // Ollama would try to download a base that it lacks.
      if (!names.some((other) => isSameName(other, from))) {
        throw failure({ ...contextOf(about), model: from }, 'modelNotFound', '')
      }
      await run(about, async (call) => {
        for await (const { status } of call.lines('/api/create', { model: name, from, parameters }, createLineSchema)) {
          if (status === 'success') return
        }
        throw daemonSaid(contextOf(about), 200, 'the model was not created')
      })
    },

    async deleteModel(model, signal) {
      await run({ route: '/api/delete', model, signal }, async (call) => {
        const headers = { 'content-type': 'application/json' }
        await call.fetch(`${url}/api/delete`, { method: 'DELETE', headers, body: JSON.stringify({ model }) })
      })
    },
  }
}

/** Models that run elsewhere or only embed are of no use here. Older versions do not tell: BERTs never generate. */
function canChat({ remote_host, capabilities, details }: TagsEntry): boolean {
  if (remote_host !== '') return false
  return capabilities ? capabilities.includes('completion') : !details.family.includes('bert')
}

function listedModel({ name, digest, size, details }: TagsEntry): ListedModel {
  return {
    name,
    digest,
    sizeBytes: size,
    parameterSize: details.parameter_size,
    quantization: details.quantization_level,
    family: details.family,
    contextLength: details.context_length || null,
  }
}

function hasHiddenArrays(modelInfo: Record<string, unknown>): boolean {
  const prefix = `${String(modelInfo['general.architecture'])}.`
  return Object.entries(modelInfo).some(([key, value]) => value === null && key.startsWith(prefix))
}

function parseDate(text: string | undefined): Date | null {
  const date = new Date(text ?? '')
  return Number.isNaN(date.getTime()) ? null : date
}

/** A busy runner unloads after its run; one that died may stay in the list until the daemon notices. */
function stillLoaded(context: FailureContext, name: string, seconds: number): AttuneError {
  return new AttuneError({
    code: 'timeout',
    message: `${name} is still in memory ${seconds} s after it should have been unloaded.`,
    hint: `Close other programs that use it, or restart ${context.kind === 'ollama' ? 'Ollama' : 'Attune'}.`,
  })
}
