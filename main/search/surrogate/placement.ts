import type { Configuration } from '../../../preload/contract/model.ts'
import { engineState, totalLayers } from '../engine-state.ts'
import type { EngineState } from '../engine-state.ts'
import { automaticReserveMiB, layersThatFit } from '../fit.ts'
import type { Problem } from '../types.ts'

/** Share of a mixture layer's bytes that are experts, typically. */
const expertShare = 0.95

/** A configuration as the physical model sees it. */
export interface Placement {
  threads: number
  batch: number
  isMapped: boolean
  layers: number
  /** Bytes read per generated token, by the device that reads them: weights in use and the filled cache. */
  cpuBytes: number
  gpuBytes: number
}

/** Places configurations of one problem on the devices; remembers the daemon's own choice, which costs a search. */
export function createPlacement(problem: Problem): (configuration: Configuration) => Placement {
  const { facts, workload } = problem
  const total = totalLayers(facts)
  const activeShare = facts.expertCount > 0 ? 1 - expertShare * (1 - facts.expertUsedCount / facts.expertCount) : 1
  const depth = workload.promptTokens + workload.outputTokens / 2
  const layerBytes = facts.layerBytes.map((bytes, layer) => {
    const cache = 2 * depth * (facts.headCountKv[layer] ?? 0) * (facts.keyLength + facts.valueLength)
    return bytes * activeShare + cache
  })
  const automaticLayers = layersThatFit(problem, 0, automaticReserveMiB)
  const gpuBytesOf = cumulativeBytes(layerBytes, facts.outputBytes, problem.features.outputLayerFirst)
  return (configuration) => {
    const state: EngineState = engineState(problem, configuration)
    const layers = state.layers === 'automatic' ? automaticLayers : state.layers
    const gpuBytes = gpuBytesOf[layers] ?? 0
    const { threads, batch, isMapped } = state
    return { threads, batch, isMapped, layers, gpuBytes, cpuBytes: (gpuBytesOf[total] ?? 0) - gpuBytes }
  }
}

/** Entry k: bytes on the GPU with k layers there. The last repeating layers go first; the output layer as features say. */
function cumulativeBytes(layerBytes: number[], outputBytes: number, outputFirst: boolean): number[] {
  const repeating = layerBytes.toReversed()
  const order = outputFirst ? [outputBytes, ...repeating] : [...repeating, outputBytes]
  const sums = [0]
  for (const bytes of order) sums.push((sums.at(-1) ?? 0) + bytes)
  return sums
}
