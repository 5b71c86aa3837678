import { array, assert, constantFrom, double, property, record, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { objectiveNames, type ObjectiveCosts, type Weights } from '../../../../preload/contract/insight.ts'
import { jitteredWeights, preferenceScores } from '../../../../main/search/objectives/preference.ts'
import { paretoFront } from '../../../../main/search/objectives/pareto.ts'
import { createRandom } from '../../../../main/search/random.ts'

const setup = (turnSeconds: number, memoryMiB: number): ObjectiveCosts => ({
  turnSeconds,
  ttftSeconds: 1,
  secondsPerToken: 0.1,
  memoryMiB,
})
const best = (setups: readonly ObjectiveCosts[], weights: Weights) => {
  const scores = preferenceScores(setups, weights)
  return setups[scores.indexOf(Math.min(...scores))]
}
const cost = constantFrom(1, 2, 3, 5, 8)
const setups = array(record({ turnSeconds: cost, ttftSeconds: cost, secondsPerToken: cost, memoryMiB: cost }), {
  minLength: 1,
  maxLength: 10,
})
const weight = double({ min: 0, max: 1, noNaN: true })

describe('preference scores', () => {
  const quick = setup(1, 8000)
  const between = setup(2, 3500)
  const lean = setup(6, 2000)

  it('follow the weights from one end of the front to the other', () => {
    const all = [quick, between, lean]
    expect(best(all, { turnSeconds: 1 })).toBe(quick)
    expect(best(all, { turnSeconds: 1, memoryMiB: 1 })).toBe(between)
    expect(best(all, { memoryMiB: 1 })).toBe(lean)
  })

  it('tell setups apart by what does not count where the rest is equal', () => {
    expect(best([setup(1, 3000), setup(1, 2000)], { turnSeconds: 1 })).toEqual(setup(1, 2000))
  })

  it('depend on ratios of weights alone', () => {
    const all = [quick, between, lean]
    const [scores, doubled] = [3, 6].map((factor) =>
      preferenceScores(all, { turnSeconds: factor, memoryMiB: factor / 3 }),
    )
    for (const [i, score] of (scores ?? []).entries()) expect(doubled?.[i]).toBeCloseTo(score, 12)
  })

  it('are best on the Pareto front, whatever the weights', () => {
    assert(
      property(setups, tuple(weight, weight, weight, weight), (all, drawn) => {
        const weights = Object.fromEntries(objectiveNames.map((name, i) => [name, drawn[i]! + (i === 0 ? 0.01 : 0)]))
        const front = paretoFront(all, (costs) => objectiveNames.map((name) => costs[name]))
        expect(front).toContain(best(all, weights))
      }),
      { seed: 1 },
    )
  })
})

describe('jittered weights', () => {
  it('scatter around the given ones, leave zeros alone and repeat with the seed', () => {
    const draw = () => {
      const random = createRandom(5)
      return Array.from({ length: 400 }, () => jitteredWeights({ turnSeconds: 2, memoryMiB: 0 }, 0.4, random))
    }
    const drawn = draw()
    expect(draw()).toEqual(drawn)
    expect(drawn.every((weights) => Object.keys(weights).join() === 'turnSeconds')).toBe(true)
    const logs = drawn.map(({ turnSeconds = 0 }) => Math.log(turnSeconds / 2))
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length
    expect(Math.abs(mean)).toBeLessThan(0.06)
    expect(Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length)).toBeCloseTo(0.4, 1)
  })
})
