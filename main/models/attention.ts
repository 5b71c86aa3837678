import type { MetadataReader } from './gguf/metadata.ts'
import type { Tensor } from './gguf/tensors.ts'

/**
 * How often an architecture attends over the whole context although it has a window: every n-th layer.
 * Source: `set_swa_pattern` in llama.cpp's src/models/*.cpp. Architectures that are not listed here and bring no
 * pattern of their own keep the whole context in every layer, even if they name a window (Mistral 7B v0.1 does).
 */
const slidingPeriods = new Map([
  ['gemma2', 2],
  ['gemma3', 6],
  ['gemma3n', 5],
  ['cohere2', 4],
  ['cohere2moe', 4],
  ['gpt-oss', 2],
  ['gptoss', 2],
  ['olmo2', 4],
  ['exaone4', 4],
  ['exaone-moe', 4],
  ['llama4', 4],
  ['smallthinker', 4],
  ['afmoe', 4],
  ['plamo3', 8],
  ['mellum', 4],
])
const fullLayerFirst = new Set(['smallthinker', 'cohere2moe'])

/** Which layers keep only the window in their cache; null where none does or the file does not tell. */
export function slidingLayers(metadata: MetadataReader, blockCount: number): boolean[] | null {
  const flags = metadata.flags('attention.sliding_window_pattern', blockCount)
  if (flags !== null) return flags
  const period = metadata.number('attention.sliding_window_pattern') ?? slidingPeriods.get(metadata.architecture) ?? 1
  if (period <= 1) return null
  const fullLayer = fullLayerFirst.has(metadata.architecture) ? 0 : period - 1
  return Array.from({ length: blockCount }, (_, layer) => layer % period !== fullLayer)
}

export interface HeadShape {
  headCount: number
  keyLength: number
}

/**
 * KV heads of each layer, 0 where a layer keeps no cache of its own: state-space layers, layers that read another's
 * cache, layers for predicting several tokens. Where the daemon left the array out, the width of the key matrix tells;
 * failing that, every attention head counts, which is the most it can be.
 */
export function keyValueHeads(
  metadata: MetadataReader,
  tensors: readonly Tensor[],
  blockCount: number,
  shape: HeadShape,
): number[] {
  const stated = metadata.perLayer('attention.head_count_kv', blockCount)
  const widths = new Map(tensors.map(({ name, shape: [, width] }) => [name, width ?? 0]))
  const stateless = new Set(layersWithoutCache(metadata, tensors, blockCount))
  return Array.from({ length: blockCount }, (_, layer) => {
    if (stateless.has(layer)) return 0
    return stated?.[layer] ?? headsFromTensors(widths, layer, shape)
  })
}

function headsFromTensors(widths: Map<string, number>, layer: number, { headCount, keyLength }: HeadShape): number {
  if (keyLength === 0) return headCount
  const keyWidth = widths.get(`blk.${layer}.attn_k.weight`)
  if (keyWidth !== undefined) return Math.ceil(keyWidth / keyLength)
  const fusedWidth = widths.get(`blk.${layer}.attn_qkv.weight`)
  if (fusedWidth === undefined) return headCount
  return Math.max(1, Math.min(headCount, Math.ceil((fusedWidth / keyLength - headCount) / 2)))
}

function layersWithoutCache(metadata: MetadataReader, tensors: readonly Tensor[], blockCount: number): number[] {
  const interval = metadata.number('full_attention_interval')
  const shared = metadata.number('attention.shared_kv_layers') ?? 0
  const predicting = metadata.number('nextn_predict_layers') ?? 0
  const recurrent = recurrentLayers(tensors)
  const attending = new Set(tensors.flatMap(({ name }) => /^(blk\.\d+)\.attn_k\./.exec(name)?.[1] ?? []))
  return Array.from({ length: blockCount }, (_, layer) => layer).filter((layer) => {
    const block = `blk.${layer}`
    if (layer >= blockCount - Math.max(shared, predicting)) return true
    if (interval !== null && interval > 0 && recurrent.size > 0) return (layer + 1) % interval !== 0
    return recurrent.has(block) && !attending.has(block)
  })
}

/** State-space layers, short convolutions, RWKV's mixing: blocks that remember in a state of fixed size. */
function recurrentLayers(tensors: readonly Tensor[]): Set<string> {
  return new Set(tensors.flatMap(({ name }) => /^(blk\.\d+)\.(?:ssm_|shortconv|time_mix_)/.exec(name)?.[1] ?? []))
}

/**
 * Bytes of state that each layer keeps for one conversation, in full precision; null where none does. Source:
 * `n_embd_r` (the last inputs of the convolution) and `n_embd_s` (the state) in llama.cpp's src/llama-hparams.cpp.
 */
export function recurrentBytes(
  metadata: MetadataReader,
  tensors: readonly Tensor[],
  blockCount: number,
): number[] | null {
  const recurrent = recurrentLayers(tensors)
  if (recurrent.size === 0) return null
  const bytes = 4 * stateLength(metadata)
  return Array.from({ length: blockCount }, (_, layer) => (recurrent.has(`blk.${layer}`) ? bytes : 0))
}

function stateLength(metadata: MetadataReader): number {
  const length = (key: string) => metadata.number(key) ?? 0
  const embedding = length('embedding_length')
  const wkvHead = length('wkv.head_size')
  if (wkvHead > 0) return embedding * (wkvHead + Math.max(1, length('token_shift_count')))
  const shortConvolution = length('shortconv.l_cache')
  if (shortConvolution > 0) return embedding * (shortConvolution - 1)
  const earlierInputs = Math.max(0, length('ssm.conv_kernel') - 1)
  const deltaHead = length('kda.head_dim')
  if (deltaHead > 0) return length('attention.head_count') * deltaHead * (3 * earlierInputs + deltaHead)
  const inner = length('ssm.inner_size')
  const state = length('ssm.state_size')
  return earlierInputs * (inner + 2 * length('ssm.group_count') * state) + state * inner
}
