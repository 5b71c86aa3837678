import { describe, expect, it } from 'vitest'
import type { Tag } from '../../../main/engine/library/tags.ts'
import type { Runner } from '../../../main/engine/runner/load.ts'
import { resolveOptions, type RawOptions } from '../../../main/engine/runner/options.ts'
import { createScheduler } from '../../../main/engine/runner/scheduler.ts'
import { requestedSettings } from '../../../main/engine/runner/settings.ts'

const gguf = {
  sizeBytes: 1,
  family: 'llama',
  parameterCount: 1,
  quantization: 'Q4_0',
  contextLength: 8192,
  embeddingLength: 8,
  blockCount: 1,
  isEmbeddingModel: false,
}

function tag(name: string, path = `/${name}.gguf`): Tag {
  const modifiedAt = '2026-01-01T00:00:00.000Z'
  return { schemaVersion: 1, name, path, parameters: {}, system: '', parent: '', modifiedAt, gguf }
}

/** A scheduler over runners that only write down what happens to them. */
function build({ maximumWaiting = 512, load = () => Promise.resolve() } = {}) {
  const events: string[] = []
  const scheduler = createScheduler({
    async load({ name }) {
      events.push(`load ${name}`)
      await load()
      const dispose = () => Promise.resolve(void events.push(`dispose ${name}`))
      return { memory: { totalBytes: 100, gpuBytes: 0 }, dispose } as Partial<Runner> as Runner
    },
    hasGpu: false,
    now: () => new Date('2026-01-01T00:00:00Z'),
    maximumWaiting,
  })
  const run = (
    model: Tag,
    options: RawOptions = {},
    extra: { keepAliveSeconds?: number; signal?: AbortSignal; during?: () => void } = {},
  ) =>
    scheduler.run({
      tag: model,
      settings: requestedSettings(resolveOptions({}, options, 4096), true),
      keepAliveSeconds: extra.keepAliveSeconds ?? null,
      signal: extra.signal ?? new AbortController().signal,
      work: async () => {
        events.push(`begin ${model.name}`)
        extra.during?.()
        await Promise.resolve()
        events.push(`end ${model.name}`)
      },
    })
  return { scheduler, events, run }
}

describe('the scheduler', () => {
  it('runs one request at a time in the order of arrival', async () => {
    const { events, run } = build()
    await Promise.all([run(tag('a')), run(tag('a2', '/a.gguf')), run(tag('a3', '/a.gguf'))])
    expect(events).toEqual(['load a', 'begin a', 'end a', 'begin a2', 'end a2', 'begin a3', 'end a3'])
  })

  it('lists the tag that loaded a file although another tag of the same file ran since', async () => {
    const { scheduler, run } = build()
    await run(tag('base', '/one.gguf'))
    await run(tag('tuned', '/one.gguf'))
    expect(scheduler.list().map((model) => model.tag.name)).toEqual(['base'])
  })

  it('unloads before it loads with other settings or another file', async () => {
    const { events, run } = build()
    await run(tag('a'))
    await run(tag('a'), { num_thread: 3 })
    await run(tag('b'))
    expect(events.filter((event) => !/begin|end/.test(event))).toEqual([
      'load a',
      'dispose a',
      'load a',
      'dispose a',
      'load b',
    ])
  })

  it('keeps a model for five minutes after its last use unless told otherwise', async () => {
    const { scheduler, run } = build()
    await run(tag('a'))
    expect(scheduler.list()[0]?.expiresAt.toISOString()).toBe('2026-01-01T00:05:00.000Z')
    await run(tag('a'), {}, { keepAliveSeconds: 60 })
    await run(tag('a'))
    expect(scheduler.list()[0]?.expiresAt.toISOString()).toBe('2026-01-01T00:01:00.000Z')
    await run(tag('a'), {}, { keepAliveSeconds: Infinity })
    expect(scheduler.list()[0]?.expiresAt.getUTCFullYear()).toBeGreaterThan(2300)
  })

  it('unloads after the run when keep_alive is 0', async () => {
    const { scheduler, events, run } = build()
    await run(tag('a'), {}, { keepAliveSeconds: 0 })
    expect(scheduler.list()).toEqual([])
    expect(events.at(-1)).toBe('dispose a')
  })

  it('drops an idle model at once when it is expired, a busy one after its run', async () => {
    const { scheduler, events, run } = build()
    await run(tag('a'))
    scheduler.expire('/a.gguf')
    expect(scheduler.list()).toEqual([])
    await run(tag('a'), {}, { during: () => scheduler.expire('/a.gguf') })
    expect(events.slice(-3)).toEqual(['begin a', 'end a', 'dispose a'])
  })

  it('refuses with 503 when too many wait', async () => {
    const { run } = build({ maximumWaiting: 1 })
    const accepted = [run(tag('a')), run(tag('a'))]
    await expect(run(tag('a'))).rejects.toMatchObject({ status: 503 })
    await Promise.all(accepted)
    await run(tag('a'))
  })

  it('skips a request whose client went away while it waited', async () => {
    const { events, run } = build()
    const client = new AbortController()
    const first = run(tag('a'))
    const second = run(tag('b'), {}, { signal: client.signal })
    client.abort(new Error('gone'))
    await expect(second).rejects.toThrow('gone')
    await first
    expect(events).not.toContain('load b')
  })

  it('goes on after a load that failed', async () => {
    let failing = true
    const { scheduler, run } = build({
      load: () => (failing ? Promise.reject(new Error('no memory')) : Promise.resolve()),
    })
    await expect(run(tag('a'))).rejects.toThrow('no memory')
    expect(scheduler.list()).toEqual([])
    failing = false
    await run(tag('a'))
    expect(scheduler.list()).toHaveLength(1)
  })
})
