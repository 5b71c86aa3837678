import { cacheTypeSchema, type Configuration } from '../../../preload/contract/model.ts'
import { engineState } from '../engine-state.ts'
import type { Problem, SearchSpace } from '../types.ts'

/** Whole-number coordinates, one per dimension, each from 0 to the dimension's size − 1. */
export type Coordinates = readonly number[]

export interface LatticePoint {
  configuration: Configuration
  coordinates: Coordinates
}

/** One trial as methods on the lattice see it. */
export interface LatticeTrial {
  coordinates: Coordinates
  /** The lower the better; null: failed or inadmissible. */
  cost: number | null
}

/** The candidates as points of a lattice, on which methods that know nothing of computers can work. */
export interface Lattice {
  /** How many values each dimension has, at least two; dimensions in which no candidates differ are left out. */
  sizes: readonly number[]
  /** In the space's order. Not every place of the lattice needs to have one. */
  points: readonly LatticePoint[]
  /** Where a configuration lies, or the nearest place to it. */
  locate(configuration: Configuration): Coordinates
}

/**
 * Orders each dimension by what the engine makes of the values, so that neighbours are alike: an automatic value lies
 * where its number would. Only the daemon's own choice of layers, which keeps a reserve, lies below all counts.
 */
export function createLattice(problem: Problem, space: SearchSpace): Lattice {
  const valuesOf = (configuration: Configuration) => {
    const { layers, threads, batch, isMapped, hasFlashAttention, cacheType } = engineState(problem, configuration)
    const switches = [Number(isMapped), Number(hasFlashAttention), cacheTypeSchema.options.indexOf(cacheType)]
    return [layers === 'automatic' ? -1 : layers, threads, batch, ...switches]
  }
  const rows = space.candidates.map(valuesOf)
  const levelsOf = (column: number) => [...new Set(rows.map((row) => row[column] ?? 0))].sort((a, b) => a - b)
  const axes = valuesOf(problem.baseline)
    .map((_, column) => ({ column, levels: levelsOf(column) }))
    .filter(({ levels }) => levels.length > 1)
  const locate = (configuration: Configuration) => {
    const row = valuesOf(configuration)
    return axes.map(({ column, levels }) => nearestIndex(levels, row[column] ?? 0))
  }
  return {
    sizes: axes.map(({ levels }) => levels.length),
    points: space.candidates.map((configuration) => ({ configuration, coordinates: locate(configuration) })),
    locate,
  }
}

/** The point nearest to the coordinates, each dimension scaled to [0, 1]; the first of equals. Null without points. */
export function nearestPoint<P extends { coordinates: Coordinates }>(
  sizes: readonly number[],
  points: readonly P[],
  target: Coordinates,
): P | null {
  let nearest: P | null = null
  let least = Infinity
  for (const point of points) {
    const distance = squaredDistance(sizes, point.coordinates, target)
    if (distance < least) {
      least = distance
      nearest = point
    }
  }
  return nearest
}

function squaredDistance(sizes: readonly number[], a: Coordinates, b: Coordinates): number {
  return sizes.reduce((sum, size, axis) => sum + (((a[axis] ?? 0) - (b[axis] ?? 0)) / (size - 1)) ** 2, 0)
}

function nearestIndex(levels: readonly number[], value: number): number {
  return levels.reduce((best, level, index) => {
    return Math.abs(level - value) < Math.abs((levels[best] ?? Infinity) - value) ? index : best
  }, 0)
}
