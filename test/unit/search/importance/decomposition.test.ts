import { array, assert, double, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDecomposer } from '../../../../main/search/importance/decomposition.ts'
import { gridOf, keep } from './functions.ts'

const grid = gridOf([3, 4, 2])
const centred = (x: number) => x - 0.5
const shares = ({ factors, points }: typeof grid, of: (point: number[]) => number) => {
  const decomposer = createDecomposer(factors)
  return { ...decomposer.decompose(Float64Array.from(points, of)), order: decomposer.pairs }
}
const variance = (values: number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
}

describe('a decomposition over a full grid', () => {
  it('gives an additive function’s variance to its factors', () => {
    const { mains, pairs, rest } = shares(grid, ([a, b]) => 3 * a! + b!)
    const [ofA, ofB] = [variance([0, 1.5, 3]), variance([0, 1 / 3, 2 / 3, 1])]
    expect(mains[0]).toBeCloseTo(ofA / (ofA + ofB), 6)
    expect(mains[1]).toBeCloseTo(ofB / (ofA + ofB), 6)
    expect([mains[2], ...pairs, rest].every((share) => Math.abs(share!) < 1e-6)).toBe(true)
  })

  it('gives a product of centred inputs to their pair', () => {
    const { mains, pairs, order } = shares(grid, ([a, , c]) => centred(a!) * centred(c!))
    expect(order[1]).toEqual([0, 2])
    expect(pairs[1]).toBeCloseTo(1, 6)
    expect(mains.every((share) => Math.abs(share) < 1e-6)).toBe(true)
  })

  it('leaves what takes three factors to the rest', () => {
    expect(shares(grid, ([a, b, c]) => centred(a!) * centred(b!) * centred(c!)).rest).toBeCloseTo(1, 6)
  })

  it('equals Sobol’s indices by their definition, for any function', () => {
    const values = array(double({ min: -1, max: 1, noNaN: true }), {
      minLength: grid.points.length,
      maxLength: grid.points.length,
    })
    assert(
      property(values, (drawn) => {
        const total = variance(drawn)
        if (total < 1e-6) return
        const { mains } = createDecomposer(grid.factors).decompose(Float64Array.from(drawn))
        for (const [i, { count, levelOf }] of grid.factors.entries()) {
          const means = Array.from({ length: count }, (_, level) => {
            const of = drawn.filter((_, p) => levelOf[p] === level)
            return of.reduce((sum, value) => sum + value, 0) / of.length
          })
          expect(mains[i]).toBeCloseTo(variance(means) / total, 5)
        }
      }),
      { seed: 1 },
    )
  })

  it('has nothing to share where nothing differs', () => {
    expect(shares(grid, () => 7)).toMatchObject({ variance: 0, mains: [0, 0, 0], pairs: [0, 0, 0], rest: 0 })
  })
})

describe('a decomposition over what is left of a grid', () => {
  /** A triangle, so that the factors are correlated over the points. */
  const triangle = keep(grid, ([a, b]) => a! + b! <= 1.01)

  it('still finds that an additive function is one', () => {
    const { mains, pairs, rest, effects } = shares(triangle, ([a, b]) => 3 * a! + b!)
    expect(mains[0]! + mains[1]!).toBeCloseTo(1, 5)
    expect([mains[2], ...pairs, rest].every((share) => Math.abs(share!) < 1e-5)).toBe(true)
    expect(effects[0]![2]! - effects[0]![0]!).toBeCloseTo(3, 4)
    expect(effects[1]![1]! - effects[1]![0]!).toBeCloseTo(1 / 3, 4)
  })

  it('shares out all of the variance of any function', () => {
    const { mains, pairs, rest } = shares(triangle, ([a, b, c]) => Math.sin(5 * a! + 3 * b! * c!) + a!)
    expect([...mains, ...pairs, rest].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
    expect(rest).toBeGreaterThanOrEqual(0)
  })

  it('keeps its head where one factor follows from another', () => {
    const copies = { ...grid, factors: [grid.factors[0]!, grid.factors[0]!] }
    const { mains } = shares(copies, ([a]) => a!)
    expect(mains[0]).toBeCloseTo(0.5, 4)
    expect(mains[1]).toBeCloseTo(0.5, 4)
  })
})
