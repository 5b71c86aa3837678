import type { CacheType, Configuration } from '../../../preload/contract/model.ts'
import { engineState, totalLayers } from '../engine-state.ts'
import { automaticReserveMiB, layersThatFit, usableVramMiB } from '../fit.ts'
import type { Problem } from '../types.ts'

/** Share of a mixture layer's bytes that are experts, typically. */
const expertShare = 0.95

/** A configuration as the physical model sees it. */
export interface Placement {
  threads: number
  batch: number
  isMapped: boolean
  hasFlashAttention: boolean
  cacheType: CacheType
  /** Layers on the GPU; where the daemon decides, those predicted. */
  layers: number
  /** Bytes read per generated token: weights in use and the filled cache. */
  allBytes: number
  /** Those of them on the GPU; `automaticFactor`: layers that the daemon's own fit takes, relative to the predicted. */
  gpuBytes(automaticFactor: number): number
}

/** Places configurations of one problem on the devices; what was placed is remembered. */
export function createPlacement(problem: Problem): (configuration: Configuration) => Placement {
  const { facts, workload } = problem
  const total = totalLayers(facts)
  const isMixture = facts.expertCount > 0
  const idleShare = isMixture ? expertShare * (1 - facts.expertUsedCount / facts.expertCount) : 0
  const depth = workload.promptTokens + workload.outputTokens / 2
  const cacheBytes = facts.layerBytes.map(
    (_, layer) => 2 * depth * (facts.headCountKv[layer] ?? 0) * (facts.keyLength + facts.valueLength),
  )
  const layerBytes = facts.layerBytes.map((bytes, layer) => bytes * (1 - idleShare) + (cacheBytes[layer] ?? 0))
  const gpuBytesOf = cumulativeBytes(layerBytes, facts.outputBytes, problem.features.outputLayerFirst)
  const allBytes = gpuBytesOf[total] ?? 0
  const automaticLayers = layersThatFit(problem, 0, automaticReserveMiB)
  const dense = layerBytes.reduce((sum, bytes, i) => sum + bytes - activeExpertBytes(facts, i), facts.outputBytes)
  const automaticBytes = (factor: number) => {
    const layers = Math.min(total, automaticLayers * factor)
    if (!isMixture || automaticLayers >= total) return interpolate(gpuBytesOf, layers)
    // The daemon moves experts off the GPU before whole layers: what all layers share stays there.
    const room = Math.max(0, usableVramMiB(problem) - automaticReserveMiB) * 2 ** 20 * factor
    const experts = facts.layerBytes.reduce((sum, bytes) => sum + expertShare * bytes, 0)
    const rest = facts.totalBytes - facts.tokenEmbeddingBytes - experts
    const expertsThere = Math.max(0, Math.min(1, (room - rest) / Math.max(1, experts)))
    return rest <= room ? dense + expertsThere * (allBytes - dense) : interpolate(gpuBytesOf, layers)
  }
  const known = new WeakMap<Configuration, Placement>()
  const placed = (configuration: Configuration): Placement => {
    const { layers, threads, batch, isMapped, hasFlashAttention, cacheType } = engineState(problem, configuration)
    const isAutomatic = layers === 'automatic'
    const fixedBytes = isAutomatic ? 0 : (gpuBytesOf[layers] ?? 0)
    return {
      threads,
      batch,
      isMapped,
      hasFlashAttention,
      cacheType,
      layers: isAutomatic ? automaticLayers : layers,
      allBytes,
      gpuBytes: isAutomatic ? automaticBytes : () => fixedBytes,
    }
  }
  return (configuration) => {
    const placement = known.get(configuration) ?? placed(configuration)
    known.set(configuration, placement)
    return placement
  }
}

function activeExpertBytes(facts: Problem['facts'], layer: number): number {
  if (facts.expertCount === 0) return 0
  return (facts.layerBytes[layer] ?? 0) * expertShare * (facts.expertUsedCount / facts.expertCount)
}

/** Entry k: bytes on the GPU with k layers there. The last repeating layers go first; the output layer as features say. */
function cumulativeBytes(layerBytes: number[], outputBytes: number, outputFirst: boolean): number[] {
  const repeating = layerBytes.toReversed()
  const order = outputFirst ? [outputBytes, ...repeating] : [...repeating, outputBytes]
  const sums = [0]
  for (const bytes of order) sums.push((sums.at(-1) ?? 0) + bytes)
  return sums
}

/** The value at a position between two entries. */
function interpolate(values: readonly number[], position: number): number {
  const below = Math.floor(position)
  const low = values[below] ?? 0
  const high = values[below + 1] ?? low
  return low + (position - below) * (high - low)
}
