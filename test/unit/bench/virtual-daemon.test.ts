import { afterAll, describe, expect, it } from 'vitest'
import { createRandom } from '../../../main/search/random.ts'
import type { RunnerOptions } from '../../../main/ollama/daemon.ts'
import { loadTables } from '../../bench/tables.ts'
import type { Table } from '../../bench/tables.ts'
import { createVirtualDaemon, virtualModel } from '../../bench/virtual/virtual-daemon.ts'
import { createVirtualTime } from '../../bench/virtual/virtual-time.ts'
import { tableFolders, tinyMeta, tinyRows } from './tiny-table.ts'

const folders = tableFolders()
folders.add('tiny')
folders.add('noisy', {
  ...tinyMeta,
  id: 'noisy',
  noise: { within_load_sd_log: 0.05, between_load_sd_log: 0.03, drift_fraction: 0, drift_time_constant_s: 1 },
})
folders.add('drifting', {
  ...tinyMeta,
  id: 'drifting',
  noise: { drift_fraction: 0.2, drift_time_constant_s: 50 },
})
folders.add('spilling', { ...tinyMeta, id: 'spilling' }, tinyRows.replace('0,64,default,ok', '0,64,default,spill'))
afterAll(folders.remove)
const [drifting, noisy, spilling, tiny] = loadTables(folders.directory)
if (!drifting || !noisy || !spilling || !tiny) throw new Error('the tables were not found')

/** 400 tokens at 1.2 tokens a word. */
const prompt = Array.from({ length: 333 }, () => 'word').join(' ')
const ttft = 400 / 100 + 1 / 10 + 0.012

function start(table: Table, seed = 1, speedLeft?: (nowSeconds: number) => number) {
  const time = createVirtualTime()
  const daemon = createVirtualDaemon({ table, random: createRandom(seed), time, ...(speedLeft ? { speedLeft } : {}) })
  const load = (options: RunnerOptions = {}) => daemon.load(virtualModel, options, 600)
  const generate = (onToken: () => void = () => undefined, signal?: AbortSignal) =>
    daemon.generate(
      { model: virtualModel, prompt, options: { num_predict: 100 }, keepAliveSeconds: 600 },
      onToken,
      signal,
    )
  return { time, daemon, load, generate }
}

describe('what a virtual daemon charges', () => {
  it('is the load, and TTFT and every token of an answer', async () => {
    const { time, load, generate } = start(tiny)
    expect(await load()).toEqual({ wallSeconds: 5 })
    const answer = await generate()
    expect(time.now()).toBeCloseTo(5 + ttft + 100 / 10, 9)
    expect(answer.ttftSeconds).toBeCloseTo(ttft, 9)
    expect(answer.promptTokens / answer.promptEvalSeconds).toBeCloseTo(100, 9)
    expect((answer.outputTokens - 1) / answer.evalSeconds).toBeCloseTo(10, 9)
  })

  it('is the load alone when memory runs out', async () => {
    const { time, daemon, load } = start(tiny)
    await expect(load({ num_thread: 2 })).rejects.toMatchObject({ code: 'outOfMemory' })
    expect(time.now()).toBe(3)
    expect(daemon.loads).toMatchObject([{ outcome: 'oom' }])
  })

  it('is the limit when an answer would take longer', async () => {
    const { time, load, generate } = start(tiny)
    await load({ num_thread: 2, num_batch: 64 })
    await expect(generate()).rejects.toMatchObject({ code: 'timeout' })
    expect(time.now()).toBeCloseTo(4 + 60, 9)
  })

  it('is what ran of an answer that is broken off, to the token', async () => {
    const { time, load, generate } = start(tiny)
    await load()
    const leaving = new AbortController()
    let tokens = 0
    const answer = generate(() => {
      tokens += 1
      if (tokens === 20) leaving.abort()
    }, leaving.signal)
    await expect(answer).rejects.toThrow(/abort/)
    expect(tokens).toBe(20)
    expect(time.now()).toBeCloseTo(5 + ttft + 20 / 10, 9)
  })

  it('is the time until a limit of the caller’s cuts the answer off', async () => {
    const { time, load, generate } = start(tiny)
    await load()
    const limit = new AbortController()
    await time.withTimers(async () => {
      setTimeout(() => limit.abort(), 7000)
      await expect(generate(() => undefined, limit.signal)).rejects.toThrow(/abort/)
    })
    expect(time.now()).toBeCloseTo(5 + 7, 9)
  })

  it('is all of a spill, which answers like any other', async () => {
    const { time, daemon, load, generate } = start(spilling)
    await load({ num_batch: 64 })
    await generate()
    expect(time.now()).toBeCloseTo(5 + 400 / 80 + 1 / 10 + 0.012 + 100 / 10, 9)
    expect(daemon.loads).toMatchObject([{ outcome: 'spill' }])
  })

  it('is nothing for a configuration that the table does not know', async () => {
    const { time, daemon, load } = start(tiny)
    await expect(load({ num_thread: 7 })).rejects.toMatchObject({ code: 'daemonError' })
    expect(time.now()).toBe(0)
    expect(daemon.loads).toMatchObject([{ outcome: 'unknown' }])
  })
})

describe('what a virtual daemon draws', () => {
  const decodeOf = ({ outputTokens, evalSeconds }: { outputTokens: number; evalSeconds: number }) =>
    (outputTokens - 1) / evalSeconds
  const prefillOf = ({ promptTokens, promptEvalSeconds }: { promptTokens: number; promptEvalSeconds: number }) =>
    promptTokens / promptEvalSeconds
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const products = (a: number[], b: number[]) => mean(a.map((value, index) => value * (b[index] ?? 0)))

  it('varies around the table as its spreads say, loads and repetitions apart', async () => {
    const { load, generate } = start(noisy)
    const loads = 4000
    const first: number[] = []
    const second: number[] = []
    const prefill: number[] = []
    for (let i = 0; i < loads; i++) {
      await load()
      const answer = await generate()
      first.push(Math.log(decodeOf(answer) / 10))
      prefill.push(Math.log(prefillOf(answer) / 100))
      second.push(Math.log(decodeOf(await generate()) / 10))
    }
    const within = 0.05 ** 2
    const between = 0.03 ** 2
    // Four standard errors of a mean, and of a variance or covariance of normal values.
    const meanError = 4 * Math.sqrt((within + between) / loads)
    const squareError = 4 * Math.sqrt(2 / loads) * (within + between)
    for (const values of [first, second, prefill]) {
      expect(Math.abs(mean(values))).toBeLessThan(meanError)
      expect(Math.abs(products(values, values) - within - between)).toBeLessThan(squareError)
    }
    expect(Math.abs(products(first, second) - between)).toBeLessThan(squareError)
    expect(Math.abs(products(first, prefill) - between)).toBeLessThan(squareError)
  })

  it('drifts by the seconds paid before the repetition', async () => {
    const { time, load, generate } = start(drifting)
    await load()
    for (let i = 0; i < 3; i++) {
      const left = 1 - 0.2 * (1 - Math.exp(-time.now() / 50))
      expect(decodeOf(await generate())).toBeCloseTo(10 * left, 9)
    }
  })

  it('is slowed by what else goes on', async () => {
    const { load, generate } = start(tiny, 1, (nowSeconds) => (nowSeconds < 10 ? 1 : 0.5))
    await load()
    expect(decodeOf(await generate())).toBeCloseTo(10, 9)
    expect(decodeOf(await generate())).toBeCloseTo(5, 9)
  })

  it('follows from the seed', async () => {
    const draw = async (seed: number) => {
      const { load, generate } = start(noisy, seed)
      await load()
      return [await generate(), await generate()]
    }
    expect(await draw(3)).toEqual(await draw(3))
    expect(await draw(3)).not.toEqual(await draw(4))
  })
})

describe('what a virtual daemon tells', () => {
  it('is what its table says of memory, as long as the model is loaded', async () => {
    const { daemon, load } = start(tiny)
    expect(await daemon.listLoaded()).toEqual([])
    await load({ num_ctx: 4096, num_batch: 64 })
    expect(await daemon.listLoaded()).toMatchObject([
      { name: virtualModel, sizeMiB: 450, vramMiB: 0, contextLength: 4096 },
    ])
    await daemon.unload(virtualModel)
    expect(await daemon.listLoaded()).toEqual([])
  })
})
