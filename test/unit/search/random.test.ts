import { mean } from 'simple-statistics'
import { describe, expect, it } from 'vitest'
import { createRandom, drawNormal, shuffle } from '../../../main/search/random.ts'
import { sampleVariance } from '../../../main/statistics/statistics.ts'

const draws = (seed: number, count: number) => {
  const random = createRandom(seed)
  return Array.from({ length: count }, random)
}

describe('createRandom', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    expect(draws(7, 20)).toEqual(draws(7, 20))
    expect(draws(7, 20)).not.toEqual(draws(8, 20))
  })

  it('tells apart seeds that differ only above 32 bits', () => {
    expect(draws(1, 5)).not.toEqual(draws(2 ** 32 + 1, 5))
  })

  it('stays within [0, 1) and fills it evenly', () => {
    const values = draws(1, 20_000)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values)).toBeLessThan(1)
    const tenths = Array.from({ length: 10 }, (_, i) => values.filter((v) => Math.floor(v * 10) === i).length)
    // Chi-squared with 9 degrees of freedom exceeds 27.9 once in a thousand.
    expect(tenths.reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0)).toBeLessThan(27.9)
  })
})

describe('drawNormal', () => {
  it('has mean 0, variance 1 and the right tails', () => {
    const random = createRandom(3)
    const values = Array.from({ length: 20_000 }, () => drawNormal(random))
    expect(mean(values)).toBeCloseTo(0, 1)
    expect(sampleVariance(values)?.variance).toBeCloseTo(1, 1)
    expect(values.filter((v) => Math.abs(v) > 1.96).length / values.length).toBeCloseTo(0.05, 2)
  })
})

describe('shuffle', () => {
  it('keeps every item and leaves the input alone', () => {
    const items = [1, 2, 3, 4, 5, 6]
    const shuffled = shuffle(items, createRandom(1))
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items)
    expect(items).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('puts each item first about equally often', () => {
    const random = createRandom(5)
    const counts = [0, 0, 0]
    for (let i = 0; i < 6000; i++) counts[shuffle([0, 1, 2], random)[0] ?? 0]! += 1
    for (const count of counts) expect(count / 6000).toBeCloseTo(1 / 3, 1)
  })
})
