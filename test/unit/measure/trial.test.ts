import { describe, expect, test } from 'vitest'
import { AttuneError } from '../../../preload/contract/errors.ts'
import { automatic } from '../../../preload/contract/model.ts'
import { trialOutcomeSchema } from '../../../preload/contract/trial.ts'
import type { ProcessorWatch } from '../../../main/measure/processor-watch.ts'
import type { TrialRequest } from '../../../main/measure/trial.ts'
import { measureTrial, skip } from '../../../main/measure/trial.ts'
import { measureSentences } from '../../../main/words/measure.ts'
import type { Behaviour, FakeClock, FakeDaemonScript } from './fake-daemon.ts'
import { createFakeClock, createFakeDaemon, trialRequest } from './fake-daemon.ts'

interface Scenario extends FakeDaemonScript {
  request?: (clock: FakeClock) => Partial<TrialRequest>
}

/** Runs one trial and checks that its outcome is one that the contract knows. */
async function run({ request, ...script }: Scenario) {
  const clock = createFakeClock()
  const daemon = createFakeDaemon(clock, script)
  const trial = trialRequest(daemon, clock, request?.(clock))
  const outcome = await measureTrial(trial)
  expect(trialOutcomeSchema.safeParse(outcome).error).toBeUndefined()
  return { outcome, daemon, clock, activities: trial.activities }
}

async function runToFigures(scenario: Scenario) {
  const result = await run(scenario)
  if (result.outcome.kind !== 'ok') throw new Error(JSON.stringify(result.outcome))
  return { ...result, outcome: result.outcome }
}

/** Answer 0 is the warm-up. */
const onlyAnswer =
  (index: number, behaviour: Behaviour) =>
  (answer: number): Behaviour =>
    answer === index ? behaviour : {}

describe('a quiet trial', () => {
  test('unloads, loads, warms up once and repeats until the turn time is known', async () => {
    const { outcome, daemon } = await runToFigures({})
    expect(daemon.calls).toEqual([
      'unload',
      'load',
      'listLoaded',
      ...Array.from({ length: 4 }, () => ['generate', 'listLoaded']).flat(),
    ])
    expect(outcome.repetitions.map(({ isWarmUp }) => isWarmUp)).toEqual([true, false, false, false])
    expect(outcome.decodeTokensPerSecond.mean).toBeCloseTo(20)
    expect(outcome.prefillTokensPerSecond.mean).toBeCloseTo(500)
    expect(outcome.stoppedEarly).toBe(false)
    expect(outcome.load).toEqual({ loadSeconds: 2, memory: { ramMiB: 750, vramMiB: 250 }, contextLength: 4096 })
  })

  test('looks once, after the last answer, at what the cards have left', async () => {
    let answers = 0
    const looks: number[] = []
    const { outcome } = await runToFigures({
      answer: () => {
        answers++
        return {}
      },
      request: () => ({
        graphicsMemoryWatch: () => {
          looks.push(answers)
          return Promise.resolve([1234])
        },
      }),
    })
    expect(outcome.load.freeVramMiB).toEqual([1234])
    expect(looks).toEqual([4])
  })

  test('asks every time for the same length at temperature 0, with a prompt of its own', async () => {
    const { daemon } = await runToFigures({})
    const { options } = daemon.requests[0] ?? {}
    expect(options).toMatchObject({ num_ctx: 4096, num_predict: 100, temperature: 0 })
    expect(daemon.requests.every((request) => JSON.stringify(request.options) === JSON.stringify(options))).toBe(true)
    expect(new Set(daemon.requests.map(({ prompt }) => prompt.slice(0, 8))).size).toBe(daemon.requests.length)
  })

  test('loads with the very options that it asks with, or the daemon would load again', async () => {
    const { daemon } = await runToFigures({ request: () => ({ configuration: { ...automatic, num_thread: 4 } }) })
    const { num_predict, temperature, seed, ...runner } = daemon.requests[0]?.options ?? {}
    expect(daemon.loads).toEqual([runner])
    expect(runner).toEqual({ num_ctx: 4096, num_thread: 4 })
    expect([num_predict, temperature, typeof seed]).toEqual([100, 0, 'number'])
  })

  test('sends no runner option for a tag that is measured as saved', async () => {
    const { daemon } = await runToFigures({ request: () => ({ configuration: 'asSaved', contextLength: 4096 }) })
    expect(daemon.loads).toEqual([{}])
    expect(Object.keys(daemon.requests[0]?.options ?? {})).toEqual(['num_predict', 'temperature', 'seed'])
  })

  test('hits the asked prompt length once the warm-up has told how the model counts', async () => {
    const { outcome } = await runToFigures({ answer: () => ({ tokensPerWord: 1.6 }) })
    for (const { promptTokens } of outcome.repetitions.slice(1))
      expect(Math.abs(promptTokens / 400 - 1)).toBeLessThan(0.03)
  })

  test('says what it is doing, in codes that have sentences', async () => {
    const { activities } = await runToFigures({})
    expect(activities.map(({ code, values }) => [code, values['number']])).toEqual([
      ['measure.unloading', undefined],
      ['measure.loading', undefined],
      ['measure.warmingUp', undefined],
      ['measure.repetition', 1],
      ['measure.repetition', 2],
      ['measure.repetition', 3],
    ])
    expect(activities.every(({ code }) => code in measureSentences)).toBe(true)
  })

  test('does not tell of every answer where they are short', async () => {
    const { activities } = await runToFigures({ answer: () => ({ secondsPerToken: 0.01 }) })
    const told = activities.filter(({ code }) => code === 'measure.warmingUp' || code === 'measure.repetition')
    // Four answers of 1.8 s: the last begins more than five seconds after the first.
    expect(told.map(({ code, values }) => [code, values['number']])).toEqual([
      ['measure.warmingUp', undefined],
      ['measure.repetition', 3],
    ])
  })

  test('a context that the model shortens shortens the prompt with it', async () => {
    const { outcome } = await runToFigures({ contextLength: () => 512, request: () => ({ contextLength: 8192 }) })
    expect(outcome.load.contextLength).toBe(512)
    for (const { promptTokens } of outcome.repetitions) expect(promptTokens + 100).toBeLessThan(512)
  })
})

describe('how often it repeats', () => {
  const noisy = (index: number): Behaviour => ({ secondsPerToken: index % 2 === 0 ? 0.04 : 0.06 })

  test('noise makes it repeat up to the maximum', async () => {
    const { outcome } = await runToFigures({ answer: noisy })
    expect(outcome.decodeTokensPerSecond.count).toBe(10)
  })

  test('a coarser target is met earlier', async () => {
    const repetitions = { minimum: 3, maximum: 10, targetRelativeError: 0.12 }
    const { outcome } = await runToFigures({ answer: noisy, request: () => ({ repetitions }) })
    expect(outcome.decodeTokensPerSecond.count).toBeLessThan(6)
  })

  test('a single repetition is enough where only one is allowed', async () => {
    const repetitions = { minimum: 1, maximum: 1, targetRelativeError: 0.02 }
    const { outcome } = await runToFigures({ request: () => ({ repetitions }) })
    expect(outcome.decodeTokensPerSecond).toMatchObject({ count: 1, interval: null })
  })
})

describe('a hopeless trial', () => {
  const request = () => ({ abandonAboveTurnSeconds: 10 })

  test('is cut short in its first answer, with the rates seen so far', async () => {
    const { outcome, daemon } = await runToFigures({ answer: () => ({ secondsPerToken: 1 }), request })
    expect(outcome.stoppedEarly).toBe(true)
    expect(daemon.requests).toHaveLength(1)
    expect(outcome.repetitions).toMatchObject([{ isWarmUp: false, outputTokens: 16 }])
    expect(outcome.decodeTokensPerSecond).toMatchObject({ count: 1 })
    expect(outcome.decodeTokensPerSecond.mean).toBeCloseTo(1)
  })

  test('is given up by the clock where hardly a token comes, well before the general limit', async () => {
    const { outcome } = await run({ answer: () => ({ secondsPerToken: 20, outputTokens: 3 }), request })
    expect(outcome).toEqual({ kind: 'timeout', message: 'The answer was not finished within 40 s.' })
  })

  test('is not given up while others are to blame', async () => {
    const usedByOthers: Behaviour = {
      secondsPerToken: 1,
      // The cut-off answer never reaches its end, so the other program shows up while it runs.
      onToken: (daemon) => daemon.addForeign('other:latest'),
    }
    const { outcome } = await runToFigures({ answer: onlyAnswer(1, usedByOthers), request })
    expect(outcome.stoppedEarly).toBe(false)
    expect(outcome.decodeTokensPerSecond.mean).toBeCloseTo(20)
  })

  test('a trial that can still win runs to its end', async () => {
    const { outcome } = await runToFigures({ answer: () => ({ secondsPerToken: 0.09 }), request })
    expect(outcome.stoppedEarly).toBe(false)
  })
})

describe('what others disturb is measured again', () => {
  test.each<[string, Behaviour]>([
    ['a reload under the request', { loadSeconds: 1.2 }],
    ['a request ahead of ours', { totalSeconds: 30 }],
    ['a foreign model', { meanwhile: (daemon) => daemon.addForeign('other:latest') }],
    ['a busy server', { error: new AttuneError({ code: 'daemonBusy', message: 'busy', hint: '' }) }],
  ])('%s', async (_, behaviour) => {
    const { outcome, daemon, activities } = await runToFigures({ answer: onlyAnswer(2, behaviour) })
    expect(daemon.requests).toHaveLength(5)
    expect(outcome.repetitions).toHaveLength(4)
    expect(activities.map(({ code }) => code)).toContain('measure.waiting')
  })

  test('a disturbed warm-up has still warmed up', async () => {
    const { daemon } = await runToFigures({ answer: onlyAnswer(0, { loadSeconds: 1.2 }) })
    expect(daemon.requests).toHaveLength(4)
  })

  test('a model that somebody unloads after the warm-up is not missed for ever', async () => {
    const unloaded: Behaviour = { meanwhile: (daemon) => void (daemon.loaded = []) }
    const { outcome, daemon } = await runToFigures({ answer: onlyAnswer(0, unloaded) })
    expect(outcome.repetitions).toHaveLength(4)
    expect(daemon.requests).toHaveLength(4)
  })

  test('others that never stop make the trial one of interference, in bounded time', async () => {
    const { outcome, daemon } = await run({ answer: (index) => (index === 0 ? {} : { totalSeconds: 30 }) })
    expect(outcome).toMatchObject({
      kind: 'interference',
      message: expect.stringMatching(/^Another request kept the model busy/),
      disturbances: Array.from({ length: 5 }, () => ({ code: 'measure.queued' })),
    })
    expect(daemon.requests).toHaveLength(6)
  })

  test('a busy processor is waited out, and its share is on record', async () => {
    // One of two cores is the daemon's, the other belongs to others until they finish.
    const watch = (clock: FakeClock, untilSeconds: number): ProcessorWatch => ({
      read: () =>
        Promise.resolve({
          atSeconds: clock.now(),
          cores: 2,
          busySeconds: clock.now() + Math.min(clock.now(), untilSeconds),
          daemonSeconds: new Map([[1, clock.now()]]),
          ownSeconds: 0,
        }),
    })
    const passing = await runToFigures({ request: (clock) => ({ processorWatch: watch(clock, clock.now() + 15) }) })
    expect(passing.outcome.repetitions.map(({ otherLoadShare }) => otherLoadShare)).toEqual([0.5, 0, 0, 0])
    const lasting = await run({ request: (clock) => ({ processorWatch: watch(clock, Infinity) }) })
    expect(lasting.outcome).toMatchObject({
      kind: 'interference',
      message: 'Other programs used 50% of the processor during the measurement.',
    })
  })

  test('a model that another program loads in between is loaded again', async () => {
    let loads = 0
    const { outcome, daemon } = await runToFigures({
      load: (daemon) => {
        loads++
        if (loads === 1) daemon.loaded = []
        if (loads === 1) daemon.addForeign('other:latest')
      },
    })
    expect(daemon.calls.filter((call) => call === 'load')).toHaveLength(2)
    expect(outcome.repetitions).toHaveLength(4)
  })
})

describe('answers that cannot be measured', () => {
  const repeating = new AttuneError({ code: 'daemonError', message: 'ended without figures', hint: '' })

  test.each<[string, Behaviour]>([
    ['a model that stops at once', { outputTokens: 2, doneReason: 'stop' }],
    ['a model that repeats itself until the daemon breaks it off', { errorAfterTokens: 40, error: repeating }],
  ])('%s gets another prompt', async (_, behaviour) => {
    const { outcome, daemon } = await runToFigures({ answer: onlyAnswer(1, behaviour) })
    expect(daemon.requests).toHaveLength(5)
    expect(outcome.repetitions).toHaveLength(4)
  })

  test('a daemon that cuts every prompt short fails the trial and says so', async () => {
    const { outcome } = await run({ answer: () => ({ tokensPerWord: 0.4 }) })
    expect(outcome).toEqual({ kind: 'failed', message: expect.stringMatching(/cuts long texts short/) })
  })
})

describe('failures', () => {
  const failing = (code: AttuneError['code']) => () => ({
    error: new AttuneError({ code, message: `it was ${code}`, hint: 'none' }),
  })

  test.each([
    ['outOfMemory', 'outOfMemory'],
    ['timeout', 'timeout'],
    ['daemonDisconnected', 'failed'],
    ['engineCrashed', 'failed'],
    ['daemonError', 'failed'],
  ] as const)('%s while answering ends the trial as %s', async (code, kind) => {
    const { outcome } = await run({ answer: failing(code) })
    expect(outcome).toEqual({ kind, message: `it was ${code}` })
  })

  test('an answer beyond its limit is cut off, and the steady rate of its tokens is the result', async () => {
    const { outcome, daemon } = await runToFigures({
      answer: () => ({ secondsPerToken: 2 }),
      request: () => ({ limits: { loadSeconds: 300, repetitionSeconds: 60 } }),
    })
    expect(outcome.stoppedEarly).toBe(true)
    expect(outcome.decodeTokensPerSecond.mean).toBeCloseTo(0.5)
    expect(daemon.requests).toHaveLength(1)
  })

  test('an answer beyond its limit with hardly a token is a timeout', async () => {
    const { outcome } = await run({
      answer: () => ({ secondsPerToken: 20, outputTokens: 5 }),
      request: () => ({ limits: { loadSeconds: 300, repetitionSeconds: 60 } }),
    })
    expect(outcome).toEqual({ kind: 'timeout', message: 'The answer was not finished within 60 s.' })
  })

  test('a load beyond its limit is a timeout', async () => {
    const { outcome } = await run({ request: () => ({ limits: { loadSeconds: 1, repetitionSeconds: 60 } }) })
    expect(outcome).toEqual({ kind: 'timeout', message: 'The model was not loaded within 1.0 s.' })
  })

  test('a model that is not there after its load fails the trial', async () => {
    const { outcome } = await run({ load: (daemon) => void (daemon.loaded = []) })
    expect(outcome).toEqual({ kind: 'failed', message: expect.stringMatching(/does not list it/) })
  })

  test('a spill into main memory is told from a slow setting', async () => {
    const expectations = { decodeTokensPerSecond: 60, availableVramMiB: 260 }
    expect((await run({ request: () => ({ expectations }) })).outcome.kind).toBe('spill')
  })

  test('a defect of our own is no outcome', async () => {
    await expect(run({ answer: () => ({ error: new TypeError('a defect') }) })).rejects.toThrow('a defect')
  })
})

describe('stopping', () => {
  function abortingAt(answer: number, reason: string): Scenario {
    const controller = new AbortController()
    return {
      answer: onlyAnswer(answer, { onToken: () => controller.abort(reason) }),
      request: () => ({ signal: controller.signal }),
    }
  }

  test.each([0, 2])('skipping in answer %i gives a skipped trial at once', async (answer) => {
    const { outcome, daemon } = await run(abortingAt(answer, skip))
    expect(outcome).toEqual({ kind: 'skipped', message: 'Skipped at your request.' })
    expect(daemon.requests).toHaveLength(answer + 1)
  })

  test('any other reason leaves the trial without an outcome', async () => {
    await expect(run(abortingAt(1, 'stop'))).rejects.toMatchObject({ code: 'cancelled' })
  })

  test('a trial that is skipped before it began does nothing', async () => {
    const { outcome, daemon } = await run({ request: () => ({ signal: AbortSignal.abort(skip) }) })
    expect(outcome.kind).toBe('skipped')
    expect(daemon.calls).toEqual([])
  })
})
