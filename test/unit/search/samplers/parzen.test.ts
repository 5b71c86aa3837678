import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../main/search/random.ts'
import {
  bandwidth,
  chooseByDensityRatio,
  goodCount,
  parzenDensity,
  splitTrials,
} from '../../../../main/search/samplers/tpe/parzen.ts'
import type { LatticeTrial } from '../../../../main/search/samplers/lattice.ts'
import { best, branin, gridOf, hartmann3, randomSearch, sphere, steppedAckley } from './standard-functions.ts'
import type { StandardFunction } from './standard-functions.ts'

describe('the split into good and bad', () => {
  it('takes a tenth, rounded up, and 25 at most, as Optuna does', () => {
    expect([0, 1, 10, 11, 20, 21, 249, 251, 10_000].map(goodCount)).toEqual([0, 1, 1, 2, 2, 3, 25, 25, 25])
  })

  it('puts failures among the bad, even if that leaves fewer good ones', () => {
    const failed = Array.from({ length: 30 }, () => ({ coordinates: [0], cost: null }))
    expect(splitTrials([...failed, { coordinates: [7], cost: 1e9 }]).good).toEqual([[7]])
    expect(splitTrials(failed)).toEqual({ good: [], bad: failed.map(() => [0]) })
  })

  it('keeps the order of trial among equals', () => {
    const equal = [1, 2, 3].map((x) => ({ coordinates: [x], cost: 5 }))
    expect(splitTrials(equal)).toEqual({ good: [[1]], bad: [[2], [3]] })
  })
})

describe('the bandwidth', () => {
  it('is Optuna’s: a fifth of the range for one observation, narrower by Scott’s rule for more', () => {
    // 0.2 · n^(−1/(d+4)) of the range, but never under range / (n + 2).
    expect(bandwidth(10, 1, 1)).toBeCloseTo(10 / 3, 12)
    expect(bandwidth(10, 50, 2)).toBeCloseTo(2 * 50 ** (-1 / 6), 12)
    expect(bandwidth(100, 1e9, 1)).toBeCloseTo(1, 12)
  })
})

describe('the density', () => {
  const places = fc.array(fc.tuple(fc.nat(8), fc.nat(2)), { maxLength: 12 })

  it('is a distribution over the lattice and nowhere zero', () => {
    fc.assert(
      fc.property(places, (observed) => {
        const density = parzenDensity([9, 3], observed)
        const masses = gridOf({ sizes: [9, 3], cost: density }).map(({ cost }) => cost)
        expect(masses.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 10)
        expect(Math.min(...masses)).toBeGreaterThan(0)
      }),
      { seed: 4 },
    )
  })

  it('is symmetric where the observations are', () => {
    const density = parzenDensity([9], [[2], [6]])
    for (let x = 0; x < 9; x++) expect(density([x])).toBeCloseTo(density([8 - x]), 12)
  })

  it('is the prior alone without observations: wide, and highest in the middle', () => {
    const density = parzenDensity([11], [])
    expect(density([5])).toBeGreaterThan(density([0]))
    expect(density([5]) / density([0])).toBeLessThan(1.2)
  })

  it('is that of a normal kernel and the prior in equal parts, cut off at the edges', () => {
    // Normal(0, 4/3) and Normal(1.5, 4) over the cells of [−0.5, 3.5], by tables of Φ.
    const density = parzenDensity([4], [[0]])
    const kernel = (0.64617 - 0.35383) / (0.99567 - 0.35383)
    const prior = (0.40129 - 0.30854) / (0.69146 - 0.30854)
    expect(density([0])).toBeCloseTo((kernel + prior) / 2, 4)
  })

  it('keeps together what was seen together, as separate dimensions would not', () => {
    const density = parzenDensity(
      [20, 20],
      [
        [2, 2],
        [2, 2],
        [17, 17],
        [17, 17],
      ],
    )
    expect(density([2, 2])).toBeGreaterThan(3 * density([2, 17]))
  })
})

/** Four random trials, then by density ratio. */
function optimise(task: StandardFunction, seed: number, trials: number): number {
  const random = createRandom(seed)
  let open = gridOf(task)
  const done: LatticeTrial[] = []
  while (done.length < trials) {
    const drawn = open[Math.floor(random() * open.length)]
    const place = done.length < 4 ? drawn : chooseByDensityRatio(task.sizes, done, open, random)?.chosen
    if (!place) throw new Error('nothing is open')
    done.push(place)
    open = open.filter((other) => other !== place)
  }
  return best(done)
}

describe('the choice by density ratio', () => {
  it('draws only from what is open, and nothing from nothing', () => {
    const trials = [{ coordinates: [3], cost: 1 }]
    const open = [{ coordinates: [9] }]
    expect(chooseByDensityRatio([10], trials, open, createRandom(1))?.chosen).toBe(open[0])
    expect(chooseByDensityRatio([10], trials, [], createRandom(1))).toBeNull()
  })

  it('goes near the good and away from failures', () => {
    const trials = [
      { coordinates: [4], cost: 1 },
      ...[20, 24, 28].map((x) => ({ coordinates: [x], cost: null })),
      ...[12, 16].map((x) => ({ coordinates: [x], cost: 9 })),
    ]
    const open = gridOf({ sizes: [30], cost: () => 0 }).filter(({ coordinates: [x] }) => x !== 4)
    for (let seed = 0; seed < 30; seed++) {
      expect(chooseByDensityRatio([30], trials, open, createRandom(seed))?.chosen.coordinates[0]).toBeLessThan(10)
    }
  })

  it.each([
    ['the sphere', sphere],
    ['Branin’s function', branin],
    ['Hartmann’s function', hartmann3],
    ['a stepped Ackley function', steppedAckley],
  ])('finds less than random search does on %s within 40 trials, over 60 seeds', (_, task) => {
    const seeds = Array.from({ length: 60 }, (_, seed) => seed)
    const wins = seeds.filter((seed) => optimise(task, seed, 40) < randomSearch(task, seed, 40)).length
    // By chance 30 of 60 with a standard deviation of 4.
    expect(wins).toBeGreaterThanOrEqual(43)
  })
})
