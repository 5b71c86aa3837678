import type { DaemonFeatures } from '../../preload/contract/daemon.ts'
import type { MemoryEstimate, ModelFacts } from '../../preload/contract/model.ts'
import { cpuComputeBytes, gpuComputeBytes, hostComputeBytes } from './compute-buffers.ts'

export type MemoryPartName = 'layers' | 'tokenEmbedding' | 'outputLayer' | 'projector' | 'keyValueCache' | 'compute'

/** One kind of memory use, split by where it lies. */
export interface MemoryPart extends MemoryEstimate {
  name: MemoryPartName
}

/** An engine state in numbers; nothing is automatic any more. */
export interface EngineState {
  facts: ModelFacts
  features: DaemonFeatures
  /** Layers on the GPU as Ollama counts them, 0 to block count + 1. */
  gpuLayers: number
  contextLength: number
  /** Tokens per prefill step. */
  batch: number
  /** Conversations at once; each has a context of its own. */
  parallel: number
}

const bytesPerMiB = 1_048_576

/** Whether the output layer, and which of the repeating layers, are on the GPU. */
export interface Offload {
  output: boolean
  /** Index of the first repeating layer on the GPU; `blockCount` for none. The last layers go first. */
  firstLayer: number
}

/**
 * Which layers `num_gpu` means. From 0.30.0 the output layer goes first, before it went last; repeating layers are
 * taken from the end (llama.cpp src/llama-model.cpp, `i_gpu_start`).
 */
export function offloadOf({ facts, features, gpuLayers }: EngineState): Offload {
  const { blockCount } = facts
  const isComplete = gpuLayers > blockCount
  const output = features.outputLayerFirst ? gpuLayers > 0 : isComplete
  const repeating = isComplete ? blockCount : Math.max(0, gpuLayers - (output ? 1 : 0))
  return { output, firstLayer: blockCount - repeating }
}

/** Memory of an engine state in MiB by purpose and place, as the buffer sizes that the daemon reports in `/api/ps`. */
export function placeMemory(state: EngineState): MemoryPart[] {
  const { facts, gpuLayers } = state
  const offload = offloadOf(state)
  const isOnGpu = (layer: number) => layer >= offload.firstLayer
  const split = (name: MemoryPartName, bytes: readonly number[]) =>
    part(
      name,
      sum(bytes, (i) => !isOnGpu(i)),
      sum(bytes, isOnGpu),
    )
  const place = (name: MemoryPartName, bytes: number, onGpu: boolean) =>
    part(name, onGpu ? 0 : bytes, onGpu ? bytes : 0)
  const isComplete = gpuLayers > facts.blockCount
  return [
    split('layers', facts.layerBytes),
    part('tokenEmbedding', facts.tokenEmbeddingBytes, 0),
    place('outputLayer', offload.output ? facts.outputBytes : outputBytesInRam(facts), offload.output),
    place('projector', facts.projectorBytes, isComplete),
    split('keyValueCache', keyValueBytes(state)),
    computePart(state, offload),
  ]
}

/** On the CPU a tied output matrix is the token embedding itself: it lies in memory once. */
function outputBytesInRam(facts: ModelFacts): number {
  const everything = sum(facts.layerBytes, () => true) + facts.tokenEmbeddingBytes + facts.outputBytes
  const isTied = facts.totalBytes < everything
  return isTied ? Math.max(0, facts.outputBytes - facts.tokenEmbeddingBytes) : facts.outputBytes
}

/**
 * Bytes of the KV cache per layer: tokens × (key + value length) × KV heads × 2 (half precision). Layers with a sliding
 * window keep window × conversations + batch tokens, rounded up to 256
 * (llama.cpp src/llama-kv-cache.cpp and src/llama-kv-cache-iswa.cpp).
 */
export function keyValueBytes({ facts, contextLength, batch, parallel }: EngineState): number[] {
  const tokens = contextLength * parallel
  const bytesPerHead = 2 * (facts.keyLength + facts.valueLength)
  const window = facts.slidingWindow
  const windowTokens = window === null ? tokens : roundUp(Math.min(tokens, window * parallel + batch), 256)
  return facts.headCountKv.map((heads, layer) => {
    const isSliding = window !== null && (facts.slidingLayers?.[layer] ?? true)
    return heads * bytesPerHead * (isSliding ? windowTokens : tokens)
  })
}

function computePart(state: EngineState, offload: Offload): MemoryPart {
  if (state.gpuLayers === 0) return part('compute', cpuComputeBytes(state), 0)
  return part('compute', hostComputeBytes(state), gpuComputeBytes(state, offload))
}

function part(name: MemoryPartName, ramBytes: number, vramBytes: number): MemoryPart {
  return { name, ramMiB: ramBytes / bytesPerMiB, vramMiB: vramBytes / bytesPerMiB }
}

function sum(values: readonly number[], isCounted: (index: number) => boolean): number {
  return values.reduce((total, value, index) => (isCounted(index) ? total + value : total), 0)
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple
}
