import { array, assert, integer, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hypervolume } from '../../../../main/search/objectives/hypervolume.ts'
import { createRandom } from '../../../../main/search/random.ts'

/** Union of boxes by inclusion and exclusion: exact by its definition, 2ⁿ terms. */
function byInclusionExclusion(points: readonly number[][], reference: readonly number[]): number {
  let sum = 0
  for (let subset = 1; subset < 2 ** points.length; subset++) {
    const chosen = points.filter((_, i) => subset & (1 << i))
    const sides = reference.map((limit, d) => Math.max(0, limit - Math.max(...chosen.map((point) => point[d]!))))
    sum += (chosen.length % 2 === 1 ? 1 : -1) * sides.reduce((product, side) => product * side, 1)
  }
  return sum
}

const costs = (dimensions: 2 | 3) =>
  dimensions === 2
    ? array(tuple(integer({ min: 0, max: 9 }), integer({ min: 0, max: 9 })), { maxLength: 7 })
    : array(tuple(integer({ min: 0, max: 9 }), integer({ min: 0, max: 9 }), integer({ min: 0, max: 9 })), {
        maxLength: 7,
      })

describe('hypervolume', () => {
  it('is the area of a staircase and the volume of stacked boxes', () => {
    expect(
      hypervolume(
        [
          [1, 2],
          [2, 1],
        ],
        [3, 3],
      ),
    ).toBe(3)
    expect(hypervolume([[0, 0, 0]], [2, 3, 4])).toBe(24)
    expect(hypervolume([], [1, 1])).toBe(0)
  })

  it('counts nothing beyond the reference', () => {
    expect(
      hypervolume(
        [
          [1, 5],
          [3, 1],
        ],
        [3, 3],
      ),
    ).toBe(0)
  })

  it.each([2, 3] as const)('equals inclusion and exclusion in %i objectives', (dimensions) => {
    const reference = Array.from({ length: dimensions }, () => 8)
    assert(
      property(costs(dimensions), (points) => {
        expect(hypervolume(points, reference)).toBe(byInclusionExclusion(points, reference))
      }),
      { seed: 1 },
    )
  })

  it.each([2, 3] as const)('never falls when a point is added, in %i objectives', (dimensions) => {
    const reference = Array.from({ length: dimensions }, () => 8)
    assert(
      property(costs(dimensions), (points) => {
        const volumes = points.map((_, count) => hypervolume(points.slice(0, count + 1), reference))
        for (const [i, volume] of volumes.entries()) expect(volume).toBeGreaterThanOrEqual(volumes[i - 1] ?? 0)
      }),
      { seed: 2 },
    )
  })

  it('agrees with darts thrown at random', () => {
    const random = createRandom(3)
    const points = Array.from({ length: 12 }, () => [random(), random(), random()])
    const darts = Array.from({ length: 20_000 }, () => [random(), random(), random()])
    const hits = darts.filter((dart) => points.some((point) => point.every((cost, d) => cost <= dart[d]!)))
    expect(hypervolume(points, [1, 1, 1])).toBeCloseTo(hits.length / darts.length, 1.7)
  })

  it('refuses other numbers of objectives', () => {
    expect(() => hypervolume([[1]], [2])).toThrow(RangeError)
  })
})
