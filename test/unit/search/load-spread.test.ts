import { describe, expect, it } from 'vitest'
import { pool, priorSpread, varianceComponents } from '../../../main/search/load-spread.ts'
import { createRandom, drawNormal } from '../../../main/search/random.ts'

/** Loads of several configurations with known effects. */
function draw(within: number, between: number, hiccups = 0) {
  const random = createRandom(31)
  return Array.from({ length: 60 }, (_, configuration) =>
    Array.from({ length: 3 }, () => {
      const level = configuration + between * drawNormal(random)
      return Array.from(
        { length: 4 },
        () => level + within * drawNormal(random) + (random() < hiccups ? Math.log(2.5) : 0),
      )
    }),
  )
}

describe('varianceComponents', () => {
  it('tells the effect of a load from that of a repetition', () => {
    const { repetitionDeviation, loadDeviation, loadMedian } = varianceComponents(draw(0.01, 0.03))
    expect(repetitionDeviation).toBeCloseTo(0.01, 2)
    expect(loadDeviation).toBeGreaterThan(0.025)
    expect(loadDeviation).toBeLessThan(0.035)
    expect(loadMedian?.degreesOfFreedom).toBe(120)
  })

  it('finds no effect of loads where repetitions explain all', () => {
    expect(varianceComponents(draw(0.05, 0)).loadDeviation).toBeLessThan(0.015)
  })

  it('does not take hiccups for noise', () => {
    const { repetitionDeviation, loadDeviation } = varianceComponents(draw(0.02, 0.02, 1 / 40))
    expect(repetitionDeviation).toBeLessThan(0.03)
    expect(loadDeviation).toBeLessThan(0.05)
  })

  it('claims nothing without repeats', () => {
    expect(varianceComponents([[[1]], [[2]]])).toEqual({
      repetitionDeviation: null,
      loadDeviation: null,
      loadMedian: null,
    })
    expect(varianceComponents([[[1, 1.1]]])).toMatchObject({ loadDeviation: null, loadMedian: null })
  })
})

describe('the prior spread of loads', () => {
  it('is wider where answers vary more, and next to none for memory', () => {
    expect(priorSpread('chat', null)).toEqual(priorSpread('chat', 0.001))
    expect(priorSpread('chat', 0.08).variance).toBeGreaterThan(priorSpread('chat', 0.01).variance)
    expect(priorSpread('memory', 0.08).variance).toBeLessThan(1e-5)
  })

  it('gives way to what was seen, by degrees of freedom', () => {
    const seen = { variance: 1, degreesOfFreedom: 15 }
    expect(pool({ variance: 0, degreesOfFreedom: 5 }, seen, null)).toEqual({ variance: 0.75, degreesOfFreedom: 20 })
    expect(pool(null)).toEqual({ variance: 0, degreesOfFreedom: 0 })
  })
})
