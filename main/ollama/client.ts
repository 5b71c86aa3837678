import type { DaemonKind } from '../../preload/contract/daemon.ts'
import { AttuneError } from '../../preload/contract/errors.ts'
import { isSameName } from '../models/names.ts'
import { systemClock, type Clock } from './clock.ts'
import type { Daemon, LoadedModel, RunnerOptions } from './daemon.ts'
import { featuresOf } from './features.ts'
import { streamGeneration } from './generation.ts'
import type { Fetch } from './http/call.ts'
import { createDaemonFetch } from './http/daemon-fetch.ts'
import { daemonSaid, failure } from './http/failures.ts'
import { createLink, type About, type Link, type Patience } from './http/link.ts'
import { canComplete, listedModel, loadedModel, shownModel } from './models.ts'
import {
  createLineSchema,
  emptyGenerationSchema,
  psSchema,
  showSchema,
  tagsSchema,
  versionSchema,
} from './http/schemas.ts'
import type { TagsEntry } from './http/schemas.ts'
import { nameProblem } from './tags.ts'

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
  /** "http://127.0.0.1:11434". No other address is ever talked to. */
  url: string
  fetch?: Fetch
  clock?: Clock
  patience?: Partial<Patience>
}

/**
 * A client for Ollama, or for the built-in engine with the same API.
 *
 * Plain requests go through the official package. Streams and deletion do not: the package prints lines that it
 * cannot read and drops them, cannot be aborted before the first byte, and deletes by a field that Ollama calls
 * deprecated. It gets a fetch of its own for each request, which carries that request's abort signal and turns error
 * answers into `AttuneError` before the package can print them.
 */
export function createDaemonClient(options: DaemonClientOptions): Daemon {
  const { kind, fetch = createDaemonFetch(), clock = systemClock } = options
  const url = options.url.replace(/\/+$/, '')
  const link = createLink({ kind, url, clock, fetch, patience: { ...defaultPatience, ...options.patience } })
  return {
    kind,
    url,
    async version(signal) {
      const { version } = await link.ask({ route: '/api/version', signal }, versionSchema, (api) => api.version())
      return { version, features: featuresOf(version, kind) }
    },
    listModels: async (signal) => (await listTags(link, signal)).filter(canComplete).map(listedModel),
    showModel: (name, signal) => showModel(link, name, signal),
    listLoaded: (signal) => listLoaded(link, signal),
    load: (name, options, keepAliveSeconds, signal) => load(link, name, options, keepAliveSeconds, signal),
    unload: (name, signal) => unload(link, name, signal),
    generate(request, onToken, signal) {
      const about: About = { route: '/api/generate', model: request.model, signal }
      return link.run(about, (call) => streamGeneration(call, request, onToken, clock, link.patience))
    },
    createModel: (request, signal) => createModel(link, request, signal),
    deleteModel: (model, signal) =>
      link.run({ route: '/api/delete', model, signal }, async (call) => {
        const headers = { 'content-type': 'application/json' }
        await call.fetch(`${url}/api/delete`, { method: 'DELETE', headers, body: JSON.stringify({ model }) })
      }),
  }
}

async function listTags(link: Link, signal: AbortSignal | undefined): Promise<TagsEntry[]> {
  const { models } = await link.ask({ route: '/api/tags', signal }, tagsSchema, (api) => api.list())
  return models
}

async function listLoaded(link: Link, signal: AbortSignal | undefined): Promise<LoadedModel[]> {
  const { models } = await link.ask({ route: '/api/ps', signal }, psSchema, (api) => api.ps())
  return models.map(loadedModel)
}

/** Values that differ from layer to layer are null in the brief answer; the full one carries the vocabulary. */
async function showModel(link: Link, model: string, signal: AbortSignal | undefined) {
  const about: About = { route: '/api/show', model, signal }
  const brief = await link.ask(about, showSchema, (api) => api.show({ model }))
  const prefix = `${String(brief.model_info['general.architecture'])}.`
  const hidesArrays = Object.entries(brief.model_info).some(([key, value]) => value === null && key.startsWith(prefix))
  if (!hidesArrays) return shownModel(brief)
  // The package's types leave `verbose` out, though it is sent.
  const request = { model, verbose: true }
  return shownModel(await link.ask(about, showSchema, (api) => api.show(request)))
}

async function load(
  link: Link,
  model: string,
  options: RunnerOptions,
  keepAliveSeconds: number,
  signal: AbortSignal | undefined,
) {
  const { clock, patience } = link
  const startSeconds = clock.now()
  const about: About = { route: '/api/generate', model, idleSeconds: patience.loadSeconds, signal }
  await link.ask(about, emptyGenerationSchema, (api) =>
    api.generate({ model, prompt: '', stream: false, options: { ...options }, keep_alive: keepAliveSeconds }),
  )
  return { wallSeconds: clock.now() - startSeconds }
}

/** Ollama answers at once and unloads afterwards: after the current run, if there is one. */
async function unload(link: Link, model: string, signal: AbortSignal | undefined): Promise<void> {
  const { clock, patience } = link
  const about: About = { route: '/api/generate', model, signal }
  await link.ask(about, emptyGenerationSchema, (api) =>
    api.generate({ model, prompt: '', stream: false, keep_alive: 0 }),
  )
  const deadline = clock.now() + patience.unloadSeconds
  let pauseSeconds = 0.02
  while ((await listLoaded(link, signal)).some((loaded) => isSameName(loaded.name, model))) {
    if (clock.now() >= deadline) throw stillLoaded(link, model)
    await link.run(about, () => clock.sleep(pauseSeconds, signal))
    pauseSeconds = Math.min(0.5, pauseSeconds * 1.5)
  }
}

/** A busy runner unloads after its run; one that died may stay in the list until the daemon notices. */
function stillLoaded({ kind, patience }: Link, name: string): AttuneError {
  return new AttuneError({
    code: 'timeout',
    message: `${name} is still in memory ${patience.unloadSeconds} s after it should have been unloaded.`,
    hint: `Close other programs that use it, or restart ${kind === 'ollama' ? 'Ollama' : 'Attune'}.`,
  })
}

async function createModel(
  link: Link,
  request: Parameters<Daemon['createModel']>[0],
  signal: AbortSignal | undefined,
): Promise<void> {
  const { name, from, parameters } = request
  const about: About = { route: '/api/create', model: name, idleSeconds: link.patience.createSeconds, signal }
  const names = (await listTags(link, signal)).map((entry) => entry.name)
  const problem = nameProblem(name, names)
  if (problem) throw new AttuneError(problem)
  // Ollama would try to download a base that it lacks.
  if (!names.some((other) => isSameName(other, from))) {
    throw failure({ ...link.context(about), model: from }, 'modelNotFound', '')
  }
  await link.run(about, async (call) => {
    const body = { model: name, from, parameters, stream: true }
    for await (const { status } of call.lines('/api/create', body, createLineSchema)) {
      if (status === 'success') return
    }
    throw daemonSaid(link.context(about), 200, 'the model was not created')
  })
}
