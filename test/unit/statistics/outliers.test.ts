import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outlierFlags } from '../../../main/statistics/outliers.ts'

const someValues = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 })

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
