import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { blindWatch } from '../../../main/measure/processor-watch.ts'
import type { TrialRequest } from '../../../main/measure/trial.ts'
import { measureTrial, skip } from '../../../main/measure/trial.ts'
import { createDaemonClient } from '../../../main/ollama/client.ts'
import { newestFeatures } from '../../../main/ollama/features.ts'
import { createRandom } from '../../../main/search/random.ts'
import { automatic } from '../../../preload/contract/model.ts'
import type { OkOutcome, TrialOutcome } from '../../../preload/contract/trial.ts'
import type { ScriptedDaemon, ScriptedDaemonOptions } from '../../daemon/scripted-daemon.ts'
import { startScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { graphicsMachine, processorMachine } from '../../daemon/scripted-runner.ts'

let scripted: ScriptedDaemon
async function start(options: ScriptedDaemonOptions = {}): Promise<void> {
  await scripted.close()
  scripted = await startScriptedDaemon({ models: [{ name: 'base' }, { name: 'other' }], ...options })
}
beforeEach(async () => {
  scripted = await startScriptedDaemon({ models: [{ name: 'base' }, { name: 'other' }] })
})
afterEach(() => scripted.close())

/** One trial of `base` on four cores, 400 tokens in and 100 out, in the daemon's own time. */
function trial(overrides: Partial<TrialRequest> = {}): Promise<TrialOutcome> {
  const { url, fetch, clock } = scripted
  return measureTrial({
    daemon: createDaemonClient({ kind: 'ollama', url, fetch, clock }),
    clock,
    model: 'base',
    configuration: automatic,
    baseParameters: {},
    features: newestFeatures,
    contextLength: 4096,
    workload: { promptTokens: 400, outputTokens: 100 },
    repetitions: { minimum: 3, maximum: 10, targetRelativeError: 0.02 },
    abandonAboveTurnSeconds: null,
    limits: { loadSeconds: 120, repetitionSeconds: 600 },
    expectations: null,
    processorWatch: blindWatch,
    conditionsWatch: null,
    graphicsMemoryWatch: null,
    memoryGuard: null,
    random: createRandom(1),
    onActivity: () => undefined,
    signal: new AbortController().signal,
    ...overrides,
  })
}

async function figures(overrides: Partial<TrialRequest> = {}): Promise<OkOutcome> {
  const outcome = await trial(overrides)
  if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome))
  return outcome
}

const generations = () => scripted.requests.filter(({ operation }) => operation === 'generate')

describe('against a daemon whose speed is known', () => {
  test('the figures are exactly the machine’s', async () => {
    const outcome = await figures()
    const known = processorMachine().performance({}, {} as never)
    expect(outcome.decodeTokensPerSecond.mean).toBeCloseTo(known.decodeTokensPerSecond, 3)
    expect(outcome.prefillTokensPerSecond.mean).toBeCloseTo(known.prefillTokensPerSecond, 3)
    expect(outcome.load.loadSeconds).toBeCloseTo(known.loadSeconds, 1)
    const [, repetition] = outcome.repetitions
    expect(repetition?.ttftSeconds).toBeCloseTo((repetition?.promptTokens ?? 0) / known.prefillTokensPerSecond, 1)
  })

  test('no prompt is answered from the cache, and no request loads the model again', async () => {
    await figures({ configuration: { ...automatic, num_thread: 2, num_batch: 128, use_mmap: true } })
    expect(scripted.loads).toHaveLength(1)
    expect(scripted.loads[0]?.options).toMatchObject({ num_ctx: 4096, num_thread: 2, num_batch: 128, use_mmap: true })
  })

  test('a runner that somebody loaded with other settings is not taken for the automatic ones', async () => {
    await start({ machine: graphicsMachine(8000) })
    scripted.loadByAnotherProgram('base', { num_ctx: 4096, num_gpu: 0 })
    const outcome = await figures()
    expect(outcome.load.memory.vramMiB).toBeGreaterThan(1000)
  })

  test('what the tag sets is undone where automatic is asked for', async () => {
    await start({ models: [{ name: 'base', parameters: { num_thread: 16 } }] })
    const sabotaged = await figures({ configuration: 'asSaved' })
    const repaired = await figures({ baseParameters: { num_thread: 16 } })
    expect(repaired.decodeTokensPerSecond.mean / sabotaged.decodeTokensPerSecond.mean).toBeGreaterThan(2)
    expect(scripted.loads.at(-1)?.options).toMatchObject({ num_thread: 0 })
  })

  test('a context beyond the training length is taken as the daemon clamps it', async () => {
    await start({ models: [{ name: 'base', shape: { trainedContextLength: 1024 } }] })
    const outcome = await figures({ contextLength: 8192, workload: { promptTokens: 4000, outputTokens: 100 } })
    expect(outcome.load.contextLength).toBe(1024)
    const longest = Math.max(...outcome.repetitions.map(({ promptTokens }) => promptTokens))
    expect(longest).toBeGreaterThan(850)
    expect(longest + 100).toBeLessThan(1024)
  })

  test('an old daemon is measured alike', async () => {
    await start({ version: '0.20.7' })
    expect((await figures()).decodeTokensPerSecond.mean).toBeCloseTo(20, 3)
  })
})

describe('a hopeless setting', () => {
  test('is cut off on the token stream, its rate right, and the daemon stops generating', async () => {
    const outcome = await figures({
      configuration: { ...automatic, num_thread: 64 },
      abandonAboveTurnSeconds: 15,
    })
    const known = processorMachine().performance({ num_thread: 64 }, {} as never)
    expect(outcome.stoppedEarly).toBe(true)
    expect(outcome.decodeTokensPerSecond.mean / known.decodeTokensPerSecond).toBeCloseTo(1, 2)
    expect(generations()).toMatchObject([{ ended: 'aborted' }])
    expect(generations()[0]?.tokensSent).toBeLessThan(40)
  })
})

describe('interference', () => {
  test('a request that waited behind another is repeated', async () => {
    scripted.inject('generate', { kind: 'queued', seconds: 2 }, { skip: 2 })
    const outcome = await figures()
    expect(generations()).toHaveLength(5)
    expect(outcome.repetitions.every(({ queueSeconds }) => queueSeconds < 0.1)).toBe(true)
    expect(outcome.disturbances?.map(({ code }) => code)).toEqual(['measure.queued'])
  })

  test('another model that is loaded in the middle is noticed', async () => {
    const act = () => scripted.loadByAnotherProgram('other')
    scripted.inject('generate', { kind: 'meanwhile', act }, { skip: 1 })
    await figures()
    expect(generations()).toHaveLength(5)
  })

  test('a client with another context makes the daemon load to and fro, and those answers do not count', async () => {
    const act = () => scripted.loadByAnotherProgram('base', { num_ctx: 2048 })
    scripted.inject('generate', { kind: 'meanwhile', act }, { skip: 1 })
    const outcome = await figures()
    expect(generations().length).toBeGreaterThan(4)
    expect(outcome.decodeTokensPerSecond.mean).toBeCloseTo(20, 3)
    expect(outcome.repetitions.slice(1).every(({ totalSeconds }) => totalSeconds < 10)).toBe(true)
    expect(outcome.disturbances).toMatchObject([
      { code: 'measure.otherContext', values: { asked: 4096, found: 2048 } },
      { code: 'measure.reloaded' },
    ])
  })

  test('an answer after which our model is no longer listed does not count', async () => {
    scripted.inject('ps', { kind: 'answer', body: '{"models":[]}', contentType: 'application/json' }, { skip: 3 })
    expect((await figures()).repetitions).toHaveLength(4)
    expect(generations()).toHaveLength(5)
  })

  test('a server that stays busy ends the trial in bounded time', async () => {
    scripted.inject(
      'generate',
      { kind: 'refuse', status: 503, error: 'server busy, please try again.' },
      { times: Infinity },
    )
    expect(await trial()).toMatchObject({
      kind: 'interference',
      message: 'The model server was too busy to take the request.',
    })
    expect(generations()).toHaveLength(5)
  })
})

describe('failures', () => {
  test('out of memory while loading', async () => {
    await start({ machine: graphicsMachine(1000) })
    expect((await trial({ configuration: { ...automatic, num_gpu: 29 } })).kind).toBe('outOfMemory')
  })

  test('out of memory while answering', async () => {
    scripted.inject('generate', { kind: 'crash', afterTokens: 3, error: 'CUDA error: out of memory' }, { skip: 1 })
    expect((await trial()).kind).toBe('outOfMemory')
  })

  test('a runner killed in mid-stream fails this trial, and the next one works', async () => {
    scripted.inject('generate', { kind: 'crash', afterTokens: 3 }, { skip: 2 })
    expect(await trial()).toMatchObject({ kind: 'failed', message: expect.stringContaining('ended unexpectedly') })
    expect((await figures()).decodeTokensPerSecond.mean).toBeCloseTo(20, 3)
  })

  test('a connection cut in mid-stream fails this trial', async () => {
    scripted.inject('generate', { kind: 'cut', afterTokens: 5 }, { skip: 1 })
    expect((await trial()).kind).toBe('failed')
  })

  test('a daemon that is gone fails this trial, and the next one after its return works', async () => {
    await scripted.kill()
    expect((await trial()).kind).toBe('failed')
    await scripted.revive()
    expect((await trial()).kind).toBe('ok')
  })

  test('a load that takes too long on the clock is a timeout', async () => {
    scripted.inject('load', { kind: 'slow', factor: 100 })
    expect((await trial()).kind).toBe('timeout')
  })

  test('a daemon that never answers a load is given up', async () => {
    scripted.inject('load', { kind: 'hang' })
    expect((await trial({ limits: { loadSeconds: 0.3, repetitionSeconds: 600 } })).kind).toBe('timeout')
  })

  test('an answer that goes silent is given up', async () => {
    scripted.inject('generate', { kind: 'stall', afterTokens: 5 })
    expect((await trial({ limits: { loadSeconds: 120, repetitionSeconds: 0.3 } })).kind).toBe('timeout')
  })

  test.each([
    ['stops by itself at once', { kind: 'stopsEarly', afterTokens: 2 } as const],
    ['repeats itself until it is broken off', { kind: 'noDone', afterTokens: 40 } as const],
  ])('a model that %s gets another prompt', async (_, fault) => {
    scripted.inject('generate', fault, { skip: 1 })
    expect((await figures()).repetitions).toHaveLength(4)
    expect(generations().length).toBeGreaterThan(4)
  })

  test('a model that always stops at once cannot be measured', async () => {
    scripted.inject('generate', { kind: 'stopsEarly', afterTokens: 2 }, { times: Infinity })
    expect(await trial()).toEqual({
      kind: 'failed',
      message: 'The model stopped after 2 of 100 tokens, too few to measure.',
    })
  })
})

describe('stopping', () => {
  test('skipping in mid-answer ends the generation at once', async () => {
    const controller = new AbortController()
    scripted.inject('generate', { kind: 'stall', afterTokens: 5 }, { skip: 1 })
    const running = trial({ signal: controller.signal })
    await vi.waitFor(() => expect(generations()[1]?.tokensSent).toBe(5), { timeout: 10_000 })
    controller.abort(skip)
    expect((await running).kind).toBe('skipped')
    await vi.waitFor(() => expect(generations()[1]?.ended).toBe('aborted'), { timeout: 10_000 })
  })

  test('stopping during a load rejects as cancelled', async () => {
    const controller = new AbortController()
    scripted.inject('load', { kind: 'hang' })
    const running = trial({ signal: controller.signal })
    await vi.waitFor(() => expect(scripted.requests.at(-1)?.operation).toBe('load'), { timeout: 10_000 })
    controller.abort(new Error('closing'))
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
  })
})

test('noise within a load shows as an interval around the true speed', async () => {
  await start({ noise: { betweenLoads: 0, withinLoad: 0.04 }, random: createRandom(3) })
  const { decodeTokensPerSecond } = await figures()
  expect(decodeTokensPerSecond.count).toBeGreaterThanOrEqual(3)
  expect(decodeTokensPerSecond.interval?.low).toBeLessThan(20)
  expect(decodeTokensPerSecond.interval?.high).toBeGreaterThan(20)
})
