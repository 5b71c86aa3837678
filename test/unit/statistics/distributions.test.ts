import { describe, expect, it } from 'vitest'
import {
  incompleteBeta,
  logGamma,
  normalCdf,
  normalDensity,
  studentTCdf,
  studentTQuantile,
} from '../../../main/statistics/distributions.ts'

describe('normalCdf', () => {
  // Abramowitz & Stegun table 26.1, and the tail's asymptotic values.
  it.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [1.96, 0.97500210485178],
    [-1, 0.158655253931457],
    [3, 0.99865010196837],
    [4.9, 0.999999520816723],
  ])('is exact at %f', (x, expected) => {
    expect(normalCdf(x)).toBeCloseTo(expected, 12)
  })

  it.each([
    [-5.5, 1.898956246588771e-8],
    [-10, 7.619853024160527e-24],
    [-37, 5.725571222524576e-300],
  ])('keeps its relative precision in the tail at %f', (x, expected) => {
    expect(normalCdf(x) / expected).toBeCloseTo(1, 8)
  })

  it('never decreases and is symmetric', () => {
    let before = 0
    for (let x = -9; x <= 9; x += 0.01) {
      expect(normalCdf(x)).toBeGreaterThanOrEqual(before)
      expect(normalCdf(x) + normalCdf(-x)).toBeCloseTo(1, 12)
      before = normalCdf(x)
    }
    expect(normalCdf(Infinity)).toBe(1)
    expect(normalCdf(-Infinity)).toBe(0)
  })

  it('is the integral of its density', () => {
    const step = 1e-4
    expect((normalCdf(0.7 + step) - normalCdf(0.7 - step)) / (2 * step)).toBeCloseTo(normalDensity(0.7), 6)
  })
})

describe('logGamma', () => {
  it.each([
    [1, 0],
    [5, Math.log(24)],
    [0.5, 0.5 * Math.log(Math.PI)],
    [101, 363.73937555556347],
  ])('is right at %f', (x, expected) => {
    expect(logGamma(x)).toBeCloseTo(expected, 10)
  })
})

describe('incompleteBeta', () => {
  it('agrees with the closed forms for whole parameters', () => {
    for (const x of [0.01, 0.3, 0.5, 0.9]) {
      expect(incompleteBeta(x, 1, 1)).toBeCloseTo(x, 12)
      expect(incompleteBeta(x, 2, 1)).toBeCloseTo(x * x, 12)
      expect(incompleteBeta(x, 1, 3)).toBeCloseTo(1 - (1 - x) ** 3, 12)
    }
    expect(incompleteBeta(0, 2, 3)).toBe(0)
    expect(incompleteBeta(1, 2, 3)).toBe(1)
  })
})

describe('studentTQuantile', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2.
  it.each([
    [0.975, 1, 12.706],
    [0.975, 2, 4.303],
    [0.975, 5, 2.571],
    [0.975, 30, 2.042],
    [0.95, 10, 1.812],
    [0.999, 4, 7.173],
  ])('of %f with %i degrees of freedom is in the tables', (probability, degrees, expected) => {
    expect(studentTQuantile(probability, degrees)).toBeCloseTo(expected, 3)
  })

  it('inverts the distribution function, for fractional degrees too', () => {
    for (const degrees of [0.7, 1, 2.5, 40, 1e6]) {
      for (const probability of [0.001, 0.1, 0.5, 0.8, 0.9999]) {
        expect(studentTCdf(studentTQuantile(probability, degrees), degrees)).toBeCloseTo(probability, 9)
      }
    }
  })

  it('tends to the normal quantile', () => {
    expect(studentTQuantile(0.975, 1e7)).toBeCloseTo(1.959964, 5)
  })

  it('refuses what has no quantile', () => {
    expect(() => studentTQuantile(1, 3)).toThrow(RangeError)
    expect(() => studentTQuantile(0.5, 0)).toThrow(RangeError)
    expect(() => studentTQuantile(Number.NaN, 3)).toThrow(RangeError)
  })
})
