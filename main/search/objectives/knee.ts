/** Objectives that differ by less than this over the front, nats, offer no choice: 3 %, as for any gain. */
const leastRange = Math.log(1.03)
/** Normalised costs closer than this are equal. */
const rounding = 1e-9

/**
 * The knee of a Pareto front: where giving up a little of one objective no longer buys much of another. Costs are
 * taken as logarithms and normalised to 0 (best on the front) to 1 (worst); the knee lies farthest below the plane
 * x₁ + … + x_m = 1, which for two objectives is the chord between the front's ends. Objectives that hardly differ
 * over the front are left out. Scaling an objective changes nothing.
 *
 * Null where there is none: fewer than two objectives differ, or no setup lies farther below the plane than those
 * that are best in one objective.
 *
 * Source: I. Das, "On characterizing the 'knee' of the Pareto curve based on normal-boundary intersection",
 * Structural Optimization 18, 1999; for three objectives with the plane through the normalised intercepts as in
 * K. Deb, H. Jain, IEEE Transactions on Evolutionary Computation 18(4), 2014.
 *
 * @param front setups that do not dominate each other
 * @param costsOf positive costs, equally many for every setup
 */
export function knee<T>(front: readonly T[], costsOf: (item: T) => readonly number[]): T | null {
  const logs = front.map((item) => costsOf(item).map(Math.log))
  const ranges = (logs[0] ?? []).map((_, i) => {
    const values = logs.map((point) => point[i] ?? 0)
    return { best: Math.min(...values), worst: Math.max(...values) }
  })
  if (ranges.filter(({ best, worst }) => worst - best >= leastRange).length < 2) return null
  const rated = logs.map((point, index) => {
    const places = ranges.flatMap(({ best, worst }, i) =>
      worst - best >= leastRange ? [((point[i] ?? 0) - best) / (worst - best)] : [],
    )
    const depth = (1 - places.reduce((sum, place) => sum + place, 0)) / Math.sqrt(places.length)
    return { item: front[index], depth, isEnd: places.some((place) => place < rounding) }
  })
  const deepestEnd = Math.max(...rated.filter(({ isEnd }) => isEnd).map(({ depth }) => depth))
  const deepest = rated.reduce((a, b) => (b.depth > a.depth ? b : a))
  return deepest.depth > deepestEnd + rounding ? (deepest.item ?? null) : null
}
