import type { Configuration, ParameterName } from '../../../../preload/contract/model.ts'
import { engineState } from '../../engine-state.ts'
import type { EngineState } from '../../engine-state.ts'
import type { Problem, SearchSpace } from '../../types.ts'

const stateOf: Record<ParameterName, keyof EngineState> = {
  num_gpu: 'layers',
  num_thread: 'threads',
  num_batch: 'batch',
  use_mmap: 'isMapped',
  flash_attention: 'hasFlashAttention',
  kv_cache_type: 'cacheType',
  num_parallel: 'conversations',
}

/** Something that no trial has shown yet: parameters that every measured configuration has as the baseline has them. */
export interface Screening {
  names: ParameterName[]
  /** Candidates that vary the most of these at once. */
  candidates: Configuration[]
}

/**
 * What a search has to look at once before it may end, whatever its model believes: beliefs come from other computers,
 * and on this one a value may be wrong for a reason that nobody foresaw. One trial can vary several parameters; null
 * where each was varied, where no candidate is left that could, and for the memory goal, as memory can be predicted.
 */
export function screeningOf(
  problem: Problem,
  space: SearchSpace,
  measured: readonly Configuration[],
  open: readonly Configuration[],
): Screening | null {
  if (problem.goal === 'memory') return null
  const baseline = engineState(problem, problem.baseline)
  const varies = (configuration: Configuration, name: ParameterName) =>
    engineState(problem, configuration)[stateOf[name]] !== baseline[stateOf[name]]
  const names = space.dimensions
    .map(({ name }) => name)
    .filter((name) => !measured.some((configuration) => varies(configuration, name)))
  const counted = open.map((candidate) => ({
    candidate,
    count: names.filter((name) => varies(candidate, name)).length,
  }))
  const most = counted.reduce((highest, { count }) => Math.max(highest, count), 0)
  if (most === 0) return null
  const candidates = counted.filter(({ count }) => count === most).map(({ candidate }) => candidate)
  return { names: names.filter((name) => candidates.some((candidate) => varies(candidate, name))), candidates }
}
