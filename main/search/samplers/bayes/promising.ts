import type { Configuration } from '../../../../preload/contract/model.ts'
import { parameterNames } from '../../../../preload/contract/model.ts'
import type { Problem } from '../../types.ts'
import { decisiveTokens } from '../../objective.ts'
import type { Surrogate } from '../../surrogate/surrogate.ts'

/** So many candidates are looked at exactly; up to there nothing is left out. */
const mostExact = 1000
/** Of more than that, so many of the best by a first look. */
const bestByPhysics = 200
/** Candidates whose odds of fitting are below this are not looked at while others are left. */
const leastOdds = 0.01

/**
 * The candidates worth an exact forecast: all, or, of very many, those that the physical mean at the present
 * parameters favours and that may fit, together with the neighbours of the incumbent (other in one parameter alone),
 * where the residual may differ from what physics says.
 */
export function promising(
  problem: Problem,
  surrogate: Surrogate,
  candidates: readonly Configuration[],
  incumbent: Configuration | null,
  odds: (configuration: Configuration) => number,
): readonly Configuration[] {
  if (candidates.length <= mostExact) return candidates
  const tokens = decisiveTokens(problem.goal, problem.workload)
  const rough = (configuration: Configuration) => {
    if (problem.goal !== 'memory') return surrogate.roughTurnSeconds(configuration, tokens)
    const { ramMiB, vramMiB } = problem.predictMemory(configuration)
    return ramMiB + vramMiB
  }
  const chosen: Configuration[] = []
  for (const i of ascendingOrder(candidates.map(rough))) {
    const candidate = candidates[i]
    if (candidate && odds(candidate) >= leastOdds) chosen.push(candidate)
    if (chosen.length >= bestByPhysics) break
  }
  if (chosen.length === 0) return candidates.slice(0, mostExact)
  const known = new Set(chosen)
  const neighbours = candidates.filter(
    (candidate) => incumbent && isNeighbour(candidate, incumbent) && !known.has(candidate),
  )
  return [...chosen, ...neighbours]
}

function isNeighbour(a: Configuration, b: Configuration): boolean {
  let differences = 0
  for (const name of parameterNames) {
    if (a[name] !== b[name]) differences += 1
    if (differences > 1) return false
  }
  return differences === 1
}

/**
 * Positions of positive values from the lowest to the highest, equal to about 10⁻⁴: each value is packed with its
 * position into one number, which typed arrays sort several times faster than by a comparison.
 */
function* ascendingOrder(values: readonly number[]): Generator<number> {
  const packed = new Float64Array(values.length)
  for (const [i, value] of values.entries()) packed[i] = Math.round(Math.log(value) * 1e4) * values.length + i
  packed.sort()
  for (const value of packed) yield ((value % values.length) + values.length) % values.length
}
