import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { setUpEngine, type Json } from './engine-fixture.ts'

const engine = setUpEngine()
const { call, generate } = engine

const number = (body: Json, key: string) => Number(body[key] ?? 0)
const durations = ['load_duration', 'prompt_eval_duration', 'eval_duration']
/** What the durations leave unexplained. */
const residual = (body: Json) =>
  durations.reduce((rest, key) => rest - number(body, key), number(body, 'total_duration'))
/** Reading and repacking 80 MB takes more than 100 ms, finding the model loaded far less than one. */
const loadedAnew = (body: Json) => number(body, 'load_duration') > 50e6
const words = (count: number, first: string) =>
  [first, ...Array.from({ length: count }, (_, i) => `word${i}`)].join(' ')

describe('generating', () => {
  it.each([1, 7, 120])('gives exactly %d tokens, no piece thrice in a row, no broken characters', async (length) => {
    const body = await generate({ num_predict: length })
    expect(body).toMatchObject({ done: true, done_reason: 'length', eval_count: length })
    expect(String(body.response).isWellFormed()).toBe(true)
    expect(body.response).not.toContain('\ufffd')
    expect(body.response).not.toMatch(/(\b\w+)\s+\1\s+\1\b/)
  })

  it('gives the same text again at temperature 0, and for the same seed', async () => {
    const greedy = [await generate(), await generate()].map((body) => body.response)
    expect(greedy[0]).toBe(greedy[1])
    const seeded = { temperature: 0.8, seed: 5, num_predict: 12 }
    expect((await generate(seeded)).response).toBe((await generate(seeded)).response)
    expect((await generate({ ...seeded, seed: 6 })).response).not.toBe((await generate(seeded)).response)
  })

  it('puts a conversation through the template of the model', async () => {
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: 'hello' },
      { role: 'user', content: 'how are you' },
    ]
    const prompt = 'system: Be brief.\nuser: hi\nassistant: hello\nuser: how are you\nassistant:'
    const options = { num_ctx: 512, num_thread: 1, temperature: 0, num_predict: 4 }
    const { body } = await call('POST', '/api/chat', { model: 'practice', messages, stream: false, options })
    const { response, prompt_eval_count } = await generate({}, { prompt })
    expect(body.prompt_eval_count).toBe(prompt_eval_count)
    expect(body.message).toEqual({ role: 'assistant', content: response })
  })

  it('ends before a stop word', async () => {
    const free = String((await generate({ num_predict: 20 })).response)
    const stop = free.slice(20, 26)
    const stopped = await generate({ num_predict: 20, stop: [stop] })
    expect(stopped).toMatchObject({ done_reason: 'stop', response: free.slice(0, free.indexOf(stop)) })
    expect(number(stopped, 'eval_count')).toBeLessThan(20)
  })

  it('takes penalties for repetition', async () => {
    const penalised = await generate({ num_predict: 20, frequency_penalty: 2, repeat_last_n: 10 })
    expect(penalised).toMatchObject({ done_reason: 'length', eval_count: 20 })
  })

  it('cuts a prompt that is too long, and says how much it read; a chat message it refuses', async () => {
    const long = words(2000, 'a')
    expect(number(await generate({}, { prompt: long }), 'prompt_eval_count')).toBe(259)
    expect((await generate({}, { prompt: long, truncate: false })).error).toContain('exceed_context_size_error')
    const chat = { model: 'practice', messages: [{ role: 'user', content: long }], options: { num_ctx: 512 } }
    expect((await call('POST', '/api/chat', chat)).status).toBe(400)
  })

  it('goes on past the end of the context, or ends there without shift', async () => {
    const options = { num_ctx: 256, num_predict: 60 }
    const fields = { prompt: words(70, 'g') }
    const shifted = await generate(options, fields)
    expect(number(shifted, 'prompt_eval_count') + number(shifted, 'eval_count')).toBeGreaterThan(256)
    expect(shifted.eval_count).toBe(60)
    const bounded = await generate(options, { ...fields, shift: false })
    expect(number(bounded, 'prompt_eval_count') + number(bounded, 'eval_count')).toBe(256)
    expect(bounded.done_reason).toBe('length')
  })

  it('accounts for its time: no part is missing and the parts are no more than the total', async () => {
    const body = await generate({ num_predict: 20 }, { prompt: words(30, 'b') })
    expect(durations.every((key) => number(body, key) > 0)).toBe(true)
    expect(residual(body)).toBeGreaterThanOrEqual(0)
  })
})

describe('the prompt cache', () => {
  it('makes a repeated beginning cheap without changing the count', async () => {
    const prompt = words(100, 'c')
    const first = await generate({ num_ctx: 1024 }, { prompt })
    const again = await generate({ num_ctx: 1024 }, { prompt })
    expect(again.prompt_eval_count).toBe(first.prompt_eval_count)
    expect(number(again, 'prompt_eval_duration')).toBeLessThan(number(first, 'prompt_eval_duration') / 3)
    expect(again.response).toBe(first.response)
  })

  it('does not help a prompt whose first word is new', async () => {
    const first = await generate({ num_ctx: 1024 }, { prompt: words(100, 'd') })
    const other = await generate({ num_ctx: 1024 }, { prompt: words(100, 'e') })
    expect(number(other, 'prompt_eval_duration')).toBeGreaterThan(number(first, 'prompt_eval_duration') / 3)
  })
})

describe('loading', () => {
  it('happens anew exactly for the options that Ollama reloads for', async () => {
    await generate()
    expect(loadedAnew(await generate())).toBe(false)
    for (const options of [
      { temperature: 0.5 },
      { seed: 3 },
      { num_keep: 9 },
      { use_mmap: false },
      { num_batch: 512 },
    ]) {
      expect([options, loadedAnew(await generate(options))]).toEqual([options, false])
    }
    await generate()
    for (const options of [
      { num_batch: 64 },
      { num_thread: 2 },
      { num_ctx: 1024 },
      { use_mmap: true },
      { flash_attention: false },
      { num_gpu: 0 },
    ]) {
      expect([options, loadedAnew(await generate(options))]).toEqual([options, true])
    }
    expect(loadedAnew(await generate({ num_gpu: -1 }))).toBe(false)
    expect(loadedAnew(await generate({ main_gpu: 0 }))).toBe(true)
    expect(loadedAnew(await generate())).toBe(true)
  })

  it('shows context and memory in /api/ps, which follow num_ctx and num_batch', async () => {
    const size = async (options: Record<string, unknown>) => {
      await generate(options)
      const { models } = (await call('GET', '/api/ps')).body as { models?: Json[] }
      return { size: number(models?.[0] ?? {}, 'size'), context: number(models?.[0] ?? {}, 'context_length') }
    }
    const base = await size({})
    expect(base.context).toBe(512)
    expect((await size({ num_ctx: 4096 })).size).toBeGreaterThan(base.size + 30e6)
    expect((await size({ num_batch: 32 })).size).toBeLessThan(base.size - 10e6)
    expect((await size({ num_ctx: 1_000_000, num_batch: 32 })).context).toBe(32_768)
  })

  it('accepts odd values as Ollama does', async () => {
    expect((await generate({ num_ctx: 1 })).prompt_eval_count).toBe(3)
    expect((await generate({ num_batch: 0 })).done).toBe(true)
    expect((await generate({ num_batch: 100_000 })).done).toBe(true)
    expect((await generate({ num_thread: -1 })).done).toBe(true)
    expect((await generate({ num_ctx: null, num_foo: 3 })).done).toBe(true)
  })
})

describe('several requests at once', () => {
  it('wait for each other, visible only in what the durations leave unexplained', async () => {
    await generate()
    const bodies = await Promise.all(['x', 'y', 'z'].map((prompt) => generate({ num_predict: 30 }, { prompt })))
    const [first = {}, second = {}, last = {}] = bodies.toSorted((a, b) => residual(a) - residual(b))
    expect(residual(last)).toBeGreaterThan(number(first, 'eval_duration') + number(second, 'eval_duration'))
    expect(bodies.some(loadedAnew)).toBe(false)
  })

  it('leave the API responsive while one generates', async () => {
    const busy = generate({ num_predict: 100 }).then(() => 'done')
    let answers = 0
    do {
      await call('GET', '/api/ps')
      answers++
    } while ((await Promise.race([busy, delay(1, 'running')])) === 'running')
    // Were the engine deaf while it computes, there would be one answer, at the end.
    expect(answers).toBeGreaterThan(10)
  })
})

describe('a client that goes away', () => {
  it('ends the generation at once, be it in the prompt or in the answer', async () => {
    await generate()
    const url = await engine.engine.start()
    const { pid } = engine.engine
    for (const prompt of ['hi', words(200, 'f')]) {
      const abort = new AbortController()
      const options = { num_ctx: 512, num_thread: 1, num_predict: 0 }
      const body = JSON.stringify({ model: 'practice', raw: true, prompt, options })
      const response = await fetch(`${url}/api/generate`, { method: 'POST', body, signal: abort.signal })
      const reader = response.body?.getReader()
      await reader?.read()
      abort.abort()
      expect((await generate()).done).toBe(true)
    }
    expect(engine.engine.pid).toBe(pid)
  })

  it('leaves a load that is still going on', async () => {
    await call('POST', '/api/generate', { model: 'practice', keep_alive: 0 })
    const url = await engine.engine.start()
    const abort = new AbortController()
    const body = JSON.stringify({ model: 'practice', options: { num_ctx: 32_768 } })
    const loading = fetch(`${url}/api/generate`, { method: 'POST', body, signal: abort.signal })
    setTimeout(() => abort.abort(), 20)
    await expect(loading).rejects.toThrow()
    expect((await generate()).done).toBe(true)
  })
})
