import { array, assert, double, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chanceOfConfirmation, decide } from '../../../main/search/verdict.ts'
import type { Decision, Evidence, Pair } from '../../../main/search/verdict.ts'

const quiet = { variance: 0.01 ** 2, degreesOfFreedom: 6 }
const evidence = (pairs: readonly Pair[], more: Partial<Evidence> = {}): Evidence => ({
  goal: 'chat',
  pairs,
  isCutShort: false,
  loadSpread: null,
  repetitionDeviation: 0.01,
  earlierBaselineCosts: [],
  mostPairs: 5,
  ...more,
})
const pair = (baselineCost: number, candidateCost: number): Pair => ({ baselineCost, candidateCost })
const width = ({ interval }: Decision) => (interval ? interval.high - interval.low : Number.NaN)

describe('decide', () => {
  it('adopts a gain that the interval proves', () => {
    const decision = decide(evidence([pair(10, 8), pair(10.1, 8.1), pair(9.9, 7.9)]))
    expect(decision).toMatchObject({ kind: 'improved', settled: true })
    expect(decision.gainPercent).toBeCloseTo(20, 0)
    expect(decision.interval?.low).toBeGreaterThan(0)
  })

  it('keeps the baseline when a worthwhile gain is unlikely', () => {
    expect(decide(evidence([pair(10, 9.95), pair(10, 9.96), pair(10, 9.94)], { loadSpread: quiet })).kind).toBe('keep')
  })

  it('keeps the baseline when the candidate is no better on average', () => {
    expect(decide(evidence([pair(10, 11), pair(10, 9.5)])).kind).toBe('keep')
  })

  it('keeps the baseline after a single pair that speaks clearly against the candidate', () => {
    expect(decide(evidence([pair(10, 10.6)])).kind).toBe('keep')
  })

  it('believes loads that were cut short only what one cold answer can tell', () => {
    const twice = [pair(23, 10), pair(22, 10)]
    expect(decide(evidence(twice)).kind).toBe('improved')
    expect(decide(evidence(twice, { isCutShort: true })).kind).not.toBe('improved')
    expect(decide(evidence([pair(900, 5), pair(1000, 5)], { isCutShort: true })).kind).toBe('improved')
  })

  it('does not adopt a sure gain that is too small', () => {
    const pairs = Array.from({ length: 5 }, () => pair(10, 9.75))
    const decision = decide(evidence(pairs, { loadSpread: { variance: 0.001 ** 2, degreesOfFreedom: 200 } }))
    expect(decision.interval?.low).toBeGreaterThan(0)
    expect(decision.kind).toBe('keep')
  })

  it('never adopts on one pair', () => {
    expect(decide(evidence([pair(10, 5)], { loadSpread: quiet }))).toMatchObject({
      kind: 'inconclusive',
      settled: false,
    })
  })

  it('is open without any pair', () => {
    expect(decide(evidence([]))).toMatchObject({ kind: 'inconclusive', interval: null, settled: false })
  })

  it('pays for repeated looks with wider intervals', () => {
    const pairs = [pair(10, 9), pair(10, 9.2), pair(10, 8.9)]
    expect(width(decide(evidence(pairs, { mostPairs: 6 })))).toBeGreaterThan(
      width(decide(evidence(pairs, { mostPairs: 3 }))),
    )
  })

  it('narrows few pairs by the spread that earlier loads showed, and never far below what computers are known for', () => {
    const pairs = [pair(10, 9.2), pair(10, 9.2)]
    const unknown = width(decide(evidence(pairs)))
    expect(width(decide(evidence(pairs, { loadSpread: quiet })))).toBeLessThan(unknown)
    const agreeing = { variance: 1e-9, degreesOfFreedom: 2 }
    expect(width(decide(evidence(pairs, { loadSpread: agreeing })))).toBeGreaterThan(0.5 * unknown)
    expect(width(decide(evidence(pairs, { repetitionDeviation: 0.06 })))).toBeGreaterThan(1.5 * unknown)
  })

  it('takes nearly exact memory figures as such', () => {
    const pairs = [pair(6000, 5600), pair(6000, 5600)]
    expect(decide(evidence(pairs, { goal: 'memory' }))).toMatchObject({ kind: 'improved', isTooSlow: false })
  })

  it('keeps the baseline when saving memory makes turns more than a tenth longer', () => {
    const pairs = [pair(6000, 5000), pair(6000, 5000)]
    const slow = { goal: 'memory', turnPairs: [pair(10, 11.5), pair(10, 11.4)] } as const
    expect(decide(evidence(pairs, slow))).toMatchObject({ kind: 'keep', isTooSlow: true, settled: true })
  })

  it('is not taken in by one slow load of the baseline', () => {
    const pairs = [pair(13, 10), pair(10, 10.01)]
    expect(decide(evidence(pairs, { loadSpread: quiet })).kind).not.toBe('improved')
  })

  it('asks for four pairs where the baseline has become slower since it was measured first', () => {
    const two = [pair(13, 10), pair(13.05, 10)]
    const earlier = { loadSpread: quiet, earlierBaselineCosts: [10, 10.02] }
    expect(decide(evidence(two)).kind).toBe('improved')
    expect(decide(evidence(two, earlier))).toMatchObject({ kind: 'inconclusive', settled: false })
    expect(decide(evidence([...two, ...two], earlier)).kind).toBe('improved')
  })

  it('gives up where the pairs that are left cannot be expected to prove anything', () => {
    const noisy = { loadSpread: { variance: 0.06 ** 2, degreesOfFreedom: 8 }, repetitionDeviation: 0.06, mostPairs: 4 }
    expect(decide(evidence([pair(10, 9.6), pair(10, 9.5)], noisy))).toMatchObject({
      kind: 'inconclusive',
      settled: true,
    })
  })

  it('depends neither on the unit of the costs nor on the order of the pairs', () => {
    const cost = double({ min: 1, max: 20, noNaN: true })
    assert(
      property(array(tuple(cost, cost), { minLength: 1, maxLength: 5 }), (costs) => {
        const pairs = costs.map(([a, b]) => pair(a, b))
        const { gainPercent, kind } = decide(evidence(pairs))
        const scaled = decide(evidence(pairs.map((p) => pair(p.baselineCost * 8, p.candidateCost * 8))))
        const reversed = decide(evidence(pairs.toReversed()))
        for (const other of [scaled, reversed]) {
          expect(other.kind).toBe(kind)
          expect(other.gainPercent).toBeCloseTo(gainPercent, 6)
        }
      }),
      { seed: 3 },
    )
  })

  it('never adopts what lies below three percent, and always shows an interval around the gain', () => {
    const cost = double({ min: 5, max: 10, noNaN: true })
    assert(
      property(array(tuple(cost, cost), { minLength: 1, maxLength: 5 }), (costs) => {
        const { kind, gainPercent, interval } = decide(evidence(costs.map(([a, b]) => pair(a, b))))
        expect(interval?.low).toBeLessThanOrEqual(gainPercent)
        expect(interval?.high).toBeGreaterThanOrEqual(gainPercent)
        if (kind === 'improved') expect(Math.min(gainPercent - 3, interval?.low ?? -1)).toBeGreaterThanOrEqual(0)
      }),
      { seed: 5 },
    )
  })
})

describe('the chance of a confirmation', () => {
  const before = { goal: 'chat' as const, loadSpread: null, repetitionDeviation: 0.02, earlierBaselineCosts: [] }
  const chance = (logRatio: number, mostPairs = 5) =>
    chanceOfConfirmation({ ...before, mostPairs }, logRatio, { baseline: 2, candidate: 1 })

  it('grows with the gain and with the pairs', () => {
    expect(chance(0.3)).toBeGreaterThan(0.99)
    expect(chance(0.1)).toBeGreaterThan(chance(0.05))
    expect(chance(0.06, 6)).toBeGreaterThan(chance(0.06, 2))
  })

  it('is small for what the noise of the search alone brings about', () => {
    expect(chance(0.03)).toBeLessThan(0.25)
    expect(chance(0)).toBeLessThan(0.05)
  })
})
