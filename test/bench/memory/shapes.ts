import type { MetadataValue } from './sparse-gguf.ts'
import type { Tensor } from '../../../main/models/gguf/tensors.ts'

/** A model in the numbers that matter for memory: the widths of a real one, with few layers. */
export interface Shape {
  name: string
  /** What about it matters for memory. */
  kind: string
  architecture: string
  vocabulary: number
  metadata: Record<string, MetadataValue>
  tensors: Tensor[]
}

/** The widths of a decoder. */
export interface Widths {
  layers: number
  embedding: number
  feedForward: number
  heads: number
  kvHeads: number
  head: number
  vocabulary: number
}

/** Storage of the matrices in the layers, and of the embedding and output matrices. */
export interface Storage {
  type: string
  edge: string
  fileType: number
}

export const q4_0: Storage = { type: 'Q4_0', edge: 'Q6_K', fileType: 2 }
export const q8_0: Storage = { type: 'Q8_0', edge: 'Q8_0', fileType: 7 }
export const f16: Storage = { type: 'F16', edge: 'F16', fileType: 1 }
export const q4_K: Storage = { type: 'Q4_K', edge: 'Q6_K', fileType: 14 }
export const q5_K: Storage = { type: 'Q5_K', edge: 'Q6_K', fileType: 16 }
export const q6_K: Storage = { type: 'Q6_K', edge: 'Q6_K', fileType: 18 }
export const iq4_nl: Storage = { type: 'IQ4_NL', edge: 'Q6_K', fileType: 25 }
export const iq4_xs: Storage = { type: 'IQ4_XS', edge: 'Q6_K', fileType: 30 }
export const mxfp4: Storage = { type: 'MXFP4', edge: 'Q8_0', fileType: 38 }

/** Contexts of the grid must not be cut. */
const trainedContext = 131_072

/** Metadata that every decoder has, but for the tokenizer; keys without the architecture's prefix. */
export function decoderMetadata(
  architecture: string,
  widths: Widths,
  { fileType }: Storage,
  more: Readonly<Record<string, MetadataValue>> = {},
): Record<string, MetadataValue> {
  const own: Record<string, MetadataValue> = {
    context_length: trainedContext,
    embedding_length: widths.embedding,
    block_count: widths.layers,
    feed_forward_length: widths.feedForward,
    vocab_size: widths.vocabulary,
    'attention.head_count': widths.heads,
    'attention.head_count_kv': widths.kvHeads,
    'attention.key_length': widths.head,
    'attention.value_length': widths.head,
    'rope.dimension_count': widths.head,
    'attention.layer_norm_rms_epsilon': 1e-6,
    ...more,
  }
  return {
    'general.architecture': architecture,
    'general.file_type': fileType,
    'general.quantization_version': 2,
    ...Object.fromEntries(Object.entries(own).map(([key, value]) => [`${architecture}.${key}`, value])),
  }
}

export type Layer = (name: string, shape: number[], type?: string) => Tensor

/** Names tensors of one layer: `matrix` in the layer's storage, `vector` in full precision. */
export function layerNames(index: number, { type }: Storage): { matrix: Layer; vector: Layer } {
  const name = (suffix: string) => `blk.${index}.${suffix}`
  return {
    matrix: (suffix, shape, own = type) => ({ name: name(suffix), type: own, shape }),
    vector: (suffix, shape) => ({ name: name(suffix), type: 'F32', shape }),
  }
}

/** Embedding, final norm and, unless it is tied, the output matrix. */
export function edges({ embedding, vocabulary }: Widths, { edge }: Storage, isTied: boolean): Tensor[] {
  const table = { type: edge, shape: [embedding, vocabulary] }
  return [
    { name: 'token_embd.weight', ...table },
    { name: 'output_norm.weight', type: 'F32', shape: [embedding] },
    ...(isTied ? [] : [{ name: 'output.weight', ...table }]),
  ]
}

export function attention(index: number, widths: Widths, storage: Storage): Tensor[] {
  const { embedding, heads, kvHeads, head } = widths
  const { matrix, vector } = layerNames(index, storage)
  return [
    vector('attn_norm.weight', [embedding]),
    matrix('attn_q.weight', [embedding, heads * head]),
    matrix('attn_k.weight', [embedding, kvHeads * head]),
    matrix('attn_v.weight', [embedding, kvHeads * head]),
    matrix('attn_output.weight', [heads * head, embedding]),
  ]
}

export function headNorms(index: number, { head }: Widths, storage: Storage): Tensor[] {
  const { vector } = layerNames(index, storage)
  return [vector('attn_q_norm.weight', [head]), vector('attn_k_norm.weight', [head])]
}

export function gatedFeedForward(index: number, { embedding, feedForward }: Widths, storage: Storage): Tensor[] {
  const { matrix, vector } = layerNames(index, storage)
  return [
    vector('ffn_norm.weight', [embedding]),
    matrix('ffn_gate.weight', [embedding, feedForward]),
    matrix('ffn_up.weight', [embedding, feedForward]),
    matrix('ffn_down.weight', [feedForward, embedding]),
  ]
}

/** Experts of width `expert`, `shared` more of which are always used. */
export function experts(
  index: number,
  { embedding }: Widths,
  storage: Storage,
  { count, expert, shared = 0 }: { count: number; expert: number; shared?: number },
): Tensor[] {
  const { matrix, vector } = layerNames(index, storage)
  return [
    vector('ffn_norm.weight', [embedding]),
    vector('ffn_gate_inp.weight', [embedding, count]),
    matrix('ffn_gate_exps.weight', [embedding, expert, count]),
    matrix('ffn_up_exps.weight', [embedding, expert, count]),
    matrix('ffn_down_exps.weight', [expert, embedding, count]),
    ...(shared === 0
      ? []
      : [
          matrix('ffn_gate_shexp.weight', [embedding, shared]),
          matrix('ffn_up_shexp.weight', [embedding, shared]),
          matrix('ffn_down_shexp.weight', [shared, embedding]),
        ]),
  ]
}

/** The tensors of every layer, one after the other. */
export function eachLayer(layers: number, of: (index: number) => Tensor[]): Tensor[] {
  return Array.from({ length: layers }, (_, index) => of(index)).flat()
}

export function usualLayer(index: number, widths: Widths, storage: Storage): Tensor[] {
  return [...attention(index, widths, storage), ...gatedFeedForward(index, widths, storage)]
}

/** What makes a shape; `layer` gives the tensors of one layer, by default attention and a gated feed-forward. */
export interface Decoder {
  name: string
  kind: string
  architecture: string
  widths: Widths
  storage: Storage
  isTied?: boolean
  metadata?: Record<string, MetadataValue>
  layer?: (index: number, widths: Widths, storage: Storage) => Tensor[]
}

export function decoder({ name, kind, architecture, widths, storage, ...options }: Decoder): Shape {
  const { isTied = false, metadata, layer = usualLayer } = options
  return {
    name,
    kind,
    architecture,
    vocabulary: widths.vocabulary,
    metadata: decoderMetadata(architecture, widths, storage, metadata),
    tensors: [...edges(widths, storage, isTied), ...eachLayer(widths.layers, (index) => layer(index, widths, storage))],
  }
}
