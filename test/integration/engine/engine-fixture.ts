import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { createEngine, type Engine } from '../../../main/engine/launcher.ts'
import { createEngineLibrary, type EngineLibrary } from '../../../main/engine/library-client.ts'

export interface EngineFixture {
  dataFolder: string
  engine: Engine
  library: EngineLibrary
  /** Calls the API and gives status and body, parsed where it is JSON or NDJSON. */
  call: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: Json }>
  /** A generation without streaming; `options` over a small context, one thread, greedy, four tokens. */
  generate: (options?: Record<string, unknown>, fields?: Record<string, unknown>) => Promise<Json>
}

export type Json = Record<string, unknown> & { lines?: Json[] }

/** A running engine with the practice model in a folder of its own, for the tests of one file. */
export function setUpEngine(settings: { maximumWaiting?: number } = {}): EngineFixture {
  const fixture = {} as EngineFixture
  beforeAll(async () => {
    fixture.dataFolder = await mkdtemp(join(tmpdir(), 'attune-engine-'))
    fixture.engine = createEngine({ dataFolder: fixture.dataFolder, ...settings })
    fixture.library = createEngineLibrary({ dataFolder: fixture.dataFolder, engine: fixture.engine })
    await fixture.library.writePractice(() => undefined)
  })
  afterAll(async () => {
    await fixture.engine.stop()
    await rm(fixture.dataFolder, { recursive: true, force: true })
  })
  fixture.call = async (method, path, body) => {
    const url = await fixture.engine.start()
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: response.status, body: parse(await response.text()) }
  }
  fixture.generate = async (options = {}, fields = {}) => {
    const { body } = await fixture.call('POST', '/api/generate', {
      model: 'practice',
      raw: true,
      stream: false,
      prompt: 'hello',
      options: { num_ctx: 512, num_thread: 1, temperature: 0, num_predict: 4, ...options },
      ...fields,
    })
    return body
  }
  return fixture
}

function parse(text: string): Json {
  const lines = text.split('\n').filter((line) => line !== '')
  if (lines.length > 1 && lines[0]?.startsWith('{')) return { lines: lines.map((line) => JSON.parse(line) as Json) }
  try {
    return JSON.parse(text) as Json
  } catch {
    return { text }
  }
}
