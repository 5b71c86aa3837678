import { readFileSync } from 'node:fs'
import { array, assert, double, property, tuple } from 'fast-check'
import { Matrix, inverse } from 'ml-matrix'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createRandom, drawNormal } from '../../../../main/search/random.ts'
import { dot, factorize, solve, solveLower } from '../../../../main/search/surrogate/cholesky.ts'
import { conditionOn, matern52, scaledDistance } from '../../../../main/search/surrogate/gp.ts'
import type { GpObservation, Prior } from '../../../../main/search/surrogate/gp.ts'

const scales = [0.5, 2]
const prior: Prior<number[]> = {
  mean: ([a = 0]) => 0.3 * a,
  covariance: (a, b) => 0.8 * matern52(scaledDistance(a, b, scales)),
}

function drawObservations(seed: number, count: number): GpObservation<number[]>[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => ({
    x: [2 * random(), 5 * random()],
    y: drawNormal(random),
    noiseVariance: 0.01 + 0.05 * random(),
  }))
}

/** The posterior straight from its definition, with an explicit inverse. */
function bruteForce(observations: GpObservation<number[]>[], x: number[]) {
  const k = new Matrix(
    observations.map((a, i) =>
      observations.map((b, j) => prior.covariance(a.x, b.x) + (i === j ? a.noiseVariance : 0)),
    ),
  )
  const toObserved = Matrix.rowVector(observations.map((o) => prior.covariance(x, o.x)))
  const residual = Matrix.columnVector(observations.map((o) => o.y - prior.mean(o.x)))
  const gain = toObserved.mmul(inverse(k))
  return {
    mean: prior.mean(x) + gain.mmul(residual).get(0, 0),
    variance: prior.covariance(x, x) - gain.mmul(toObserved.transpose()).get(0, 0),
  }
}

describe('conditionOn', () => {
  it('agrees with the posterior computed by brute force', () => {
    const observations = drawObservations(1, 12)
    const process = conditionOn(prior, observations)
    for (const { x } of drawObservations(2, 20)) {
      const { mean, variance } = process.predict(x)
      const expected = bruteForce(observations, x)
      expect(mean).toBeCloseTo(expected.mean, 9)
      expect(variance).toBeCloseTo(expected.variance, 9)
    }
  })

  it('gives the likelihood of the observations', () => {
    // One observation: y ~ Normal(m, k + noise).
    const { logMarginalLikelihood } = conditionOn(prior, [{ x: [1, 1], y: 0.9, noiseVariance: 0.2 }])
    expect(logMarginalLikelihood).toBeCloseTo(-0.5 * (0.6 ** 2 + Math.log(2 * Math.PI)), 12)
  })

  it('is the prior before any observation', () => {
    const process = conditionOn(prior, [])
    expect(process.predict([1, 1])).toMatchObject({ mean: 0.3, variance: 0.8 })
    expect(process.logMarginalLikelihood).toBeCloseTo(0)
  })

  it('passes through exact observations and returns to the prior far away', () => {
    const process = conditionOn(prior, [{ x: [1, 1], y: 2, noiseVariance: 0 }])
    expect(process.predict([1, 1]).mean).toBeCloseTo(2, 6)
    expect(process.predict([1, 1]).variance).toBeCloseTo(0, 6)
    expect(process.predict([1, 1e4]).mean).toBeCloseTo(0.3, 6)
    expect(process.predict([1, 1e4]).variance).toBeCloseTo(0.8, 6)
  })

  it('survives the same point over and over, without noise too', () => {
    const same = Array.from({ length: 6 }, () => ({ x: [1, 2], y: 0.5, noiseVariance: 0 }))
    expect(conditionOn(prior, same).predict([1, 2]).mean).toBeCloseTo(0.5, 4)
  })

  it('averages repeats by their noise', () => {
    const repeats = [
      { x: [1, 1], y: 0, noiseVariance: 1e-4 },
      { x: [1, 1], y: 1, noiseVariance: 1e-4 },
    ]
    expect(conditionOn(prior, repeats).predict([1, 1]).mean).toBeCloseTo(0.5, 3)
  })

  it('stays constant on constant values', () => {
    const flat: Prior<number[]> = { ...prior, mean: () => 1 }
    const process = conditionOn(
      flat,
      [0, 1, 2].map((a) => ({ x: [a, 0], y: 1, noiseVariance: 0.01 })),
    )
    for (const a of [0, 0.5, 3]) expect(process.predict([a, 0]).mean).toBeCloseTo(1, 12)
  })

  it('never lets a further observation raise the variance', () => {
    const observations = drawObservations(4, 8)
    const fewer = conditionOn(prior, observations.slice(0, 7))
    const more = conditionOn(prior, observations)
    for (const { x } of drawObservations(5, 20)) {
      expect(more.predict(x).variance).toBeLessThanOrEqual(fewer.predict(x).variance + 1e-12)
    }
  })
})

describe('against scikit-learn', () => {
  const reference = z
    .object({
      amplitude: z.number(),
      lengthScales: z.array(z.number()),
      x: z.array(z.array(z.number())),
      y: z.array(z.number()),
      noiseVariance: z.array(z.number()),
      logMarginalLikelihood: z.number(),
      queries: z.array(z.array(z.number())),
      means: z.array(z.number()),
      covariance: z.array(z.array(z.number())),
    })
    .parse(JSON.parse(readFileSync(new URL('./fixtures/scikit-learn-gp.json', import.meta.url), 'utf8')))
  const process = conditionOn<number[]>(
    {
      mean: () => 0,
      covariance: (a, b) => reference.amplitude * matern52(scaledDistance(a, b, reference.lengthScales)),
    },
    reference.x.map((x, i) => ({ x, y: reference.y[i] ?? 0, noiseVariance: reference.noiseVariance[i] ?? 0 })),
  )
  const predictions = reference.queries.map((x) => process.predict(x))

  it('gives the same means, variances and covariances, a repeated point among the observations', () => {
    for (const [i, a] of predictions.entries()) {
      expect(a.mean).toBeCloseTo(reference.means[i] ?? Number.NaN, 8)
      expect(a.variance).toBeCloseTo(reference.covariance[i]?.[i] ?? Number.NaN, 8)
      for (const [j, b] of predictions.entries()) {
        expect(process.covariance(a, b)).toBeCloseTo(reference.covariance[i]?.[j] ?? Number.NaN, 8)
      }
    }
  })

  it('gives the same marginal likelihood', () => {
    expect(process.logMarginalLikelihood).toBeCloseTo(reference.logMarginalLikelihood, 7)
  })
})

describe('matern52', () => {
  it('is 1 at 0, falls steadily and has the known value at 1', () => {
    expect(matern52(0)).toBe(1)
    expect(matern52(1)).toBeCloseTo((1 + Math.sqrt(5) + 5 / 3) * Math.exp(-Math.sqrt(5)), 12)
    for (let r = 0; r < 20; r += 0.1) expect(matern52(r + 0.1)).toBeLessThan(matern52(r))
  })

  it('gives symmetric, positive definite covariances', () => {
    const points = array(tuple(double({ min: -5, max: 5, noNaN: true }), double({ min: -5, max: 5, noNaN: true })), {
      minLength: 1,
      maxLength: 8,
    })
    assert(
      property(points, (xs) => {
        for (const a of xs) for (const b of xs) expect(prior.covariance(a, b)).toBe(prior.covariance(b, a))
        const matrix = xs.map((a, i) => Float64Array.from(xs, (b, j) => prior.covariance(a, b) + (i === j ? 1e-6 : 0)))
        expect(Number.isFinite(factorize(matrix).logDeterminant)).toBe(true)
      }),
      { seed: 1 },
    )
  })
})

describe('factorize', () => {
  const matrix = [Float64Array.of(4, 2, 0.6), Float64Array.of(2, 5, 1), Float64Array.of(0.6, 1, 3)]

  it('solves linear systems and knows the determinant', () => {
    const factor = factorize(matrix)
    const x = solve(factor, [1, 2, 3])
    for (const [i, row] of matrix.entries()) expect(dot(row, x)).toBeCloseTo(i + 1, 12)
    expect(factor.logDeterminant).toBeCloseTo(Math.log(4 * 14 - 2 * 5.4 + 0.6 * -1), 10)
    expect(solveLower(factor, [2, 0, 0])[0]).toBeCloseTo(1)
  })

  it('refuses what no jitter can mend', () => {
    expect(() => factorize([Float64Array.of(Number.NaN)])).toThrow(RangeError)
    expect(() => factorize([Float64Array.of(1, 0), Float64Array.of(5, 1)])).toThrow(RangeError)
  })
})
