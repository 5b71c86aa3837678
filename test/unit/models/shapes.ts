import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { type ModelMetadata, factsFromMetadata } from '../../../main/models/facts.ts'
import type { Tensor } from '../../../main/models/gguf/tensors.ts'
import type { DaemonFeatures } from '../../../preload/contract/daemon.ts'
import type { Gpu, MachineProfile } from '../../../preload/contract/machine.ts'
import type { ModelFacts } from '../../../preload/contract/model.ts'

/** A decoder like Llama's, in the numbers that matter for memory. */
export interface Shape {
  architecture: string
  blockCount: number
  embeddingLength: number
  feedForwardLength: number
  headCount: number
  headCountKv: number
  headLength: number
  vocabularySize: number
  slidingWindow?: number | null
  /** Storage of the matrices in the layers, and of the output matrix. */
  type?: string
  outputType?: string
  isTied?: boolean
  quantization?: string
}

export const llama8b: Shape = {
  architecture: 'llama',
  blockCount: 32,
  embeddingLength: 4096,
  feedForwardLength: 14_336,
  headCount: 32,
  headCountKv: 8,
  headLength: 128,
  vocabularySize: 128_256,
  type: 'Q4_K',
  outputType: 'Q6_K',
  quantization: 'Q4_K_S',
}

export function layerTensors(shape: Shape, layer: number): Tensor[] {
  const { embeddingLength: width, feedForwardLength, headCount, headCountKv, headLength, type = 'Q4_0' } = shape
  const matrix = (name: string, from: number, to: number) => ({ name: `blk.${layer}.${name}`, type, shape: [from, to] })
  return [
    { name: `blk.${layer}.attn_norm.weight`, type: 'F32', shape: [width] },
    { name: `blk.${layer}.ffn_norm.weight`, type: 'F32', shape: [width] },
    matrix('attn_q.weight', width, headCount * headLength),
    matrix('attn_k.weight', width, headCountKv * headLength),
    matrix('attn_v.weight', width, headCountKv * headLength),
    matrix('attn_output.weight', headCount * headLength, width),
    matrix('ffn_gate.weight', width, feedForwardLength),
    matrix('ffn_up.weight', width, feedForwardLength),
    matrix('ffn_down.weight', feedForwardLength, width),
  ]
}

export function metadataOf(shape: Shape): ModelMetadata {
  const { architecture, embeddingLength, vocabularySize, type = 'Q4_0', outputType = type } = shape
  const vocabulary = [embeddingLength, vocabularySize]
  const layers = Array.from({ length: shape.blockCount }, (_, layer) => layerTensors(shape, layer))
  return {
    modelInfo: {
      'general.architecture': architecture,
      [`${architecture}.block_count`]: shape.blockCount,
      [`${architecture}.context_length`]: 131_072,
      [`${architecture}.embedding_length`]: embeddingLength,
      [`${architecture}.feed_forward_length`]: shape.feedForwardLength,
      [`${architecture}.attention.head_count`]: shape.headCount,
      [`${architecture}.attention.head_count_kv`]: shape.headCountKv,
      [`${architecture}.attention.key_length`]: shape.headLength,
      [`${architecture}.attention.value_length`]: shape.headLength,
      ...(shape.slidingWindow ? { [`${architecture}.attention.sliding_window`]: shape.slidingWindow } : {}),
    },
    tensors: [
      { name: 'token_embd.weight', type: shape.isTied ? outputType : type, shape: vocabulary },
      { name: 'output_norm.weight', type: 'F32', shape: [embeddingLength] },
      ...(shape.isTied ? [] : [{ name: 'output.weight', type: outputType, shape: vocabulary }]),
      ...layers.flat(),
    ],
    details: { quantization_level: shape.quantization ?? 'Q4_0' },
  }
}

export const factsOf = (shape: Shape): ModelFacts => factsFromMetadata(metadataOf(shape))

/** Ollama 0.30 and newer, and one before. */
export const newDaemon: DaemonFeatures = {
  reportsContextLength: true,
  automaticBatch: true,
  outputLayerFirst: true,
  automaticFlashAttention: true,
  flashAttentionOption: false,
  cacheTypeOption: false,
  parallelOption: false,
}
export const oldDaemon: DaemonFeatures = {
  reportsContextLength: true,
  automaticBatch: false,
  outputLayerFirst: false,
  automaticFlashAttention: true,
  flashAttentionOption: false,
  cacheTypeOption: false,
  parallelOption: false,
}

export function card(totalVramMiB: number, freeVramMiB: number | null, changes: Partial<Gpu> = {}): Gpu {
  return { name: 'Card', vendor: 'nvidia', totalVramMiB, freeVramMiB, unified: false, source: 'nvidia-smi', ...changes }
}

export function machineWith(gpus: Gpu[], totalMiB = 32_768): MachineProfile {
  return {
    os: { platform: 'linux', name: 'Linux', release: '6.8' },
    cpu: {
      name: 'Processor',
      architecture: 'x64',
      sockets: 1,
      physicalCores: 8,
      performanceCores: 8,
      efficiencyCores: 0,
      logicalCores: 16,
      allowedCores: 16,
    },
    memory: { totalMiB, availableMiB: 0.8 * totalMiB, limitMiB: null },
    gpus,
    otherGraphics: [],
    power: { source: 'mains', batteryPercent: null },
  }
}

const exchangeSchema = z.object({ response: z.object({ body: z.string() }) })
const showSchema = z.object({
  model_info: z.record(z.string(), z.unknown()),
  tensors: z.array(z.object({ name: z.string(), type: z.string(), shape: z.array(z.number()) })),
  details: z.record(z.string(), z.unknown()),
})

/** Body of a recorded exchange with a real daemon. */
export function recordedBody(file: string): unknown {
  const text = readFileSync(path.join(import.meta.dirname, '../../recordings', file), 'utf8')
  return JSON.parse(exchangeSchema.parse(JSON.parse(text)).response.body)
}

export function recordedMetadata(file: string): ModelMetadata {
  const { model_info, tensors, details } = showSchema.parse(recordedBody(file))
  return { modelInfo: model_info, tensors, details }
}
