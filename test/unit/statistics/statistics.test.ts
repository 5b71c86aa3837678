import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, drawNormal } from '../../../main/search/random.ts'
import {
  estimate,
  pooledVariance,
  ratioEstimate,
  sampleVariance,
  standardError,
} from '../../../main/statistics/statistics.ts'

describe('estimate', () => {
  it('gives mean, Student-t interval and count', () => {
    const { mean, interval, count } = estimate([10, 12, 14])
    expect(mean).toBe(12)
    expect(count).toBe(3)
    // sd 2, t(0.975, 2) = 4.3027: half width 4.3027 · 2 / √3.
    expect(interval?.low).toBeCloseTo(12 - 4.9683, 3)
    expect(interval?.high).toBeCloseTo(12 + 4.9683, 3)
  })

  it('has no interval after one value and refuses none', () => {
    expect(estimate([5])).toEqual({ mean: 5, interval: null, count: 1 })
    expect(() => estimate([])).toThrow(RangeError)
  })

  it('covers the true mean in 95 of 100 samples', () => {
    const random = createRandom(11)
    let covered = 0
    for (let i = 0; i < 2000; i++) {
      const { interval } = estimate(Array.from({ length: 4 }, () => 3 + drawNormal(random)))
      if (interval && interval.low <= 3 && interval.high >= 3) covered += 1
    }
    expect(covered / 2000).toBeGreaterThan(0.935)
    expect(covered / 2000).toBeLessThan(0.965)
  })

  it.each([
    [30, 2.0423],
    [31, 2.0395],
    [60, 2.0003],
    [1000, 1.9623],
  ])('has the published factor for %i degrees of freedom', (degreesOfFreedom, published) => {
    const values = Array.from({ length: degreesOfFreedom + 1 }, (_, index) => index % 2)
    const half = ((estimate(values).interval?.high ?? 0) - (estimate(values).interval?.low ?? 0)) / 2
    expect(half / (standardError(values) ?? 0)).toBeCloseTo(published, 4)
  })

  it('lies within the values, its interval around it, and scales with the unit', () => {
    const someValues = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 })
    fc.assert(
      fc.property(someValues, fc.double({ min: 0.01, max: 100, noNaN: true }), (values, factor) => {
        const { mean, interval } = estimate(values)
        expect(mean).toBeGreaterThanOrEqual(Math.min(...values) * (1 - 1e-9))
        expect(mean).toBeLessThanOrEqual(Math.max(...values) * (1 + 1e-9))
        if (!interval) throw new Error('two values have an interval')
        expect(interval.low).toBeLessThanOrEqual(mean)
        expect(interval.high).toBeGreaterThanOrEqual(mean)
        expect(estimate(values.map((value) => value * factor)).mean / factor / mean).toBeCloseTo(1, 9)
      }),
      { seed: 1 },
    )
  })
})

describe('standardError', () => {
  it('is the deviation over the root of the count, and unknown for one value', () => {
    expect(standardError([10, 12, 14])).toBeCloseTo(2 / Math.sqrt(3), 12)
    expect(standardError([3])).toBeNull()
  })
})

describe('pooledVariance', () => {
  it('ignores that groups lie apart', () => {
    expect(pooledVariance([[1, 3], [101, 103, 105], [7]])).toEqual({ variance: (2 + 8) / 3, degreesOfFreedom: 3 })
  })

  it('is unknown without repeats', () => {
    expect(pooledVariance([[1], [2]])).toBeNull()
    expect(sampleVariance([4])).toBeNull()
  })
})

describe('an estimate of a ratio scale', () => {
  const spread = { variance: 0.02 ** 2, degreesOfFreedom: 6 }

  it('never reaches zero, however few the values and however large the spread', () => {
    const { interval } = ratioEstimate([0.5, 3], { variance: 4, degreesOfFreedom: 1 })
    expect(interval?.low).toBeGreaterThan(0)
  })

  it('is symmetric in ratios and narrows with the number of values', () => {
    const two = ratioEstimate([10, 10], spread)
    const eight = ratioEstimate(
      Array.from({ length: 8 }, () => 10),
      spread,
    )
    expect((two.interval?.high ?? 0) / 10).toBeCloseTo(10 / (two.interval?.low ?? 0))
    expect(Math.log((two.interval?.high ?? 0) / 10) / Math.log((eight.interval?.high ?? 0) / 10)).toBeCloseTo(2)
  })

  it('has no interval for one value and no meaning for none', () => {
    expect(ratioEstimate([7], spread)).toEqual({ mean: 7, interval: null, count: 1 })
    expect(() => ratioEstimate([], spread)).toThrow(RangeError)
  })
})
