import { describe, expect, it, onTestFinished } from 'vitest'
import { createDaemonClient } from '../../../main/ollama/client.ts'
import type { Daemon, RunnerOptions } from '../../../main/ollama/daemon.ts'
import { startScriptedDaemon, type ScriptedDaemon, type ScriptedDaemonOptions } from '../../daemon/scripted-daemon.ts'
import { graphicsMachine, processorMachine } from '../../daemon/scripted-runner.ts'
import { lastAnswer, readRecordings } from './replay-server.ts'

// The scripted daemon stands in for Ollama in many tests, so it is held to what was seen on running daemons.

async function setUp(options?: ScriptedDaemonOptions): Promise<{ daemon: ScriptedDaemon; client: Daemon }> {
  const daemon = await startScriptedDaemon(options)
  onTestFinished(() => daemon.close())
  const client = createDaemonClient({ kind: 'ollama', url: daemon.url, fetch: daemon.fetch, clock: daemon.clock })
  return { daemon, client }
}

function ask(client: Daemon, options: object = {}, prompt = 'a b c d') {
  const request = { model: 'base', prompt, options: { num_predict: 4, ...options }, keepAliveSeconds: 600 }
  return client.generate(request, () => {})
}

describe('a runner is started anew', () => {
  const changes: [RunnerOptions & { main_gpu?: number }, RunnerOptions & { main_gpu?: number }, boolean, boolean][] = [
    // before, after, reload on 0.32.15, reload on 0.20.7
    [{}, {}, false, false],
    [{ num_ctx: 2048 }, { num_ctx: 4096 }, true, true],
    [{}, { num_ctx: 4096 }, false, false],
    [{ num_thread: 2 }, {}, true, true],
    [{ num_batch: 256 }, {}, true, true],
    [{ num_batch: 512 }, {}, false, false],
    [{ num_gpu: 5 }, {}, false, false],
    [{ num_gpu: 5 }, { num_gpu: -1 }, false, false],
    [{}, { num_gpu: 0 }, true, true],
    [{ use_mmap: true }, {}, true, true],
    [{ use_mmap: false }, {}, false, true],
    [{ main_gpu: 1 }, {}, true, false],
  ]
  it.each(changes)('from %j to %j: %s, or %s before 0.30', async (before, after, modern, old) => {
    for (const [version, expected] of [
      ['0.32.15', modern],
      ['0.20.7', old],
    ] as const) {
      const { client, daemon } = await setUp({ version })
      await client.load('base', before, 600)
      await client.load('base', after, 600)
      expect(daemon.loads.length === 2).toBe(expected)
    }
  })

  it('not for sampling options', async () => {
    const { client, daemon } = await setUp()
    await ask(client, { temperature: 0, seed: 1 })
    await ask(client, { temperature: 1, seed: 2, num_predict: 6 })
    expect(daemon.loads).toHaveLength(1)
  })

  it('not for a tag of the same file with the same options, which ps goes on listing under the first name', async () => {
    const { client, daemon } = await setUp()
    await client.createModel({ name: 'same', from: 'base', parameters: { num_gpu: -1 } })
    await client.createModel({ name: 'other', from: 'base', parameters: { num_thread: 2 } })
    await client.load('base', {}, 600)
    await client.load('same', {}, 600)
    expect(daemon.loadedNames()).toEqual(['base:latest'])
    await client.load('other', {}, 600)
    expect(daemon.loadedNames()).toEqual(['other:latest'])
  })

  it('after it has died, though ps goes on listing it', async () => {
    const { client, daemon } = await setUp()
    daemon.inject('generate', { kind: 'crash', afterTokens: 2 })
    await expect(ask(client)).rejects.toMatchObject({ code: 'engineCrashed' })
    expect(daemon.loadedNames()).toEqual(['base:latest'])
    await ask(client)
    expect(daemon.loads).toHaveLength(2)
  })
})

describe('figures', () => {
  it('hide a repeated prompt’s prefill, unless its first words differ', async () => {
    const { client } = await setUp()
    const words = Array.from({ length: 100 }, (_, n) => `w${n}`).join(' ')
    const first = await ask(client, {}, `x ${words}`)
    const repeated = await ask(client, {}, `x ${words}`)
    const fresh = await ask(client, {}, `y ${words}`)
    expect(repeated.promptTokens).toBe(101)
    expect(repeated.promptEvalSeconds).toBeLessThan(first.promptEvalSeconds / 50)
    expect(fresh.promptEvalSeconds).toBeCloseTo(first.promptEvalSeconds, 9)
  })

  it('show an over-long prompt cut to half the context', async () => {
    const { client } = await setUp()
    const { promptTokens } = await ask(client, { num_ctx: 64 }, 'word '.repeat(200))
    expect(promptTokens).toBe(32)
  })

  it('show waiting behind another client only in what is left of the total', async () => {
    const { client, daemon } = await setUp()
    await client.load('base', {}, 600)
    daemon.busyFor(3)
    const { totalSeconds, loadSeconds, promptEvalSeconds, evalSeconds } = await ask(client)
    expect(loadSeconds).toBeLessThan(0.01)
    expect(totalSeconds - loadSeconds - promptEvalSeconds - evalSeconds).toBeGreaterThan(2.9)
  })

  it('vary by the noise asked for, alike for the same seed', async () => {
    const measure = async () => {
      const { client } = await setUp({ noise: { betweenLoads: 0.05, withinLoad: 0.02 } })
      const seconds: number[] = []
      for (const num_thread of [1, 1, 2, 2])
        seconds.push((await ask(client, { num_thread }, `${num_thread} b`)).evalSeconds)
      return seconds
    }
    const seconds = await measure()
    expect(new Set(seconds).size).toBe(4)
    expect(await measure()).toEqual(seconds)
  })

  it('follow from the machine', async () => {
    const { client } = await setUp({ machine: processorMachine(8, 30) })
    const rate = async (num_thread: number) => 3 / (await ask(client, { num_thread })).evalSeconds
    expect(await rate(8)).toBeCloseTo(30, 6)
    expect(await rate(2)).toBeLessThan(15)
    expect(await rate(32)).toBeLessThan(15)
  })
})

describe('memory', () => {
  it('is refused beyond the machine’s limit, and the next load works', async () => {
    const { client } = await setUp({ machine: graphicsMachine(2000) })
    await expect(client.load('base', { num_gpu: 29 }, 600)).rejects.toMatchObject({ code: 'outOfMemory' })
    await client.load('base', { num_gpu: 10 }, 600)
    const [loaded] = await client.listLoaded()
    expect(loaded?.vramMiB).toBeGreaterThan(500)
    expect(loaded?.vramMiB).toBeLessThan(2000)
  })

  it('is made free by evicting other models', async () => {
    const machine = { ...processorMachine(), limits: { ramMiB: 4000, vramMiB: 0 } }
    const { client, daemon } = await setUp({ machine, models: [{ name: 'base' }, { name: 'other' }] })
    await client.load('base', {}, 600)
    daemon.loadByAnotherProgram('other')
    expect(daemon.loadedNames()).toEqual(['other:latest'])
  })
})

describe('options', () => {
  it('count as not sent when null, and as the tag’s when not sent', async () => {
    const { daemon } = await setUp({ models: [{ name: 'base', parameters: { num_thread: 16 } }] })
    const body = { model: 'base', options: { num_ctx: null } }
    await fetch(`${daemon.url}/api/generate`, { method: 'POST', body: JSON.stringify(body) })
    expect(daemon.loads[0]?.options).toEqual({ num_thread: 16 })
  })

  it('of the wrong type break every request to their tag', async () => {
    const { client } = await setUp({ models: [{ name: 'base', parameters: { num_ctx: '8192' } }] })
    for (const options of [{}, { num_ctx: 2048 }]) {
      await expect(client.load('base', options, 600)).rejects.toMatchObject({
        message: expect.stringContaining('option "num_ctx" must be of type integer') as string,
      })
    }
  })
})

describe('what happens meanwhile', () => {
  it('is seen by the next look at ps', async () => {
    const { client, daemon } = await setUp({ models: [{ name: 'base' }, { name: 'other' }] })
    daemon.inject('generate', { kind: 'meanwhile', act: () => daemon.loadByAnotherProgram('other') }, { skip: 1 })
    await ask(client)
    expect(daemon.loadedNames()).toEqual(['base:latest'])
    await ask(client)
    expect(daemon.loadedNames()).toEqual(['base:latest', 'other:latest'])
  })

  it.each([
    ['slow', { kind: 'slow', factor: 10 }],
    ['stopsEarly', { kind: 'stopsEarly', afterTokens: 2 }],
    ['queued', { kind: 'queued', seconds: 5 }],
  ] as const)('shows in the figures: %s', async (kind, fault) => {
    const { client, daemon } = await setUp()
    const usual = await ask(client)
    daemon.inject('generate', fault)
    const changed = await ask(client, {}, 'e f g h')
    if (kind === 'slow') expect(changed.evalSeconds).toBeCloseTo(usual.evalSeconds * 10, 6)
    if (kind === 'stopsEarly') expect(changed).toMatchObject({ outputTokens: 2, doneReason: 'stop' })
    if (kind === 'queued') expect(changed.totalSeconds).toBeGreaterThan(5)
  })
})

describe('its answers have the fields of a real one', () => {
  const recordings = readRecordings('0.32.15')
  const recorded = (name: string) => {
    const found = recordings.find((recording) => recording.name === `0.32.15/${name}`)
    if (!found) throw new Error(`no recording ${name}`)
    return lastAnswer(found)
  }
  const keys = (value: unknown) => Object.keys(value as object).sort()
  const first = (answer: unknown) => (answer as { models: Record<string, unknown>[] }).models[0] ?? {}

  it('when it lists tags and runners', async () => {
    const { client, daemon } = await setUp()
    await client.load('base', {}, 600)
    for (const [path, name] of [
      ['/api/tags', 'tags'],
      ['/api/ps', 'ps-loaded'],
    ] as const) {
      const entry = first(await (await fetch(`${daemon.url}${path}`)).json())
      expect(keys(entry)).toEqual(keys(first(recorded(name))))
      expect(keys(entry['details'])).toEqual(keys(first(recorded(name))['details']))
    }
  })

  it('when it shows a model and when it generates', async () => {
    const { daemon } = await setUp({ models: [{ name: 'base', parameters: { num_ctx: 2048 } }] })
    const post = async (path: string, body: object) =>
      (await fetch(`${daemon.url}${path}`, { method: 'POST', body: JSON.stringify(body) })).json()
    expect(keys(await post('/api/show', { model: 'base' }))).toEqual(keys(recorded('show-tuned')))
    const body = { model: 'base', prompt: 'x', raw: true, stream: false, options: { num_predict: 3 } }
    expect(keys(await post('/api/generate', body))).toEqual(keys(recorded('generate-after-runner-killed')))
    expect(keys(await post('/api/generate', { model: 'base' }))).toEqual(keys(recorded('load-only')))
  })
})
