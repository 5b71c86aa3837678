import { describe, expect, it } from 'vitest'
import { createRandom, drawNormal } from '../../../main/search/random.ts'
import type { Random } from '../../../main/search/random.ts'
import { sampleVariance } from '../../../main/search/statistics.ts'
import { decide } from '../../../main/search/verdict.ts'
import type { Decision, Evidence, Pair } from '../../../main/search/verdict.ts'

const evidence = (pairs: readonly Pair[], more: Partial<Evidence> = {}): Evidence => ({
  goal: 'chat',
  pairs,
  loadSpread: null,
  plannedLooks: 1,
  ...more,
})
const pair = (baselineCost: number, candidateCost: number): Pair => ({ baselineCost, candidateCost })

describe('decide', () => {
  it('adopts a gain that the interval proves', () => {
    const decision = decide(evidence([pair(10, 8), pair(10.1, 8.1), pair(9.9, 7.9)]))
    expect(decision).toMatchObject({ kind: 'improved', settled: true, pairsToSettle: null })
    expect(decision.gainPercent).toBeCloseTo(20, 0)
    expect(decision.interval?.low).toBeGreaterThan(0)
  })

  it('keeps the baseline when a worthwhile gain is excluded', () => {
    expect(decide(evidence([pair(10, 9.95), pair(10, 9.96), pair(10, 9.94)])).kind).toBe('keep')
  })

  it('keeps the baseline when the candidate is no better on average', () => {
    expect(decide(evidence([pair(10, 11), pair(10, 9.5)])).kind).toBe('keep')
  })

  it('does not adopt a sure gain that is too small', () => {
    const decision = decide(evidence([pair(10, 9.75), pair(10, 9.76), pair(10, 9.74)]))
    expect(decision.interval?.low).toBeGreaterThan(0)
    expect(decision.kind).toBe('keep')
  })

  it('never adopts on one pair, and says how many would settle it', () => {
    const loadSpread = { variance: 0.01 ** 2, degreesOfFreedom: 4 }
    const decision = decide(evidence([pair(10, 8)], { loadSpread }))
    expect(decision).toMatchObject({ kind: 'inconclusive', settled: false, pairsToSettle: 2 })
    expect(decide(evidence([pair(10, 8)]))).toMatchObject({ kind: 'inconclusive', interval: null, pairsToSettle: 2 })
  })

  it('is open without any pair', () => {
    expect(decide(evidence([]))).toMatchObject({ kind: 'inconclusive', interval: null, settled: false })
  })

  it('foresees more pairs for a noisier gain', () => {
    const noisy = decide(evidence([pair(10, 9), pair(10, 9.9), pair(10, 8.8)]))
    expect(noisy.kind).toBe('inconclusive')
    expect(noisy.pairsToSettle).toBeGreaterThan(3)
  })

  it('pays for repeated looks with wider intervals', () => {
    const pairs = [pair(10, 9), pair(10, 9.2), pair(10, 8.9)]
    const width = ({ interval }: Decision) => (interval ? interval.high - interval.low : 0)
    expect(width(decide(evidence(pairs, { plannedLooks: 4 })))).toBeGreaterThan(width(decide(evidence(pairs))))
  })

  it('narrows few pairs by the spread that earlier loads showed', () => {
    const pairs = [pair(10, 9.4), pair(10, 9.2)]
    expect(decide(evidence(pairs)).kind).toBe('inconclusive')
    expect(decide(evidence(pairs, { loadSpread: { variance: 0.01 ** 2, degreesOfFreedom: 6 } })).kind).toBe('improved')
  })

  it('takes exact memory figures as they are', () => {
    const pairs = [pair(6000, 5600), pair(6000, 5600)]
    expect(decide(evidence(pairs, { goal: 'memory' }))).toMatchObject({ kind: 'improved', isTooSlow: false })
  })

  it('keeps the baseline when saving memory makes turns more than a tenth longer', () => {
    const pairs = [pair(6000, 5000), pair(6000, 5000)]
    const slow = { goal: 'memory', turnPairs: [pair(10, 11.5), pair(10, 11.4)] } as const
    expect(decide(evidence(pairs, slow))).toMatchObject({ kind: 'keep', isTooSlow: true, settled: true })
  })
})

/** Pairs of loads with the given spread, looked at from the second on, as a confirmation does. */
function confirm(random: Random, gain: number, sd: number, mostPairs: number): Decision {
  const load = (cost: number) => cost * Math.exp(sd * drawNormal(random))
  const earlier = sampleVariance([load(10), load(10), load(10)].map(Math.log))
  const pairs: Pair[] = []
  let decision = decide(evidence(pairs))
  while (pairs.length < mostPairs && !decision.settled) {
    pairs.push(pair(load(10), load(10 * (1 - gain))))
    if (pairs.length > 1) decision = decide(evidence(pairs, { loadSpread: earlier, plannedLooks: mostPairs - 1 }))
  }
  return decision
}

describe('over many confirmations', () => {
  it.each([0.005, 0.02, 0.05, 0.08])('adopts nothing more than rarely where nothing helps, at a spread of %f', (sd) => {
    const random = createRandom(17)
    let adopted = 0
    for (let study = 0; study < 2000; study++) if (confirm(random, 0, sd, 6).kind === 'improved') adopted += 1
    // One-sided 2.5 % over all looks at most; a false gain must also reach 3 %.
    expect(adopted / 2000).toBeLessThan(0.025)
  })

  it('finds a gain of 10 % at 2 % noise in at least 95 of 100', () => {
    const random = createRandom(19)
    let adopted = 0
    for (let study = 0; study < 400; study++) if (confirm(random, 0.1, 0.02, 4).kind === 'improved') adopted += 1
    expect(adopted / 400).toBeGreaterThanOrEqual(0.95)
  })

  it('finds a gain of 30 % at 5 % noise in at least 95 of 100', () => {
    const random = createRandom(23)
    let adopted = 0
    for (let study = 0; study < 400; study++) if (confirm(random, 0.3, 0.05, 6).kind === 'improved') adopted += 1
    expect(adopted / 400).toBeGreaterThanOrEqual(0.95)
  })
})
