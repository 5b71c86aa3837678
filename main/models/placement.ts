import type { DaemonFeatures } from '../../preload/contract/daemon.ts'
import type { CacheType, MemoryEstimate, ModelFacts } from '../../preload/contract/model.ts'
import { copiesTiedMatrix } from './architectures.ts'
import { cpuComputeBytes, gpuComputeBytes, hostComputeBytes } from './compute-buffers.ts'

export const bytesPerMiB = 1_048_576

export type MemoryPartName =
  | 'layers'
  | 'tokenEmbedding'
  | 'outputLayer'
  | 'projector'
  | 'repackedWeights'
  | 'keyValueCache'
  | 'recurrentState'
  | 'compute'

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
  /** Tokens of context for each conversation. */
  contextLength: number
  /** Tokens per prefill step. */
  batch: number
  /** Conversations at once, each with a context of its own. */
  parallel: number
  /** The file is mapped into memory, not read. */
  isMapped: boolean
  hasFlashAttention: boolean
  /** How keys and values are stored (`OLLAMA_KV_CACHE_TYPE`); half precision by default. */
  cacheType?: CacheType
}

/** Bytes of one number in the cache. */
const cacheBytes: Record<CacheType, number> = { f16: 2, q8_0: 34 / 32, q4_0: 18 / 32 }

/** Whether the output layer, and which of the repeating layers, are on the GPU. */
export interface Offload {
  output: boolean
  /** Index of the first repeating layer on the GPU; `blockCount` for none. */
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

/**
 * Memory of an engine state in MiB by purpose and place, as the daemon reports it in `/api/ps`: the sum of llama.cpp's
 * buffer sizes. Two habits of the report are followed: a complete offload counts graphics memory alone
 * (ollama llm/llama_server.go, `MemorySize`), and before 0.30.0 nothing but layers, output layer and cache counts on the
 * CPU (Ollama 0.20.7 reports 128.5 MiB where 84.9 + 48 + 28 lie in memory).
 */
export function placeMemory(state: EngineState): MemoryPart[] {
  const { facts, features, gpuLayers } = state
  const { output, firstLayer } = offloadOf(state)
  const isComplete = gpuLayers > facts.blockCount
  const countsScratch = features.outputLayerFirst
  const split = (name: MemoryPartName, bytes: readonly number[]) =>
    part(name, isComplete ? 0 : total(bytes.slice(0, firstLayer)), total(bytes.slice(firstLayer)))
  return [
    split('layers', facts.layerBytes),
    part('tokenEmbedding', isComplete || !countsScratch ? 0 : embeddingBytesInRam(state, output), 0),
    output ? part('outputLayer', 0, facts.outputBytes) : part('outputLayer', outputBytesInRam(state), 0),
    isComplete ? part('projector', 0, facts.projectorBytes) : part('projector', facts.projectorBytes, 0),
    part('repackedWeights', gpuLayers === 0 && countsScratch ? repackedBytes(state) : 0, 0),
    split('keyValueCache', keyValueBytes(state)),
    split('recurrentState', recurrentStateBytes(state)),
    computePart(state, countsScratch),
  ]
}

function computePart(state: EngineState, countsScratch: boolean): MemoryPart {
  if (state.gpuLayers === 0) return part('compute', countsScratch ? cpuComputeBytes(state) : 0, 0)
  const hostBytes = countsScratch && state.gpuLayers <= state.facts.blockCount ? hostComputeBytes(state) : 0
  return part('compute', hostBytes, gpuComputeBytes(state, offloadOf(state)))
}

/** Bytes of a tied output matrix: it is the token embedding once more, so all parts together are more than the file. */
function tiedBytes(facts: ModelFacts): number {
  const parts = [...facts.layerBytes, facts.outputBytes, facts.tokenEmbeddingBytes, facts.projectorBytes]
  return Math.max(0, total(parts) - facts.totalBytes)
}

function isTied(facts: ModelFacts): boolean {
  return tiedBytes(facts) > 0
}

/** The report trims mapped weights to the size of the file, so the copy of a tied matrix on the GPU is not added. */
function embeddingBytesInRam({ facts, isMapped }: EngineState, isOutputOnGpu: boolean): number {
  return isMapped && isOutputOnGpu && isTied(facts) ? 0 : facts.tokenEmbeddingBytes
}

/**
 * On the CPU a tied output matrix is the token embedding itself and lies in memory once, unless it is repacked: rows
 * are looked up in the one and multiplied with the other. The daemon's child has no such copy while it uses a GPU.
 */
function outputBytesInRam({ facts, features, gpuLayers }: EngineState): number {
  const isRepacked = gpuLayers === 0 && (facts.repackableOutputBytes ?? 0) > 0
  const isShared = features.outputLayerFirst && !isRepacked && !copiesTiedMatrix(facts.architecture)
  return facts.outputBytes - (isShared ? tiedBytes(facts) : 0)
}

/**
 * A mapped file stays in memory beside the weights that the CPU repacks for speed; read without mapping, only the
 * repacked ones remain. Seen in llama.cpp b10488: 80.4 MiB mapped + 80.4 MiB repacked for a Q4_0 model of 85 MiB.
 */
function repackedBytes({ facts, isMapped }: EngineState): number {
  if (!isMapped) return 0
  const ownOutputBytes = isTied(facts) ? 0 : (facts.repackableOutputBytes ?? 0)
  return (facts.repackableLayerBytes ?? 0) + ownOutputBytes
}

/**
 * Bytes of the KV cache of each layer: tokens × (key + value length) × KV heads × bytes a number. Layers with a
 * sliding window keep window + batch tokens, rounded up to 256. Without flash attention values are stored across tokens,
 * and every layer has room for the widest (llama.cpp src/llama-kv-cache.cpp, src/llama-kv-cache-iswa.cpp).
 */
export function keyValueBytes(state: EngineState): number[] {
  const { facts, contextLength, batch, parallel, hasFlashAttention, cacheType = 'f16' } = state
  const shapes = facts.headCountKv.map((heads, layer) => layerCache(facts, heads, layer))
  const widestValues = Math.max(0, ...shapes.map(({ values }) => values))
  return shapes.map(({ isSliding, keys, values }) => {
    const window = isSliding ? (facts.slidingWindow ?? contextLength) + batch : contextLength
    const cells = roundUp(Math.min(contextLength, window), 256)
    const width = keys === 0 ? 0 : keys + (hasFlashAttention ? values : widestValues)
    return width * cacheBytes[cacheType] * parallel * cells
  })
}

/** Width of the keys and values that a layer keeps of one token. */
function layerCache(facts: ModelFacts, heads: number, layer: number) {
  const { keyLength, valueLength, slidingKeyLength = keyLength, slidingValueLength = valueLength } = facts
  const isSliding = facts.slidingWindow !== null && facts.slidingLayers?.[layer] === true
  return {
    isSliding,
    keys: heads * (isSliding ? slidingKeyLength : keyLength),
    values: heads * (isSliding ? slidingValueLength : valueLength),
  }
}

/** Bytes of the state of each layer that remembers in one, for all conversations. */
export function recurrentStateBytes({ facts, parallel }: EngineState): number[] {
  return (facts.recurrentBytes ?? []).map((bytes) => bytes * parallel)
}

function part(name: MemoryPartName, ramBytes: number, vramBytes: number): MemoryPart {
  return { name, ramMiB: ramBytes / bytesPerMiB, vramMiB: vramBytes / bytesPerMiB }
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple
}
