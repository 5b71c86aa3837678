import type { Random } from '../../random.ts'
import { nearestPoint } from '../lattice.ts'
import type { Coordinates, LatticeTrial } from '../lattice.ts'

/** Of so many members drawn at random the best becomes a parent: half a population of twelve, as trials are few. */
const tournamentSize = 6
/** How often a child takes dimensions from two parents before it is changed. */
const crossoverShare = 0.5
/** How often a changed dimension moves to a value nearby, not to any; the paper's own case has no neighbours. */
const nearbyShare = 0.5
/** Nearby is at most this share of the dimension's values away, and one at least. */
const nearbyReach = 0.25

/**
 * A batch of at most `count` different children from one population: parents win tournaments, a child is a parent or
 * a mixture of two, changed in one dimension, and the nearest open place if its own is taken.
 *
 * Sources: E. Real et al., "Regularized evolution for image classifier architecture search", AAAI 2019 (tournaments,
 * one mutation a child); uniform crossover after G. Syswerda, ICGA 1989.
 */
export function breed<P extends { coordinates: Coordinates }>(
  sizes: readonly number[],
  population: readonly LatticeTrial[],
  open: readonly P[],
  count: number,
  random: Random,
): P[] {
  const children: P[] = []
  let left = [...open]
  while (children.length < count && left.length > 0) {
    const place = mutate(sizes, cross(population, sizes, random), random)
    const child = nearestPoint(sizes, left, place)
    if (!child) break
    children.push(child)
    left = left.filter((point) => point !== child)
  }
  return children
}

function cross(population: readonly LatticeTrial[], sizes: readonly number[], random: Random): number[] {
  const mother = winTournament(population, random)
  if (random() >= crossoverShare) return [...mother]
  const father = winTournament(population, random)
  return sizes.map((_, axis) => (random() < 0.5 ? mother : father)[axis] ?? 0)
}

function winTournament(population: readonly LatticeTrial[], random: Random): Coordinates {
  let winner: LatticeTrial | undefined
  for (let drawn = 0; drawn < tournamentSize; drawn++) {
    const rival = population[Math.floor(random() * population.length)]
    if (!winner || (rival && (rival.cost ?? Infinity) < (winner.cost ?? Infinity))) winner = rival
  }
  return winner?.coordinates ?? []
}

/** Moves one dimension, in the direction that has room if only one does. */
function mutate(sizes: readonly number[], place: readonly number[], random: Random): number[] {
  const axis = Math.floor(random() * sizes.length)
  const highest = (sizes[axis] ?? 1) - 1
  const from = place[axis] ?? 0
  const reach = random() < nearbyShare ? Math.max(1, highest * nearbyReach) : highest
  const length = 1 + Math.floor(random() * reach)
  const isUpwards = from === 0 || (from < highest && random() < 0.5)
  const to = Math.min(highest, Math.max(0, from + (isUpwards ? length : -length)))
  return place.map((value, index) => (index === axis ? to : value))
}
