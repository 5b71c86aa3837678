import { describe, expect, it } from 'vitest'
import { createRandom, drawNormal } from '../../../main/search/random.ts'
import { estimate, pooledVariance, sampleVariance } from '../../../main/search/statistics.ts'

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
