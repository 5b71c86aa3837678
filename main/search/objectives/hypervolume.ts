/**
 * Volume that points dominate up to a reference point, all costs to be minimised: the area (two objectives) or volume
 * (three) of the union of the boxes between each point and the reference. Exact; points that do not lie below the
 * reference in every objective add nothing. Throws a RangeError for other numbers of objectives.
 *
 * Source: E. Zitzler, L. Thiele, "Multiobjective optimization using evolutionary algorithms", PPSN V, 1998; computed
 * by sweeping one dimension and adding slices: C. Fonseca, L. Paquete, M. López-Ibáñez, CEC 2006. O(n² log n) for
 * three objectives, for the tens of setups that a study measures.
 */
export function hypervolume(points: readonly (readonly number[])[], reference: readonly number[]): number {
  const inside = points.filter((point) => reference.every((limit, i) => (point[i] ?? Infinity) < limit))
  if (reference.length === 2) return area(inside, reference)
  if (reference.length === 3) return volume(inside, reference)
  throw new RangeError('a hypervolume is computed for two or three objectives')
}

/** Steps of a staircase: each point that is lower than all to its left adds a rectangle. */
function area(points: readonly (readonly number[])[], [right = 0, top = 0]: readonly number[]): number {
  let sum = 0
  let lowest = top
  for (const [x = 0, y = 0] of points.toSorted(([a = 0], [b = 0]) => a - b)) {
    if (y >= lowest) continue
    sum += (right - x) * (lowest - y)
    lowest = y
  }
  return sum
}

/** Slices between consecutive heights, each as thick as the step and as large as what all points below it dominate. */
function volume(points: readonly (readonly number[])[], reference: readonly number[]): number {
  const [, , top = 0] = reference
  const upwards = points.toSorted(([, , a = 0], [, , b = 0]) => a - b)
  return upwards.reduce((sum, [, , height = 0], index) => {
    const next = upwards[index + 1]?.[2] ?? top
    return next > height ? sum + (next - height) * area(upwards.slice(0, index + 1), reference) : sum
  }, 0)
}
