import { describe, expect, it } from 'vitest'
import {
  displayedObjective,
  gainPercent,
  objectiveCost,
  observedCost,
  turnLimitSeconds,
  turnSeconds,
} from '../../../main/search/objective.ts'
import { okOutcome } from './problems.ts'

const workload = { promptTokens: 400, outputTokens: 120 }
const rates = { ttftSeconds: 2, decodeTokensPerSecond: 10, memory: { ramMiB: 3000, vramMiB: 2000 } }

describe('objectives', () => {
  it('of chat is the turn: time to first token and the answer', () => {
    expect(turnSeconds(rates, workload)).toBe(14)
    expect(objectiveCost('chat', rates, workload)).toBe(14)
  })

  it('of throughput is shown as tokens per second of a long answer', () => {
    expect(displayedObjective('throughput', objectiveCost('throughput', rates, workload))).toBeCloseTo(1024 / 104.4, 10)
  })

  it('of memory is RAM and VRAM together', () => {
    expect(objectiveCost('memory', rates, workload)).toBe(5000)
  })

  it('limits the turn for the memory goal alone', () => {
    expect(turnLimitSeconds('memory', 10)).toBeCloseTo(11)
    expect(turnLimitSeconds('memory', null)).toBeNull()
    expect(turnLimitSeconds('chat', 10)).toBeNull()
  })

  it('of a trial is the mean over its repetitions, warm-ups left out', () => {
    const outcome = okOutcome(100, 10, rates.memory, [0.1, 1, 0.5])
    outcome.repetitions[0]!.isWarmUp = true
    const turn = 400 / 100 + 1 / 10 + 0.012 + 12
    expect(observedCost('chat', outcome, workload)).toBeCloseTo((turn + 2 * turn) / 2, 10)
  })

  it('counts the warm-up when a hopeless trial ended in it', () => {
    const outcome = okOutcome(100, 10, rates.memory, [1])
    outcome.repetitions[0]!.isWarmUp = true
    expect(observedCost('chat', outcome, workload)).toBeCloseTo(4.112 + 12, 10)
  })
})

describe('gainPercent', () => {
  it('is the share saved of seconds and memory, and won of tokens per second', () => {
    expect(gainPercent('chat', Math.log(10 / 8))).toBeCloseTo(20)
    expect(gainPercent('memory', Math.log(10 / 8))).toBeCloseTo(20)
    expect(gainPercent('throughput', Math.log(10 / 8))).toBeCloseTo(25)
  })

  it('is negative for what is worse and zero for equals', () => {
    expect(gainPercent('chat', Math.log(8 / 10))).toBeCloseTo(-25)
    expect(gainPercent('throughput', Math.log(8 / 10))).toBeCloseTo(-20)
    expect(gainPercent('chat', 0)).toBeCloseTo(0)
  })
})
