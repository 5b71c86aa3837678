/**
 * The items that no other item dominates; order is kept, equals are all kept. a dominates b when no cost of a is
 * larger and one is smaller. O(n²), for the tens of configurations that a study measures.
 *
 * @param costsOf costs of an item, all to be minimised, equally many for every item
 */
export function paretoFront<T>(items: readonly T[], costsOf: (item: T) => readonly number[]): T[] {
  const rated = items.map((item) => ({ item, costs: costsOf(item) }))
  return rated.filter(({ costs }) => !rated.some((other) => dominates(other.costs, costs))).map(({ item }) => item)
}

/**
 * The Pareto front under constraints: that of the items which keep them all. Where none does, those that break them
 * least, as the nearest there is.
 * Source: K. Deb, "An efficient constraint handling method for genetic algorithms", CMAME 186, 2000.
 *
 * @param excessOf how far an item breaks the constraints; 0 when it keeps them
 */
export function constrainedFront<T>(
  items: readonly T[],
  costsOf: (item: T) => readonly number[],
  excessOf: (item: T) => number,
): T[] {
  const least = Math.min(...items.map(excessOf))
  const nearest = items.filter((item) => excessOf(item) === least)
  return paretoFront(nearest, costsOf)
}

function dominates(a: readonly number[], b: readonly number[]): boolean {
  return a.every((cost, i) => cost <= (b[i] ?? Infinity)) && a.some((cost, i) => cost < (b[i] ?? Infinity))
}
