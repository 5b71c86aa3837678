import type { CreateSampler } from '../types.ts'
import { createHistory } from './history.ts'
import { createLattice } from './lattice.ts'
import type { Coordinates } from './lattice.ts'
import { firstOpen, samplerOver, trial } from './suggest.ts'

/**
 * Every candidate in a fixed order from coarse to fine: first the middle of the lattice, then the ends of one
 * dimension at a time, then their halves and pairs of ends, and so on to the last. Row by row, a search that ends
 * early has seen one corner; in this order it has seen every dimension's main effect.
 *
 * Source: hierarchical order of sparse grids by the sum of levels, H.-J. Bungartz, M. Griebel, "Sparse grids",
 * Acta Numerica 13 (2004), section 3.2.
 */
export const createGridSampler: CreateSampler = (options) => {
  const { problem, space } = options
  const history = createHistory(problem, space)
  const { sizes, points } = createLattice(problem, space)
  const levelsOfAxes = sizes.map(refinementLevels)
  const order = points
    .map(({ configuration, coordinates }) => ({ configuration, level: totalLevel(levelsOfAxes, coordinates) }))
    .toSorted((a, b) => a.level - b.level)
    .map(({ configuration }) => configuration)
  return samplerOver(options, history, (open) =>
    trial(problem, history, firstOpen(order, open, problem), {
      code: 'search.nextOnGrid',
      values: { open: open.size },
    }),
  )
}

function totalLevel(levelsOfAxes: readonly (readonly number[])[], coordinates: Coordinates): number {
  return levelsOfAxes.reduce((sum, levels, axis) => sum + (levels[coordinates[axis] ?? 0] ?? 0), 0)
}

/** When each of `size` values is reached by bisection: the middle at 0, the ends at 1, the middles between at 2, … */
export function refinementLevels(size: number): number[] {
  const levels = Array.from({ length: size }, () => 0)
  const middle = Math.floor((size - 1) / 2)
  for (const end of [0, size - 1]) if (end !== middle) levels[end] = 1
  const bisect = (low: number, high: number, level: number) => {
    if (high - low < 2) return
    const center = Math.floor((low + high) / 2)
    levels[center] = level
    bisect(low, center, level + 1)
    bisect(center, high, level + 1)
  }
  bisect(0, middle, 2)
  bisect(middle, size - 1, 2)
  return levels
}
