import { describe, expect, it, onTestFinished } from 'vitest'
import { createDaemonClient } from '../../../main/ollama/client.ts'
import type { Daemon, GenerateRequest, Token } from '../../../main/ollama/daemon.ts'
import { startScriptedDaemon, type ScriptedDaemon, type ScriptedDaemonOptions } from '../../daemon/scripted-daemon.ts'

async function setUp(options?: ScriptedDaemonOptions): Promise<{ daemon: ScriptedDaemon; client: Daemon }> {
  const daemon = await startScriptedDaemon(options)
  onTestFinished(() => daemon.close())
  return { daemon, client: clientOf(daemon) }
}

function clientOf(daemon: ScriptedDaemon): Daemon {
  return createDaemonClient({ kind: 'ollama', url: daemon.url, fetch: daemon.fetch, clock: daemon.clock })
}

const request: GenerateRequest = {
  model: 'base',
  prompt: 'one two three four five six seven eight nine ten',
  options: { num_ctx: 2048, num_predict: 5, temperature: 0, seed: 1 },
  keepAliveSeconds: 600,
}

const ignore = () => {}

describe('a generation', () => {
  it('reports the daemon’s durations and its own times of the same answer', async () => {
    const { client } = await setUp()
    await client.load('base', { num_ctx: 2048 }, 600)
    const tokens: Token[] = []
    const generation = await client.generate(request, (token) => tokens.push(token))
    // Ten words at 100 tokens/s, then four more tokens at 20 tokens/s; a millisecond for a load that is none.
    expect(generation).toMatchObject({ doneReason: 'length', promptTokens: 10, outputTokens: 5, chunks: 5 })
    expect(generation.promptEvalSeconds).toBeCloseTo(0.1, 9)
    expect(generation.evalSeconds).toBeCloseTo(0.2, 9)
    expect(generation.ttftSeconds).toBeCloseTo(0.101, 6)
    expect(generation.wallSeconds).toBeCloseTo(generation.totalSeconds, 6)
    expect(tokens.map(({ text }) => text).join('')).toBe(' w0 w1 w2 w3 w4')
    expect(tokens[4]?.atSeconds).toBeCloseTo(0.301, 6)
  })

  it('sends the prompt raw, with exactly the options given', async () => {
    const { client, daemon } = await setUp()
    await client.generate(request, ignore)
    expect(daemon.requests.at(-1)?.body).toEqual({
      model: 'base',
      prompt: request.prompt,
      raw: true,
      stream: true,
      options: request.options,
      keep_alive: 600,
    })
  })

  it('ends at the daemon, too, as soon as the signal is aborted', async () => {
    const { client, daemon } = await setUp()
    const controller = new AbortController()
    let heard = 0
    const generation = client.generate(
      { ...request, options: { num_predict: 1000 } },
      () => {
        heard += 1
        if (heard === 3) controller.abort()
      },
      controller.signal,
    )
    await expect(generation).rejects.toMatchObject({ code: 'cancelled' })
    await expect.poll(() => daemon.requests[0]?.ended).toBe('aborted')
    expect(daemon.requests[0]?.tokensSent).toBeLessThanOrEqual(4)
  })

  it('counts thinking as text, and an answer without text has no time to first token', async () => {
    const { client, daemon } = await setUp()
    const line = (fields: object) => `${JSON.stringify(fields)}\n`
    const final = { done: true, done_reason: 'stop', total_duration: 5, eval_count: 2 }
    daemon.inject('generate', {
      kind: 'answer',
      body: line({ response: '', thinking: 'hm', done: false }) + line({ response: '', ...final }),
    })
    daemon.inject('generate', { kind: 'answer', body: line({ response: '', ...final }) })
    expect(await client.generate(request, ignore)).toMatchObject({
      chunks: 1,
      ttftSeconds: expect.any(Number) as number,
    })
    expect(await client.generate(request, ignore)).toMatchObject({ chunks: 0, ttftSeconds: null })
  })

  it('works over a clock and a fetch of its own', async () => {
    const { daemon } = await setUp()
    const client = createDaemonClient({ kind: 'ollama', url: daemon.url })
    const generation = await client.generate(request, ignore)
    expect(generation.ttftSeconds).toBeGreaterThan(0)
    expect(generation.wallSeconds).toBeGreaterThanOrEqual(generation.ttftSeconds ?? Infinity)
    expect(generation.totalSeconds).toBeGreaterThan(2)
  })
})

describe('loading and unloading', () => {
  it('times a load on the client’s clock, as the answer carries no durations', async () => {
    const { client, daemon } = await setUp()
    expect((await client.load('base', { num_thread: 2 }, 600)).wallSeconds).toBeCloseTo(2.001, 6)
    expect(daemon.loads).toEqual([{ model: 'base:latest', options: { num_thread: 2 } }])
  })

  it('lists what is loaded in MiB, with its context and expiry', async () => {
    const { client, daemon } = await setUp()
    await client.load('base', { num_ctx: 8192 }, 600)
    const [loaded] = await client.listLoaded()
    expect(loaded).toMatchObject({ name: 'base:latest', vramMiB: 0, contextLength: 8192 })
    expect(loaded?.sizeMiB).toBeGreaterThan(2000)
    await daemon.clock.sleep(599)
    expect(await client.listLoaded()).toHaveLength(1)
    await daemon.clock.sleep(2)
    expect(await client.listLoaded()).toEqual([])
  })

  it('waits until the daemon has forgotten the model', async () => {
    const { client, daemon } = await setUp()
    await client.load('base', {}, 600)
    const { models } = (await (await fetch(`${daemon.url}/api/ps`)).json()) as { models: unknown[] }
    daemon.inject('ps', { kind: 'change', change: () => ({ models }) }, { times: 3 })
    await client.unload('BASE:latest')
    expect(daemon.requests.filter(({ operation }) => operation === 'ps')).toHaveLength(5)
    expect(daemon.loadedNames()).toEqual([])
  })

  it('gives up on a model that never goes, a dead runner for instance', async () => {
    const { client, daemon } = await setUp()
    await client.load('base', {}, 600)
    const { models } = (await (await fetch(`${daemon.url}/api/ps`)).json()) as { models: unknown[] }
    daemon.inject('ps', { kind: 'change', change: () => ({ models }) }, { times: Infinity })
    const startSeconds = daemon.clock.now()
    await expect(client.unload('base')).rejects.toMatchObject({ code: 'timeout' })
    expect(daemon.clock.now() - startSeconds).toBeGreaterThan(60)
  })

  it('is content when the model is not loaded at all', async () => {
    const { client } = await setUp()
    await expect(client.unload('base')).resolves.toBeUndefined()
  })

  it('can be cancelled while it waits', async () => {
    const { client, daemon } = await setUp()
    await client.load('base', {}, 600)
    const { models } = (await (await fetch(`${daemon.url}/api/ps`)).json()) as { models: unknown[] }
    const controller = new AbortController()
    const change = () => {
      controller.abort()
      return { models }
    }
    daemon.inject('ps', { kind: 'change', change })
    await expect(client.unload('base', controller.signal)).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('the model list', () => {
  const models = [
    { name: 'llama3.2:3b' },
    { name: 'nomic-embed-text', family: 'nomic-bert', capabilities: ['embedding'] },
    { name: 'gpt-oss:120b-cloud', remoteHost: 'https://ollama.com:443' },
  ]

  it('leaves out models that run elsewhere or only embed', async () => {
    const { client } = await setUp({ models })
    expect(await client.listModels()).toMatchObject([{ name: 'llama3.2:3b', family: 'llama', contextLength: 131_072 }])
  })

  it('does so with versions that list no capabilities', async () => {
    const { client } = await setUp({ models, version: '0.20.7' })
    expect(await client.listModels()).toMatchObject([{ name: 'llama3.2:3b', contextLength: null }])
  })
})

describe('what is known of a model', () => {
  it('is its facts, its own parameters and what it can do', async () => {
    const parameters = { num_ctx: 1_048_576, temperature: 0.2, use_mmap: false, stop: ['a "b"', 'c\n'] }
    const { client } = await setUp({ models: [{ name: 'base', parameters, shape: { blockCount: 12 } }] })
    const shown = await client.showModel('base')
    expect(shown.parameters).toEqual(parameters)
    expect(shown.capabilities).toEqual(['completion'])
    expect(shown.facts).toMatchObject({ architecture: 'llama', blockCount: 12, headCount: 24 })
    expect(shown.facts.layerBytes).toHaveLength(12)
  })

  it('is asked for in full only when values differ from layer to layer', async () => {
    const { client, daemon } = await setUp()
    await client.showModel('base')
    expect(daemon.requests.map(({ body }) => body)).toEqual([{ model: 'base' }])
    daemon.inject('show', {
      kind: 'change',
      change: (answer) => ({
        ...answer,
        model_info: { ...(answer['model_info'] as object), 'llama.attention.head_count_kv': null },
      }),
    })
    const { facts } = await client.showModel('base')
    expect(daemon.requests.slice(1).map(({ body }) => body)).toEqual([
      { model: 'base' },
      { model: 'base', verbose: true },
    ])
    expect(facts.headCountKv).toEqual(Array.from({ length: 28 }, () => 8))
  })
})

describe('registering a tag', () => {
  const tuned = { name: 'base-attuned', from: 'base', parameters: { num_thread: 4 } }

  it('creates it from its base with the parameters', async () => {
    const { client, daemon } = await setUp()
    await client.createModel(tuned)
    expect(daemon.tagNames()).toEqual(['base:latest', 'base-attuned:latest'])
    expect((await client.showModel('base-attuned')).parameters).toEqual({ num_thread: 4 })
  })

  it.each(['base', 'BASE:latest', 'registry.ollama.ai/library/base', 'embedder', 'cloudy'])(
    'never overwrites %s, which the daemon would do without asking',
    async (name) => {
      const { client, daemon } = await setUp({
        models: [
          { name: 'base' },
          { name: 'embedder', capabilities: ['embedding'] },
          { name: 'cloudy', remoteHost: 'https://ollama.com' },
        ],
      })
      await expect(client.createModel({ ...tuned, name })).rejects.toMatchObject({ code: 'nameTaken' })
      expect(daemon.requests.map(({ operation }) => operation)).toEqual(['tags'])
    },
  )

  it('does not ask the daemon for a base that it would have to download', async () => {
    const { client, daemon } = await setUp()
    await expect(client.createModel({ ...tuned, from: 'nowhere' })).rejects.toMatchObject({ code: 'modelNotFound' })
    expect(daemon.requests.map(({ operation }) => operation)).toEqual(['tags'])
  })

  it('refuses a name that Ollama would not take', async () => {
    const { client, daemon } = await setUp()
    await expect(client.createModel({ ...tuned, name: 'My Model' })).rejects.toMatchObject({ code: 'nameInvalid' })
    expect(daemon.requests.map(({ operation }) => operation)).toEqual(['tags'])
  })

  it('notices errors inside the stream and a stream without success', async () => {
    const { client, daemon } = await setUp()
    daemon.inject('create', { kind: 'crash', afterTokens: 0, error: 'invalid digest' })
    daemon.inject('create', { kind: 'noDone', afterTokens: 0 })
    await expect(client.createModel(tuned)).rejects.toMatchObject({
      code: 'daemonError',
      message: expect.stringContaining('invalid digest') as string,
    })
    await expect(client.createModel(tuned)).rejects.toMatchObject({ code: 'daemonError' })
    expect(daemon.tagNames()).toEqual(['base:latest'])
  })

  it('removes exactly the tag that is named', async () => {
    const { client, daemon } = await setUp()
    await client.createModel(tuned)
    await client.deleteModel('base-attuned')
    expect(daemon.tagNames()).toEqual(['base:latest'])
    await expect(client.deleteModel('base-attuned')).rejects.toMatchObject({ code: 'modelNotFound' })
  })
})
