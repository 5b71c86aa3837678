import { parameterNames } from '../../../preload/contract/model.ts'
import type { Configuration, ParameterName } from '../../../preload/contract/model.ts'
import { buildSpace } from '../../../main/search/space.ts'
import type { Problem } from '../../../main/search/types.ts'
import type { PeerParams } from './peer-process.ts'

/** What a peer searches: every value that the daemon takes, or the candidates that our own samplers get. */
export const peerSpaces = ['full', 'pruned'] as const
export type PeerSpace = (typeof peerSpaces)[number]

/** A parameter with its values in order: not set first, then ascending. */
export interface Axis {
  name: ParameterName
  values: Configuration[ParameterName][]
}

/** Every configuration of a space, the baseline among them. */
export function peerCandidates(problem: Problem, space: PeerSpace): Configuration[] {
  if (space === 'pruned') return buildSpace(problem).candidates
  const { baseline, allowedValues } = problem
  return parameterNames.reduce<Configuration[]>(
    (found, name) => {
      const values = allowedValues?.[name] ?? [baseline[name]]
      return found.flatMap((configuration) => values.map((value) => ({ ...configuration, [name]: value })))
    },
    [baseline],
  )
}

/** The values that occur among candidates, per parameter. */
export function axesOf(candidates: readonly Configuration[]): Axis[] {
  return parameterNames.map((name) => ({
    name,
    values: [...new Set(candidates.map((candidate) => candidate[name]))].toSorted((a, b) => order(a) - order(b)),
  }))
}

function order(value: Configuration[ParameterName]): number {
  return Number(value ?? -1)
}

/** The candidate whose values are the fewest places away, each axis taken as of length 1. */
export function nearest(
  candidates: readonly Configuration[],
  axes: readonly Axis[],
  params: PeerParams,
): Configuration {
  const distance = (candidate: Configuration) =>
    axes.reduce((sum, { name, values }) => {
      const places = Math.abs(values.indexOf(candidate[name]) - values.indexOf(params[name] ?? null))
      return sum + places / Math.max(1, values.length - 1)
    }, 0)
  return candidates.reduce((best, candidate) => (distance(candidate) < distance(best) ? candidate : best))
}
