import { describe, expect, it } from 'vitest'
import { createDecomposer } from '../../../../main/search/importance/decomposition.ts'
import { importanceOf } from '../../../../main/search/importance/importance.ts'
import { createRandom } from '../../../../main/search/random.ts'
import { beliefAfter, gridOf, keep } from './functions.ts'

const grid = gridOf([4, 4, 3, 2])
/** Without the corner where the first two factors are both large, as setups that crawl are left out. */
const cut = keep(grid, ([a, b]) => a! + b! < 1.6)
const noise = 0.02

const functions: Record<string, (point: number[]) => number> = {
  'an additive function': ([a, b]) => 0.3 * a! + 0.15 * Math.cos(3 * b!),
  'a pure interaction': ([a, b]) => 0.8 * (a! - 0.5) * (b! - 0.5),
  'both together': ([a, b, c]) => 0.2 * a! + 0.3 * (b! - 0.5) * (c! - 0.5),
}
const seeds = Array.from({ length: 15 }, (_, i) => i + 1)
const isNone = (share: number) => Math.abs(share) < 1e-5

describe.each([
  ['a full grid', grid],
  ['a grid with a corner cut off', cut],
])('importance over %s', (_, { factors, points }) => {
  it.each(Object.keys(functions))('has intervals that cover the truth for %s', (name) => {
    const of = functions[name]!
    const truth = createDecomposer(factors).decompose(Float64Array.from(points, of))
    const shares = [...truth.mains, ...truth.pairs]
    let [covered, falselySeen, none] = [0, 0, 0]
    for (const seed of seeds) {
      const random = createRandom(seed)
      const { factors: mains, pairs } = importanceOf(factors, beliefAfter(15, points, of, noise, random), random)
      for (const [i, { share, isDistinguishable }] of [...mains, ...pairs].entries()) {
        const known = shares[i]!
        if (known > share.low - 1e-5 && known < share.high + 1e-5) covered += 1
        if (!isNone(known)) continue
        none += 1
        if (isDistinguishable) falselySeen += 1
      }
    }
    expect(covered / (seeds.length * shares.length)).toBeGreaterThan(0.95)
    expect(falselySeen / none).toBeLessThan(0.05)
  })
})

describe('importance', () => {
  const of = functions['an additive function']!
  const after = (trials: number, seed = 1) => {
    const random = createRandom(seed)
    return importanceOf(grid.factors, beliefAfter(trials, grid.points, of, noise, random), random)
  }

  it('sees what matters and tells that the rest cannot be told from none', () => {
    const { factors, pairs } = after(25)
    expect(factors.map(({ isDistinguishable }) => isDistinguishable)).toEqual([true, true, false, false])
    expect(factors[2]?.share.low).toBeLessThanOrEqual(0)
    expect(pairs.every(({ isDistinguishable }) => !isDistinguishable)).toBe(true)
  })

  it('is surer the more was tried', () => {
    const width = (trials: number) => {
      const share = after(trials).factors[0]?.share
      return share ? share.high - share.low : 0
    }
    expect(width(40)).toBeLessThan(width(8))
  })

  it('draws the curve of a factor with a band around it, and none at the reference', () => {
    const [first] = after(40).factors
    expect(first?.difference(2, 2)).toEqual({ value: 0, low: 0, high: 0 })
    const rise = first?.difference(3, 0)
    expect(rise?.low).toBeLessThan(0.3)
    expect(rise?.high).toBeGreaterThan(0.3)
    expect(rise?.value).toBeCloseTo(0.3, 1)
  })

  it('is the same for the same seed', () => {
    expect(JSON.stringify(after(15, 4))).toBe(JSON.stringify(after(15, 4)))
    expect(JSON.stringify(after(15, 4))).not.toBe(JSON.stringify(after(15, 5)))
  })
})
