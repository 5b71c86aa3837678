import type { Configuration, MemoryEstimate } from '../../preload/contract/model.ts'
import { totalLayers } from './engine-state.ts'
import type { Problem } from './types.ts'

type Context = Pick<Problem, 'facts' | 'predictMemory'>

/**
 * Whether a load with the daemon's own choice of layers put all of them on the GPU, by the memory that it reported:
 * more than half of the last layer is there.
 */
export function putsAllOnGpu(problem: Context, configuration: Configuration, reported: MemoryEstimate): boolean {
  if (configuration.num_gpu >= 0) return false
  const total = totalLayers(problem.facts)
  return reported.vramMiB > (vramWith(problem, configuration, total) + vramWith(problem, configuration, total - 1)) / 2
}

/**
 * Whether `other` asks for all layers where the daemon, which put all of them there for `chosen`, will do so as well,
 * as it needs no more memory: the same engine state under another name.
 */
export function asksForWhatIsChosen(problem: Context, other: Configuration, chosen: Configuration): boolean {
  const total = totalLayers(problem.facts)
  return other.num_gpu >= total && vramWith(problem, other, total) <= vramWith(problem, chosen, total)
}

/**
 * Layers, in fractions, of whose memory a load with the daemon's own choice speaks, and MiB of one of them; null where
 * layers do not tell by their memory.
 */
export function layersByMemory(
  problem: Context,
  configuration: Configuration,
  reported: MemoryEstimate,
): { layers: number; layerMiB: number } | null {
  const total = totalLayers(problem.facts)
  const [none, all] = [vramWith(problem, configuration, 1), vramWith(problem, configuration, total)]
  const layerMiB = (all - none) / Math.max(1, total - 1)
  if (layerMiB <= 0) return null
  // Memory grows with every layer, so that halving finds the last whole one.
  let [below, above] = [1, total]
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2)
    if (vramWith(problem, configuration, middle) <= reported.vramMiB) below = middle
    else above = middle
  }
  const low = vramWith(problem, configuration, below)
  const share = (reported.vramMiB - low) / Math.max(1, vramWith(problem, configuration, above) - low)
  return { layers: below + Math.max(0, Math.min(1, share)) * (above - below), layerMiB }
}

function vramWith(problem: Context, configuration: Configuration, num_gpu: number): number {
  return problem.predictMemory({ ...configuration, num_gpu }).vramMiB
}
