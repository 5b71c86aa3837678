import { conditionOn, matern52, scaledDistance } from '../../../../main/search/surrogate/gp.ts'
import { covarianceOf, type Belief } from '../../../../main/search/importance/belief.ts'
import type { Factor } from '../../../../main/search/importance/decomposition.ts'
import { drawNormal, shuffle, type Random } from '../../../../main/search/random.ts'

/** A full grid of so many levels a factor, each factor's inputs evenly from 0 to 1. */
export function gridOf(sizes: readonly number[]): { factors: Factor[]; points: number[][] } {
  const levels = sizes.reduce<number[][]>(
    (rows, size) => rows.flatMap((row) => Array.from({ length: size }, (_, level) => [...row, level])),
    [[]],
  )
  return {
    factors: sizes.map((count, i) => ({ count, levelOf: levels.map((row) => row[i]!) })),
    points: levels.map((row) => row.map((level, i) => level / (sizes[i]! - 1))),
  }
}

/** The points that a test keeps, renumbered. */
export function keep({ factors, points }: ReturnType<typeof gridOf>, isKept: (point: number[]) => boolean) {
  const kept = points.map(isKept)
  return {
    factors: factors.map(({ count, levelOf }) => ({ count, levelOf: levelOf.filter((_, p) => kept[p]) })),
    points: points.filter((_, p) => kept[p]),
  }
}

const lengthScales = [0.7, 0.7, 0.7, 1.5]

/** What a Gaussian process believes of a function after noisy trials at points drawn at random. */
export function beliefAfter(
  trials: number,
  points: readonly number[][],
  of: (point: number[]) => number,
  noise: number,
  random: Random,
): Belief {
  const tried = shuffle(points, random).slice(0, trials)
  const observations = tried.map((x) => ({ x, y: of(x) + noise * drawNormal(random), noiseVariance: noise ** 2 }))
  const center = observations.reduce((sum, { y }) => sum + y, 0) / trials
  const covariance = (a: number[], b: number[]) => 0.02 * matern52(scaledDistance(a, b, lengthScales))
  const process = conditionOn({ mean: () => center, covariance }, observations)
  const predictions = points.map((point) => process.predict(point))
  return {
    mean: predictions.map(({ mean }) => mean),
    covariance: covarianceOf(predictions, (one, other) => process.covariance(one, other)),
  }
}
