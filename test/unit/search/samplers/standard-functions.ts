import { createRandom, shuffle } from '../../../../main/search/random.ts'
import type { Coordinates } from '../../../../main/search/samplers/lattice.ts'

/** A test function of optimisation, laid over a lattice; the least value is wanted. */
export interface StandardFunction {
  sizes: number[]
  cost: (place: Coordinates) => number
}

export interface GridPoint {
  coordinates: Coordinates
  cost: number
}

/** A function of real numbers at evenly spaced places of a box. */
function onGrid(sizes: number[], ranges: [number, number][], f: (x: number[]) => number): StandardFunction {
  return {
    sizes,
    cost: (place) =>
      f(ranges.map(([low, high], axis) => low + ((high - low) * (place[axis] ?? 0)) / ((sizes[axis] ?? 2) - 1))),
  }
}

/** Σ (x − 0.3)² on [−1, 1]³, 12 values each. */
export const sphere = onGrid(
  [12, 12, 12],
  [
    [-1, 1],
    [-1, 1],
    [-1, 1],
  ],
  (x) => x.reduce((sum, value) => sum + (value - 0.3) ** 2, 0),
)

/** Branin's function with its three equal minima. Source: L. Dixon, G. Szegő, "Towards global optimisation 2", 1978. */
export const branin = onGrid(
  [31, 31],
  [
    [-5, 10],
    [0, 15],
  ],
  ([x = 0, y = 0]) =>
    (y - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 / Math.PI) * x - 6) ** 2 +
    10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) +
    10,
)

/** Hartmann's function of three dimensions, least value −3.86. Source: as Branin's. */
export const hartmann3 = onGrid(
  [13, 13, 13],
  [
    [0, 1],
    [0, 1],
    [0, 1],
  ],
  (x) => {
    const weights = [1, 1.2, 3, 3.2]
    const scales = [
      [3, 10, 30],
      [0.1, 10, 35],
      [3, 10, 30],
      [0.1, 10, 35],
    ]
    const centers = [
      [0.3689, 0.117, 0.2673],
      [0.4699, 0.4387, 0.747],
      [0.1091, 0.8732, 0.5547],
      [0.0381, 0.5743, 0.8828],
    ]
    return -weights.reduce((sum, weight, row) => {
      const exponent = x.reduce((e, value, axis) => {
        return e + (scales[row]?.[axis] ?? 0) * (value - (centers[row]?.[axis] ?? 0)) ** 2
      }, 0)
      return sum + weight * Math.exp(-exponent)
    }, 0)
  },
)

/** Ackley's function, rounded down to steps of a half, so that plateaus and ties abound; least near (6, 6). */
export const steppedAckley = onGrid(
  [26, 26],
  [
    [-5, 15],
    [-5, 15],
  ],
  ([x = 0, y = 0]) => {
    const root = Math.sqrt((x ** 2 + y ** 2) / 2)
    const waves = (Math.cos(2 * Math.PI * x) + Math.cos(2 * Math.PI * y)) / 2
    return Math.floor(2 * (-20 * Math.exp(-0.2 * root) - Math.exp(waves) + 20 + Math.E)) / 2
  },
)

/** Every place of a function's lattice with its cost. */
export function gridOf({ sizes, cost }: StandardFunction): GridPoint[] {
  const places = sizes.reduce<number[][]>(
    (found, size) => found.flatMap((place) => Array.from({ length: size }, (_, index) => [...place, index])),
    [[]],
  )
  return places.map((coordinates) => ({ coordinates, cost: cost(coordinates) }))
}

/** Least cost of as many places drawn without replacement. */
export function randomSearch(task: StandardFunction, seed: number, trials: number): number {
  return best(shuffle(gridOf(task), createRandom(seed + 1e6)).slice(0, trials))
}

export function best(trials: readonly { cost: number | null }[]): number {
  return Math.min(...trials.map(({ cost }) => cost ?? Infinity))
}
