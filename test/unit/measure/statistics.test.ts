import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { estimate, outlierFlags, standardError } from '../../../main/measure/statistics.ts'

const someValues = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 })

describe('estimate', () => {
  test('one value has no interval', () => {
    expect(estimate([3])).toEqual({ mean: 3, interval: null, count: 1 })
  })

  test('agrees with a textbook: 10, 12, 14 has mean 12 and a half width of 4.303 · 2 / √3', () => {
    const { mean, interval, count } = estimate([10, 12, 14])
    expect([mean, count]).toEqual([12, 3])
    expect(interval?.high).toBeCloseTo(12 + (4.303 * 2) / Math.sqrt(3), 10)
    expect(interval?.low).toBeCloseTo(12 - (4.303 * 2) / Math.sqrt(3), 10)
  })

  test.each([
    [30, 2.0423],
    [31, 2.0395],
    [60, 2.0003],
    [1000, 1.9623],
  ])('its factor for %i degrees of freedom is the published one', (degreesOfFreedom, published) => {
    const values = Array.from({ length: degreesOfFreedom + 1 }, (_, index) => index % 2)
    const half = ((estimate(values).interval?.high ?? 0) - (estimate(values).interval?.low ?? 0)) / 2
    expect(half / (standardError(values) ?? 0)).toBeCloseTo(published, 2)
  })

  test('lies within the values, its interval around it, and scales with the unit', () => {
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

describe('outlierFlags', () => {
  test.each([
    ['a value far off', [10, 10.1, 9.9, 10.2, 20], [false, false, false, false, true]],
    ['a value far off among equal ones, where MAD is 0', [10, 10, 10, 10, 10, 10, 11], [...Array(6).fill(false), true]],
    ['nothing among equal values', [10, 10, 10, 10, 10], [false, false, false, false, false]],
    [
      'nothing among few values, of which two may agree by chance',
      [10, 10.01, 12, 10.02],
      [false, false, false, false],
    ],
    ['a hiccup even among three', [10, 10.3, 16], [false, false, true]],
    ['nothing in ordinary noise', [10, 10.4, 9.7, 10.1, 9.8], [false, false, false, false, false]],
  ])('marks %s', (_, values, flags) => {
    expect(outlierFlags(values)).toEqual(flags)
  })

  test('never marks half of the values or more, and follows their order', () => {
    fc.assert(
      fc.property(someValues, (values) => {
        const flags = outlierFlags(values)
        expect(flags.filter(Boolean).length * 2).toBeLessThan(values.length)
        expect(outlierFlags(values.toReversed())).toEqual(flags.toReversed())
      }),
      { seed: 1 },
    )
  })
})
