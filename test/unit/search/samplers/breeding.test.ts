import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../main/search/random.ts'
import { breed } from '../../../../main/search/samplers/evolution/breeding.ts'
import type { LatticeTrial } from '../../../../main/search/samplers/lattice.ts'
import { best, gridOf, randomSearch, sphere, steppedAckley } from './standard-functions.ts'
import type { StandardFunction } from './standard-functions.ts'

/** Ageing evolution as the sampler runs it: five founders, then batches of four from the youngest twelve. */
function evolve(task: StandardFunction, seed: number, trials: number): number {
  const random = createRandom(seed)
  let open = gridOf(task)
  const individuals: LatticeTrial[] = []
  const measure = (place: (typeof open)[number]) => {
    individuals.push({ coordinates: place.coordinates, cost: place.cost })
    open = open.filter((other) => other !== place)
  }
  for (let i = 0; i < 5; i++) measure(open[Math.floor(random() * open.length)]!)
  while (individuals.length < trials) {
    breed(task.sizes, individuals.slice(-12), open, Math.min(4, trials - individuals.length), random).forEach(measure)
  }
  return best(individuals)
}

describe('a batch of children', () => {
  const grid = gridOf({ sizes: [6, 4], cost: () => 0 })

  it('consists of different open places, as many as there are at most', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 0, max: 24 }),
        fc.integer({ min: 1, max: 30 }),
        (seed, left, count) => {
          const open = grid.slice(0, left)
          const population = [{ coordinates: [3, 2], cost: 1 }]
          const children = breed([6, 4], population, open, count, createRandom(seed))
          expect(new Set(children).size).toBe(Math.min(left, count))
          for (const child of children) expect(open).toContain(child)
        },
      ),
      { seed: 4, numRuns: 100 },
    )
  })

  it('differs from a single parent in one dimension, half the time within a quarter of it', () => {
    const open = gridOf({ sizes: [13, 4], cost: () => 0 })
    const steps = Array.from({ length: 200 }, (_, seed) => {
      const [child] = breed([13, 4], [{ coordinates: [6, 1], cost: 1 }], open, 1, createRandom(seed))
      const [x = 99, y = 99] = child?.coordinates ?? []
      return [Math.abs(x - 6), Math.abs(y - 1)] as const
    })
    for (const [x, y] of steps) expect([x > 0, y > 0].filter(Boolean)).toHaveLength(1)
    const inTheLonger = steps.filter(([x]) => x > 0)
    expect(new Set(inTheLonger.map(([x]) => x))).toEqual(new Set([1, 2, 3, 4, 5, 6]))
    expect(inTheLonger.filter(([x]) => x <= 3).length).toBeGreaterThan(inTheLonger.length / 2)
  })

  it('comes from the better parents, and from failures only where there is nothing else', () => {
    const failures = Array.from({ length: 7 }, () => ({ coordinates: [0], cost: null }))
    const fromTheGood = Array.from({ length: 400 }, (_, seed) => {
      const open = gridOf({ sizes: [41], cost: () => 0 })
      const [child] = breed([41], [...failures, { coordinates: [30], cost: 5 }], open, 1, createRandom(seed))
      return (child?.coordinates[0] ?? 0) > 20
    }).filter(Boolean).length
    // One of eight wins a tournament of six in 1 − (7/8)⁶ = 55 % of cases, a random draw in 12.5 %.
    expect(fromTheGood / 400).toBeGreaterThan(0.4)
    expect(breed([41], failures, gridOf({ sizes: [41], cost: () => 0 }), 1, createRandom(1))).toHaveLength(1)
  })
})

describe('evolution on standard functions', () => {
  it.each([
    ['the sphere', sphere],
    ['a stepped Ackley function', steppedAckley],
  ])('finds less than random search does on %s within 40 trials, over 120 seeds', (_, task) => {
    const seeds = Array.from({ length: 120 }, (_, seed) => seed)
    const wins = seeds.filter((seed) => evolve(task, seed, 40) < randomSearch(task, seed, 40)).length
    // By chance 60 of 120, with a standard deviation of 5.5.
    expect(wins).toBeGreaterThanOrEqual(74)
  })
})
