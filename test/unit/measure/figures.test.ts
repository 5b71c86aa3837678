import { describe, expect, test } from 'vitest'
import type { Generation } from '../../../main/ollama/daemon.ts'
import { findFault, repetitionOfGeneration, TokenMeter } from '../../../main/measure/figures.ts'
import { buildPrompt, calibrate, uncalibrated } from '../../../main/measure/prompt.ts'
import { createRandom } from '../../../main/search/random.ts'

const workload = { promptTokens: 400, outputTokens: 120 }
const prompt = buildPrompt(workload, 4096, { tokensPerWord: 1, isMeasured: true }, createRandom(1))
const generation: Generation = {
  doneReason: 'length',
  promptTokens: 400,
  outputTokens: 120,
  totalSeconds: 9.5,
  loadSeconds: 0.25,
  promptEvalSeconds: 2,
  evalSeconds: 7,
  ttftSeconds: 2.3,
  wallSeconds: 9.6,
  chunks: 120,
}

test('figures are the documented quotients', () => {
  expect(repetitionOfGeneration(generation, false, 0.02)).toEqual({
    isWarmUp: false,
    promptTokens: 400,
    outputTokens: 120,
    ttftSeconds: 2.3,
    prefillTokensPerSecond: 200,
    // The first token belongs to prefill: 119 tokens in 7 s.
    decodeTokensPerSecond: 17,
    totalSeconds: 9.5,
    queueSeconds: 0.25,
    otherLoadShare: 0.02,
    isOutlier: false,
  })
})

describe('findFault', () => {
  test.each([
    ['a full answer', {}],
    ['a model that stopped after a quarter: its rates are sound', { outputTokens: 30, doneReason: 'stop' }],
  ])('%s has none', (_, overrides) => {
    expect(findFault({ ...generation, ...overrides }, prompt, calibrate(prompt, 400), workload)).toBeNull()
  })

  test.each([
    ['a prompt cut to half', { promptTokens: 200 }, 'measure.truncatedPrompt'],
    ['a model that stopped at once', { outputTokens: 3, doneReason: 'stop' }, 'measure.shortAnswer'],
    ['no text at all', { ttftSeconds: null }, 'measure.noFigures'],
    ['no duration of the prefill', { promptEvalSeconds: 0 }, 'measure.noFigures'],
    ['no duration of the decoding', { evalSeconds: 0 }, 'measure.noFigures'],
  ])('%s is one', (_, overrides, code) => {
    expect(findFault({ ...generation, ...overrides }, prompt, uncalibrated, workload)?.code).toBe(code)
  })
})

describe('TokenMeter', () => {
  function meterOf(ttftSeconds: number, secondsPerToken: number, count: number): TokenMeter {
    const meter = new TokenMeter()
    for (let token = 0; token < count; token++)
      meter.add({ text: 'a', atSeconds: ttftSeconds + token * secondsPerToken })
    return meter
  }

  test('knows time to first token and decode rate', () => {
    const meter = meterOf(2, 0.5, 11)
    expect([meter.count, meter.ttftSeconds, meter.lastSeconds, meter.decodeTokensPerSecond]).toEqual([11, 2, 7, 2])
  })

  test('a turn that will take half as long again is hopeless, except in the first answer', () => {
    // 2 + 100 · 0.13 = 15 s, 1.5 times the 10 s allowed.
    expect(meterOf(2, 0.13, 20).isHopeless(100, 10, false)).toBe(true)
    expect(meterOf(2, 0.13, 20).isHopeless(100, 10, true)).toBe(false)
    expect(meterOf(2, 0.2, 20).isHopeless(100, 10, true)).toBe(true)
  })

  test('a turn that has already taken too long is hopeless after a handful of tokens', () => {
    expect(meterOf(11, 1, 4).isHopeless(100, 10, false)).toBe(true)
    expect(meterOf(11, 1, 3).isHopeless(100, 10, false)).toBe(false)
    expect(meterOf(11, 1, 5).isHopeless(100, 10, true)).toBe(false)
  })

  test('a turn that would take more than ten times too long is hopeless just as soon', () => {
    // 2 + 100 · 1.3 = 132 s, and 10 · 1.25 · 10 = 125 s.
    expect(meterOf(2, 1.3, 4).isHopeless(100, 10, false)).toBe(true)
    expect(meterOf(2, 1.3, 3).isHopeless(100, 10, false)).toBe(false)
    expect(meterOf(2, 1.2, 4).isHopeless(100, 10, false)).toBe(false)
    expect(meterOf(2, 1.3, 4).isHopeless(100, 10, true)).toBe(false)
  })

  test('the rate of a stream counts only if it was alive when it was cut off', () => {
    // Tokens at 1, 3, 5 … 19 s.
    expect(meterOf(1, 2, 10).isSteadyUntil(20)).toBe(true)
    expect(meterOf(1, 2, 10).isSteadyUntil(60)).toBe(false)
    expect(meterOf(1, 2, 7).isSteadyUntil(14)).toBe(false)
    expect(new TokenMeter().isSteadyUntil(60)).toBe(false)
  })

  test('a turn within the margin is not', () => {
    expect(meterOf(2, 0.1, 99).isHopeless(100, 10, false)).toBe(false)
  })

  test('a few tokens, or a fraction of a second, condemn nobody', () => {
    expect(meterOf(2, 0.6, 15).isHopeless(100, 10, false)).toBe(false)
    expect(meterOf(1, 0.04, 20).isHopeless(100, 2, false)).toBe(false)
  })
})
