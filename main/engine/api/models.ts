import { resolve } from 'node:path'
import { ApiError } from '../errors.ts'
import { readGgufFile } from '../library/gguf-file.ts'
import { fileDigest, tagDigest, type Library, type Tag } from '../library/tags.ts'
import { nameForFile, requireName } from '../library/names.ts'
import type { Scheduler } from '../runner/scheduler.ts'
import { details, listed, loaded, shown } from './describe.ts'
import type { Exchange } from './exchange.ts'
import { copySchema, createSchema, deleteSchema, openSchema, showSchema } from './requests.ts'
import type { Routes } from './server.ts'

export interface ModelsParts {
  library: Library
  scheduler: Scheduler
  now: () => Date
}

/** The routes about tags: list, show, create, copy, delete, loaded models, and Attune's own for opening a file. */
export function modelRoutes(parts: ModelsParts): Routes {
  return {
    '/api/tags': {
      GET: async (exchange) => exchange.json(200, { models: (await parts.library.list()).map(listed) }),
    },
    '/api/ps': { GET: (exchange) => exchange.json(200, { models: parts.scheduler.list().map(loaded) }) },
    '/api/show': { POST: (exchange) => show(parts, exchange) },
    '/api/create': { POST: (exchange) => create(parts, exchange) },
    '/api/copy': { POST: (exchange) => copy(parts, exchange) },
    '/api/delete': { DELETE: (exchange) => remove(parts, exchange) },
    '/api/attune/open': { POST: (exchange) => open(parts, exchange) },
  }
}

async function show({ library }: ModelsParts, exchange: Exchange): Promise<void> {
  const body = await exchange.body(showSchema)
  const name = requireName(body.model)
  const tag = await library.find(name)
  if (tag === undefined) throw new ApiError(404, `model '${name}' not found`)
  exchange.json(200, shown(tag, await readGgufFile(tag.path), body.verbose ?? false))
}

async function create({ library, now }: ModelsParts, exchange: Exchange): Promise<void> {
  const body = await exchange.body(createSchema)
  const name = requireName(body.model)
  if (body.files) throw new ApiError(400, 'the built-in engine creates models from other models only')
  if (body.template) throw new ApiError(400, 'the built-in engine takes templates from the GGUF file only')
  if (!body.from) throw new ApiError(400, "neither 'from' or 'files' was specified")
  const report = (value: unknown) => (body.stream === false ? undefined : exchange.line(value))
  const base = await library.find(requireName(body.from))
  if (base === undefined) {
    report({ status: 'pulling manifest' })
    throw new ApiError(500, 'pull model manifest: file does not exist')
  }
  const tag: Tag = {
    ...base,
    name: (await library.find(name))?.name ?? name,
    parameters: { ...base.parameters, ...body.parameters },
    system: body.system ?? base.system,
    parent: base.name,
    modifiedAt: now().toISOString(),
  }
  report({ status: `using existing layer sha256:${fileDigest(tag)}` })
  report({ status: `creating new layer sha256:${tagDigest(tag)}` })
  await library.save(tag)
  report({ status: 'writing manifest' })
  if (body.stream === false) return exchange.json(200, { status: 'success' })
  report({ status: 'success' })
  exchange.end()
}

async function copy({ library, now }: ModelsParts, exchange: Exchange): Promise<void> {
  const body = await exchange.body(copySchema)
  const source = requireName(body.source, (name) => `source ${JSON.stringify(name)} is invalid`)
  const destination = requireName(body.destination, (name) => `destination ${JSON.stringify(name)} is invalid`)
  const tag = await library.find(source)
  if (tag === undefined) throw new ApiError(404, `model ${JSON.stringify(body.source)} not found`)
  if (destination !== tag.name) await library.save({ ...tag, name: destination, modifiedAt: now().toISOString() })
  exchange.empty(200)
}

async function remove({ library }: ModelsParts, exchange: Exchange): Promise<void> {
  const body = await exchange.body(deleteSchema)
  const tag = await library.find(requireName(body.model, (name) => `name ${JSON.stringify(name)} is invalid`))
  if (tag === undefined) throw new ApiError(404, `model '${body.model}' not found`)
  await library.remove(tag)
  exchange.empty(200)
}

/**
 * `POST /api/attune/open {path}`: makes a tag for a GGUF file on this computer, named after it, and answers
 * `{name, details}`. The file stays where it is. Opening a file again gives its tag again; a different file of the
 * same name gets a number.
 */
async function open({ library, now }: ModelsParts, exchange: Exchange): Promise<void> {
  const body = await exchange.body(openSchema)
  const path = resolve(body.path)
  const { summary } = await readGgufFile(path)
  const name = await freeName(library, path)
  const tag: Tag = (await library.find(name)) ?? {
    schemaVersion: 1,
    name,
    path,
    parameters: {},
    system: '',
    parent: '',
    modifiedAt: now().toISOString(),
    gguf: summary,
  }
  await library.save({ ...tag, gguf: summary })
  exchange.json(200, { name: tag.name, details: details(tag) })
}

async function freeName(library: Library, path: string): Promise<string> {
  const wanted = nameForFile(path)
  const [model = '', label = ''] = wanted.split(':')
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${model}-${number}:${label}`
    const tag = await library.find(name)
    if (tag === undefined || tag.path === path) return name
  }
}
