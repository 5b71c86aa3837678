import type { ResolvedValue } from '../../../preload/contract/insight.ts'
import type { Configuration, ParameterName } from '../../../preload/contract/model.ts'
import { engineState } from '../engine-state.ts'
import type { Problem } from '../types.ts'

/** Value of one parameter as the engine runs it; −1 layers where only the daemon knows. */
export function resolvedValue(problem: Problem, configuration: Configuration, name: ParameterName): ResolvedValue {
  const state = engineState(problem, configuration)
  switch (name) {
    case 'num_gpu':
      return state.layers === 'automatic' ? -1 : state.layers
    case 'num_thread':
      return state.threads
    case 'num_batch':
      return state.batch
    case 'use_mmap':
      return state.isMapped
    case 'flash_attention':
      return state.hasFlashAttention
    case 'kv_cache_type':
      return state.cacheType
    case 'num_parallel':
      return state.conversations
  }
}
