import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../main/search/random.ts'
import { maximumDimensions, sobolPoints } from '../../../../main/search/samplers/sobol/sobol-sequence.ts'

describe('the Sobol sequence', () => {
  it('begins as Joe and Kuo publish it', () => {
    expect(sobolPoints(10, 3)).toEqual([
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
      [0.1875, 0.3125, 0.9375],
      [0.6875, 0.8125, 0.4375],
    ])
  })

  it('visits every 2⁻ᵏ of each dimension once in its first 2ᵏ points, scrambled or not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 8 }),
        fc.integer({ min: 1, max: maximumDimensions }),
        fc.option(fc.integer({ min: 0, max: 1e9 }), { nil: null }),
        (power, dimensions, seed) => {
          const points = sobolPoints(2 ** power, dimensions, seed === null ? undefined : createRandom(seed))
          for (let dimension = 0; dimension < dimensions; dimension++) {
            const cells = points.map((point) => Math.floor((point[dimension] ?? -1) * 2 ** power))
            expect(cells.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 2 ** power }, (_, cell) => cell))
          }
        },
      ),
      { seed: 4, numRuns: 60 },
    )
  })

  it.each([1, 2, 3])(
    'puts one of four points into each quarter of its first two dimensions, scrambled by %i',
    (seed) => {
      const quarters = sobolPoints(4, 2, createRandom(seed)).map(
        ([x = 0, y = 0]) => 2 * Math.floor(2 * x) + Math.floor(2 * y),
      )
      expect(quarters.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3])
    },
  )

  it('is scrambled anew by another seed, alike by the same', () => {
    const scrambled = (seed: number) => sobolPoints(16, 4, createRandom(seed))
    expect(scrambled(1)).toEqual(scrambled(1))
    expect(scrambled(1)).not.toEqual(scrambled(2))
  })

  it('puts its first point anywhere, once scrambled', () => {
    const first = Array.from({ length: 2000 }, (_, seed) => sobolPoints(1, 1, createRandom(seed))[0]?.[0] ?? -1)
    for (const edge of [0.1, 0.25, 0.5, 0.9]) {
      expect(first.filter((x) => x < edge).length / 2000).toBeCloseTo(edge, 1)
    }
  })

  it('integrates a smooth function far better than as many random points', () => {
    const integrand = (point: number[]) => point.reduce((product, x) => product * (1 + (x - 0.5)), 1)
    const errors = (pointsOf: (seed: number) => number[][]) =>
      Array.from({ length: 30 }, (_, seed) => {
        const points = pointsOf(seed)
        return (points.reduce((sum, point) => sum + integrand(point), 0) / points.length - 1) ** 2
      }).reduce((sum, square) => sum + square, 0)
    const uniform = (seed: number) => {
      const random = createRandom(seed)
      return Array.from({ length: 256 }, () => [random(), random(), random(), random()])
    }
    expect(errors((seed) => sobolPoints(256, 4, createRandom(seed)))).toBeLessThan(errors(uniform) / 100)
  })

  it('says where its table ends', () => {
    expect(sobolPoints(2, maximumDimensions)).toHaveLength(2)
    expect(() => sobolPoints(2, maximumDimensions + 1)).toThrow(RangeError)
  })
})
