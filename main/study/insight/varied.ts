import type { ResolvedValue } from '../../../preload/contract/insight.ts'
import { parameterNames, type Configuration, type ParameterName } from '../../../preload/contract/model.ts'
import { resolvedValue } from '../../search/importance/resolved.ts'
import type { Outlook } from './forecast.ts'

/** One parameter that takes several values among the setups. */
export interface Varied {
  name: ParameterName
  values: ResolvedValue[]
  /** Index of each setup's value. */
  levelOf: number[]
}

export function variedParameters({ problem }: Outlook, setups: readonly Configuration[]): Varied[] {
  return parameterNames.flatMap((name): Varied[] => {
    const taken = setups.map((configuration) => resolvedValue(problem, configuration, name))
    const values = [...new Set(taken)].toSorted((a, b) => Number(a) - Number(b))
    return values.length < 2 ? [] : [{ name, values, levelOf: taken.map((value) => values.indexOf(value)) }]
  })
}
