import { describe, expect, test } from 'vitest'
import type { LoadedModel } from '../../../main/ollama/daemon.ts'
import type { Circumstances } from '../../../main/measure/disturbance.ts'
import { createPatience, findDisturbance, takeSnapshot } from '../../../main/measure/disturbance.ts'
import type { ProcessorWatch } from '../../../main/measure/processor-watch.ts'
import { createFakeClock } from './fake-daemon.ts'

const expiry = (seconds: number) => new Date(1_700_000_000_000 + seconds * 1000)
const own: LoadedModel = {
  name: 'base:latest',
  digest: 'a',
  sizeMiB: 100,
  vramMiB: 0,
  contextLength: 4096,
  expiresAt: expiry(600),
}
const other: LoadedModel = { ...own, name: 'other:latest', digest: 'b', expiresAt: expiry(250) }

/** Ten quiet seconds, in which another model lies idle; fields of the second snapshot and the rest override. */
function circumstances(after: LoadedModel[], rest: Partial<Circumstances> = {}): Circumstances {
  return {
    before: takeSnapshot([own, other], 'base', 100),
    after: takeSnapshot(after, 'base', 110),
    durations: { loadSeconds: 0.02, queueSeconds: 0.02, totalSeconds: 10 },
    processorUse: { cores: 8, daemonShare: 0.9, otherShare: 0.01 },
    ...rest,
  }
}

const served: LoadedModel = { ...own, expiresAt: expiry(610) }

describe('findDisturbance', () => {
  test.each([
    ['quiet seconds beside an idle model', circumstances([served, other])],
    ['an idle model that expired', circumstances([served])],
    ['an expiry that the daemon has not moved yet', circumstances([own, other])],
    ['an expiry that moves by two requests at once', circumstances([{ ...own, expiresAt: expiry(640) }, other])],
    ['a daemon that tells no expiry', circumstances([{ ...served, expiresAt: null }, other])],
    ['an unreadable processor', circumstances([served, other], { processorUse: null })],
    ['an answer without figures', circumstances([served, other], { durations: null })],
    [
      'a long answer with a residual in proportion',
      circumstances([served, other], { durations: { loadSeconds: 0.02, queueSeconds: 0.9, totalSeconds: 60 } }),
    ],
  ])('%s are none', (_, circumstances) => {
    expect(findDisturbance(circumstances)).toBeNull()
  })

  test.each([
    [
      'a reload under the request',
      circumstances([served, other], { durations: { loadSeconds: 0.4, queueSeconds: 0, totalSeconds: 10 } }),
      'measure.reloaded',
    ],
    [
      'another context length than before',
      circumstances([{ ...served, contextLength: 8192 }, other]),
      'measure.otherContext',
    ],
    ['our model gone', circumstances([other]), 'measure.reloaded'],
    [
      'a request ahead of ours',
      circumstances([served, other], { durations: { loadSeconds: 0, queueSeconds: 0.66, totalSeconds: 10 } }),
      'measure.queued',
    ],
    ['a model that appeared', circumstances([served, other, { ...other, digest: 'c' }]), 'measure.otherModel'],
    [
      'another model that was used',
      circumstances([served, { ...other, expiresAt: expiry(255) }]),
      'measure.otherModel',
    ],
    [
      'our model kept shorter by another client',
      circumstances([{ ...own, expiresAt: expiry(310) }]),
      'measure.otherClient',
    ],
    [
      'our model kept longer by another client',
      circumstances([{ ...own, expiresAt: expiry(9e6) }]),
      'measure.otherClient',
    ],
    [
      'an eighth of a core on a small computer',
      circumstances([served], { processorUse: { cores: 2, daemonShare: 0.9, otherShare: 0.0625 } }),
      'measure.busyProcessor',
    ],
    [
      'a whole core on a computer of sixteen',
      circumstances([served], { processorUse: { cores: 16, daemonShare: 0.5, otherShare: 1 / 16 } }),
      'measure.busyProcessor',
    ],
  ])('%s is one', (_, circumstances, code) => {
    expect(findDisturbance(circumstances)?.code).toBe(code)
  })

  test.each([
    ['a twentieth of a core of two', { cores: 2, daemonShare: 1, otherShare: 0.025 }],
    ['two fifths of a core of sixteen', { cores: 16, daemonShare: 1, otherShare: 0.4 / 16 }],
    [
      'three cores of sixteen beside a model on the graphics card',
      { cores: 16, daemonShare: 1 / 16, otherShare: 3 / 16 },
    ],
  ])('others at %s are too little to matter', (_, processorUse) => {
    expect(findDisturbance(circumstances([served], { processorUse }))).toBeNull()
  })
})

describe('createPatience', () => {
  /** A computer of two cores that others keep fully busy until some instant. */
  function busyUntil(clock: ReturnType<typeof createFakeClock>, untilSeconds: number): ProcessorWatch {
    return {
      read: () =>
        Promise.resolve({
          atSeconds: clock.now(),
          cores: 2,
          busySeconds: 2 * Math.min(clock.now(), untilSeconds),
          daemonSeconds: new Map([[1, 0]]),
          ownSeconds: 0,
        }),
    }
  }
  const setting = (clock: ReturnType<typeof createFakeClock>, processorWatch: ProcessorWatch) => ({
    clock,
    processorWatch,
    onActivity: () => undefined,
    signal: new AbortController().signal,
  })

  const busy = { code: 'measure.busyProcessor', values: {} } as const
  const queued = { code: 'measure.queued', values: {} } as const

  test('waits until the processor is at rest', async () => {
    const clock = createFakeClock()
    const patience = createPatience(setting(clock, busyUntil(clock, clock.now() + 12)))
    expect(await patience(busy)).toBe(true)
    expect(clock.now()).toBe(114)
  })

  test('gives up on a processor that does not come to rest in half a minute', async () => {
    const clock = createFakeClock()
    const patience = createPatience(setting(clock, busyUntil(clock, Infinity)))
    expect(await patience(busy)).toBe(false)
    expect(clock.now()).toBe(130)
  })

  test('does not ask for a quiet processor where something else disturbed', async () => {
    const clock = createFakeClock()
    const patience = createPatience(setting(clock, busyUntil(clock, Infinity)))
    expect(await patience(queued)).toBe(true)
    expect(clock.now()).toBe(105)
  })

  test('gives up after five disturbances, however quiet it is in between', async () => {
    const clock = createFakeClock()
    const patience = createPatience(setting(clock, { read: () => Promise.resolve(null) }))
    const answers = []
    for (let disturbance = 0; disturbance < 5; disturbance++) answers.push(await patience(queued))
    expect(answers).toEqual([true, true, true, true, false])
  })
})
