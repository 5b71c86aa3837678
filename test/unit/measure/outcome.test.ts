import { describe, expect, test } from 'vitest'
import { AttuneError } from '../../../preload/contract/errors.ts'
import type { Load, Repetition } from '../../../preload/contract/trial.ts'
import { trialOutcomeSchema } from '../../../preload/contract/trial.ts'
import { outcomeOfError, relabelSpill, summarise, turnSeconds, unsuccessful } from '../../../main/measure/outcome.ts'
import { TimeLimitExceeded } from '../../../main/measure/time-limit.ts'

const load: Load = { loadSeconds: 3, memory: { ramMiB: 100, vramMiB: 7600 }, contextLength: 4096 }
const repetition = (decodeTokensPerSecond: number, isWarmUp = false): Repetition => ({
  isWarmUp,
  promptTokens: 400,
  outputTokens: 100,
  ttftSeconds: 1,
  prefillTokensPerSecond: 400,
  decodeTokensPerSecond,
  totalSeconds: 6,
  queueSeconds: 0.01,
  otherLoadShare: null,
  isOutlier: false,
})

test('a turn is the time to the first token plus the whole asked output at the decode rate', () => {
  expect(turnSeconds({ ...repetition(20), outputTokens: 30 }, 100)).toBe(6)
})

describe('summarise', () => {
  test('lists the warm-up without counting it', () => {
    const outcome = summarise(load, [repetition(5, true), repetition(20), repetition(22)], 100, false)
    expect(outcome.repetitions).toHaveLength(3)
    expect(outcome.decodeTokensPerSecond).toMatchObject({ mean: 21, count: 2 })
    expect(trialOutcomeSchema.safeParse(outcome).success).toBe(true)
  })

  test('flags an outlier and keeps it in the estimate', () => {
    const rates = [20, 20.1, 19.9, 20.05, 10]
    const outcome = summarise(
      load,
      rates.map((rate) => repetition(rate)),
      100,
      false,
    )
    expect(outcome.repetitions.map(({ isOutlier }) => isOutlier)).toEqual([false, false, false, false, true])
    expect(outcome.decodeTokensPerSecond.mean).toBeCloseTo(18.01)
  })
})

describe('relabelSpill', () => {
  const outcome = summarise(load, [repetition(10)], 100, false)

  test('full graphics memory and less than half the expected speed are a spill', () => {
    expect(relabelSpill(outcome, { decodeTokensPerSecond: 43, availableVramMiB: 8000 })).toEqual({
      kind: 'spill',
      load,
      decodeTokensPerSecond: 10,
      message: 'Graphics memory overflowed into main memory: 10.0 tokens/s instead of about 43.0.',
    })
  })

  test.each([
    ['room left', { decodeTokensPerSecond: 43, availableVramMiB: 12_000 }],
    ['merely slow', { decodeTokensPerSecond: 18, availableVramMiB: 8000 }],
    ['nothing to compare with', null],
  ])('%s: not a spill', (_, expectations) => {
    expect(relabelSpill(outcome, expectations)).toBe(outcome)
  })
})

describe('outcomeOfError', () => {
  const attuneError = (code: AttuneError['code']) => new AttuneError({ code, message: `it was ${code}`, hint: '' })

  test.each([
    ['outOfMemory', 'outOfMemory'],
    ['timeout', 'timeout'],
    ['daemonBusy', 'interference'],
    ['daemonDisconnected', 'failed'],
    ['engineCrashed', 'failed'],
    ['modelNotFound', 'failed'],
  ] as const)('%s makes the trial %s', (code, kind) => {
    expect(outcomeOfError(attuneError(code), 'loading')).toEqual({ kind, message: `it was ${code}` })
  })

  test('a limit of our own says what took too long', () => {
    const limit = new TimeLimitExceeded(90)
    expect(outcomeOfError(limit, 'loading')).toEqual({
      kind: 'timeout',
      message: 'The model was not loaded within 90 s.',
    })
    expect(outcomeOfError(limit, 'answering').kind).toBe('timeout')
  })

  test('a cancellation and a defect are no outcome', () => {
    const defect = new TypeError('undefined is not a function')
    expect(() => outcomeOfError(attuneError('cancelled'), 'loading')).toThrow('cancelled')
    expect(() => outcomeOfError(defect, 'loading')).toThrow(defect)
  })
})

test('an unsuccessful outcome carries a sentence', () => {
  expect(unsuccessful('interference', { code: 'measure.queued', values: { seconds: 0.66 } })).toEqual({
    kind: 'interference',
    message: 'Another request kept the model busy for 0.7 s.',
  })
})
