import { describe, expect, it } from 'vitest'
import { driftCorrection, driftShare, estimateDrift, noDrift } from '../../../main/search/drift.ts'
import { createRandom, drawNormal } from '../../../main/search/random.ts'

const prior = { variance: 0.02 ** 2, degreesOfFreedom: 5 }
const falling = (seconds: readonly number[], perSecond: number) =>
  seconds.map((atSeconds) => ({ atSeconds, logSpeed: 3 + perSecond * atSeconds }))

describe('estimateDrift', () => {
  it('follows a clear loss of speed, nearly in full', () => {
    const drift = estimateDrift(falling([0, 20, 300, 320, 600], -0.0005), prior)
    expect(drift.perSecond).toBeLessThan(-0.0004)
    expect(drift.perSecond).toBeGreaterThanOrEqual(-0.0005)
    expect(driftShare(drift)).toBeCloseTo(Math.expm1(-0.3), 1)
  })

  it('sees none in two loads, in loads at one time, or in noise', () => {
    expect(estimateDrift(falling([0, 600], -0.001), prior)).toEqual(noDrift)
    expect(estimateDrift(falling([5, 5, 5], -0.001), prior)).toEqual(noDrift)
    const noisy = [0, 20, 300, 600].map((atSeconds, i) => ({ atSeconds, logSpeed: [0.02, -0.02, 0.01, -0.01][i] ?? 0 }))
    expect(estimateDrift(noisy, prior)).toEqual(noDrift)
  })

  it('corrects steady computers in about one study of a hundred', () => {
    const random = createRandom(5)
    const studies = 3000
    let corrected = 0
    for (let study = 0; study < studies; study++) {
      const loads = [0, 20, 250, 480, 500].map((atSeconds) => ({ atSeconds, logSpeed: 0.02 * drawNormal(random) }))
      if (estimateDrift(loads, prior).perSecond !== 0) corrected += 1
    }
    expect(corrected / studies).toBeLessThan(0.015)
  })
})

describe('driftCorrection', () => {
  const drift = { perSecond: -0.001, fromSeconds: 100, toSeconds: 300 }

  it('brings speeds to what they were at the beginning', () => {
    expect(driftCorrection(drift, 100)).toBe(1)
    expect(driftCorrection(drift, 200)).toBeCloseTo(Math.exp(0.1))
  })

  it('does not extrapolate beyond what was watched', () => {
    expect(driftCorrection(drift, 0)).toBe(1)
    expect(driftCorrection(drift, 9999)).toBe(driftCorrection(drift, 300))
    expect(driftCorrection(noDrift, 50)).toBe(1)
  })
})
