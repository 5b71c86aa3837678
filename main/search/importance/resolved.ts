import type { ResolvedValue } from '../../../preload/contract/insight.ts'
import type { Configuration, ParameterName } from '../../../preload/contract/model.ts'
import { engineState, totalLayers } from '../engine-state.ts'
import { automaticReserveMiB, layersThatFit } from '../fit.ts'
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
  }
}

/**
 * Distances over which errors of predictions go together: octaves of threads and of batch, shares of all layers, and
 * the two switches. As in the surrogate's residual: threads differ even from one count to the next, batches hardly.
 */
export const errorScales = [0.35, 2, 0.2, 1, 1]

/** Places configurations for `errorScales`. */
export function createErrorInputs(problem: Problem): (configuration: Configuration) => number[] {
  const automaticLayers = layersThatFit(problem, 0, automaticReserveMiB)
  return (configuration) => {
    const { layers, threads, batch, isMapped, hasFlashAttention } = engineState(problem, configuration)
    return [
      Math.log2(threads),
      Math.log2(batch),
      (layers === 'automatic' ? automaticLayers : layers) / totalLayers(problem.facts),
      Number(isMapped),
      Number(hasFlashAttention),
    ]
  }
}
