import { describe, expect, it } from 'vitest'
import { normalCdf, normalDensity } from '../../../../main/statistics/distributions.ts'
import { acquisition, knowledgeGradient, probabilityBelow } from '../../../../main/search/samplers/bayes/acquisition.ts'
import { createRandom, drawNormal } from '../../../../main/search/random.ts'

describe('probabilityBelow', () => {
  it('is certain without uncertainty, else a normal probability', () => {
    expect(probabilityBelow(1, 0, 2)).toBe(1)
    expect(probabilityBelow(2, 0, 2)).toBe(0)
    expect(probabilityBelow(0, 4, 2)).toBeCloseTo(0.8413, 4)
  })
})

describe('knowledgeGradient', () => {
  const choices = [
    { mean: 1, slope: 0.05 },
    { mean: 1.1, slope: 0.4 },
    { mean: 0.95, slope: -0.1 },
    { mean: 1.3, slope: 0.4 },
    { mean: 2, slope: 0 },
  ]

  it('is what simulation gives', () => {
    const random = createRandom(3)
    let sum = 0
    for (let i = 0; i < 300_000; i++) {
      const z = drawNormal(random)
      sum += 0.95 - Math.min(...choices.map(({ mean, slope }) => mean + slope * z))
    }
    expect(knowledgeGradient(choices)).toBeCloseTo(sum / 300_000, 2)
  })

  it('is the expected improvement where one thing alone can move', () => {
    const gain = knowledgeGradient([
      { mean: 1, slope: 0 },
      { mean: 1.2, slope: 0.3 },
    ])
    // Jones, Schonlau and Welch 1998, equation 15: σ (z Φ(z) + φ(z)).
    const z = (1 - 1.2) / 0.3
    expect(gain).toBeCloseTo(0.3 * (z * normalCdf(z) + normalDensity(z)), 12)
  })

  it('is nothing where all move together, or nothing moves', () => {
    expect(knowledgeGradient(choices.map(({ mean }) => ({ mean, slope: 0.2 })))).toBe(0)
    expect(knowledgeGradient([{ mean: 1, slope: 3 }])).toBe(0)
    expect(knowledgeGradient([])).toBe(0)
  })

  it('does not depend on order and is never negative', () => {
    expect(knowledgeGradient(choices.toReversed())).toBeCloseTo(knowledgeGradient(choices), 12)
    const random = createRandom(9)
    for (let i = 0; i < 500; i++) {
      const drawn = Array.from({ length: 6 }, () => ({ mean: drawNormal(random), slope: drawNormal(random) }))
      expect(knowledgeGradient(drawn)).toBeGreaterThanOrEqual(0)
    }
  })
})

describe('acquisition', () => {
  it('prefers what fits and what is quick', () => {
    expect(acquisition(0.1, 1, 20)).toBeGreaterThan(acquisition(0.1, 0.5, 20))
    expect(acquisition(0.1, 1, 20)).toBeGreaterThan(acquisition(0.1, 1, 40))
    expect(acquisition(0.1, 0, 20)).toBe(0)
  })
})
