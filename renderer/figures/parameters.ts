import type { Configuration, ParameterName } from '../../preload/contract/model.ts'

/** The parameters in the order in which people are shown them. */
export const parameterOrder = [
  'num_gpu',
  'num_thread',
  'num_batch',
  'use_mmap',
  'flash_attention',
  'kv_cache_type',
  'num_parallel',
] as const satisfies readonly ParameterName[]

/** With this value the daemon decides by itself. */
const automatic: Configuration = {
  num_gpu: -1,
  num_thread: 0,
  num_batch: 0,
  use_mmap: null,
  flash_attention: null,
  kv_cache_type: null,
  num_parallel: null,
}

export type ParameterSetting = Configuration[ParameterName]

export function isAutomatic(name: ParameterName, value: ParameterSetting): boolean {
  return automatic[name] === value
}

/** The parameters that a configuration sets itself. */
export function explicitParameters(configuration: Configuration): ParameterName[] {
  return parameterOrder.filter((name) => !isAutomatic(name, configuration[name]))
}
