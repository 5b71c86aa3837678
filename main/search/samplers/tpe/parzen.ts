import { normalCdf } from '../../../statistics/distributions.ts'
import type { Random } from '../../random.ts'
import type { Coordinates, LatticeTrial } from '../lattice.ts'

/** Share of the trials that counts as good, and how many at most. */
const goodShare = 0.1
const mostGood = 25
/** Draws from the good trials' density, of which the best by density ratio is taken. */
const draws = 24
/** Bandwidth of a single observation, as a share of the dimension. */
const bandwidthShare = 0.2

/** How many of `count` trials are taken for good: a tenth, rounded up, and no more than 25. */
export function goodCount(count: number): number {
  return Math.min(Math.ceil(goodShare * count), mostGood)
}

/** The good and the bad trials; what failed is always bad. */
export function splitTrials(trials: readonly LatticeTrial[]): { good: Coordinates[]; bad: Coordinates[] } {
  const ranked = trials.toSorted((a, b) => rank(a) - rank(b))
  const admissible = trials.filter(({ cost }) => cost !== null).length
  const good = Math.min(goodCount(trials.length), admissible)
  const places = ranked.map(({ coordinates }) => coordinates)
  return { good: places.slice(0, good), bad: places.slice(good) }
}

/** Failures last; differences of infinities would not be numbers. */
function rank({ cost }: LatticeTrial): number {
  return cost ?? Number.MAX_VALUE
}

/**
 * Bandwidth in one dimension of `size` values: Scott's rule for `count` observations in d dimensions, never so narrow
 * that the mixture falls apart into spikes.
 */
export function bandwidth(size: number, count: number, dimensions: number): number {
  const scott = bandwidthShare * Math.max(count, 1) ** (-1 / (dimensions + 4)) * size
  return Math.min(size, Math.max(scott, size / Math.min(100, count + 2)))
}

/**
 * Probability of each lattice place: a mixture, in equal parts, of one product kernel for each observation and of the
 * prior, which is wide and lies in the middle. Kernels are normal, cut off at the lattice's edges and summed up over
 * the width of each place. A product for each observation, rather than one density for each dimension, keeps what
 * belongs together.
 */
export function parzenDensity(
  sizes: readonly number[],
  observed: readonly Coordinates[],
): (place: Coordinates) => number {
  const prior = sizes.map((size) => kernel(size, (size - 1) / 2, size))
  const kernels = observed.map((center) =>
    sizes.map((size, axis) => kernel(size, center[axis] ?? 0, bandwidth(size, observed.length, sizes.length))),
  )
  const mixture = [prior, ...kernels]
  return (place) => {
    let sum = 0
    for (const product of mixture) {
      let mass = 1
      for (let axis = 0; axis < product.length; axis++) mass *= product[axis]?.[place[axis] ?? 0] ?? 0
      sum += mass
    }
    return sum / mixture.length
  }
}

/** Mass of each of `size` unit cells under Normal(center, bandwidth²), cut off at −½ and size − ½. */
function kernel(size: number, center: number, width: number): number[] {
  const edges = Array.from({ length: size + 1 }, (_, cell) => normalCdf((cell - 0.5 - center) / width))
  const total = (edges[size] ?? 0) - (edges[0] ?? 0)
  return Array.from({ length: size }, (_, cell) => ((edges[cell + 1] ?? 0) - (edges[cell] ?? 0)) / total)
}

/**
 * Tree-structured Parzen estimator over a lattice, apart from any problem: of 24 open places drawn from the density of
 * good trials, the one that is most typical of good trials as against bad ones. Null if nothing is open.
 *
 * Sources: J. Bergstra et al., "Algorithms for hyper-parameter optimization", NIPS 2011 (the method); S. Watanabe,
 * "Tree-structured Parzen estimator", arXiv:2304.11127, 2023 (its parts); Optuna's `TPESampler(multivariate=True)` for
 * the constants: split, bandwidth, its clipping, the prior and the number of draws.
 */
export function chooseByDensityRatio<P extends { coordinates: Coordinates }>(
  sizes: readonly number[],
  trials: readonly LatticeTrial[],
  open: readonly P[],
  random: Random,
): { chosen: P; ratio: number } | null {
  const { good, bad } = splitTrials(trials)
  const goodDensity = parzenDensity(sizes, good)
  const badDensity = parzenDensity(sizes, bad)
  const cumulative: number[] = []
  let total = 0
  for (const { coordinates } of open) cumulative.push((total += goodDensity(coordinates)))
  let best: { chosen: P; ratio: number } | null = null
  for (let draw = 0; draw < draws; draw++) {
    const chosen = open[firstAbove(cumulative, random() * total)]
    if (!chosen) break
    const ratio = goodDensity(chosen.coordinates) / badDensity(chosen.coordinates)
    if (best === null || ratio > best.ratio) best = { chosen, ratio }
  }
  return best
}

/** Index of the first sum above the value, by bisection; the last if rounding leaves none. */
function firstAbove(cumulative: readonly number[], value: number): number {
  let low = 0
  let high = cumulative.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((cumulative[middle] ?? 0) > value) high = middle
    else low = middle + 1
  }
  return low
}
