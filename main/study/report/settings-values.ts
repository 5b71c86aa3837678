import type { Statement } from '../../../preload/contract/estimate.ts'
import { automatic, parameterNames, type Configuration, type ParameterName } from '../../../preload/contract/model.ts'

type Value = Statement['values'][string]

/** A parameter's value as statements carry it: "automatic" where the daemon decides. */
export function settingValue<N extends ParameterName>(name: N, value: Configuration[N]): Value {
  return value === automatic[name] || value === null ? 'automatic' : value
}

/** A whole configuration as statements carry it. */
export function configurationValues(configuration: Configuration): Record<ParameterName, Value> {
  return Object.fromEntries(parameterNames.map((name) => [name, settingValue(name, configuration[name])])) as Record<
    ParameterName,
    Value
  >
}
