import {
  decoder,
  f16,
  headNorms,
  iq4_xs,
  layerNames,
  q4_0,
  q4_K,
  q5_K,
  q6_K,
  q8_0,
  type Shape,
  type Storage,
  usualLayer,
  type Widths,
} from './shapes.ts'
import type { Tensor } from '../../../main/models/gguf/tensors.ts'

function biases(index: number, { heads, kvHeads, head }: Widths, storage: Storage): Tensor[] {
  const { vector } = layerNames(index, storage)
  return [
    vector('attn_q.bias', [heads * head]),
    vector('attn_k.bias', [kvHeads * head]),
    vector('attn_v.bias', [kvHeads * head]),
  ]
}

function normsBehind(index: number, { embedding }: Widths, storage: Storage): Tensor[] {
  const { vector } = layerNames(index, storage)
  return [vector('post_attention_norm.weight', [embedding]), vector('post_ffw_norm.weight', [embedding])]
}

function phi3Layer(index: number, widths: Widths, storage: Storage): Tensor[] {
  const { embedding, feedForward } = widths
  const { matrix, vector } = layerNames(index, storage)
  return [
    vector('attn_norm.weight', [embedding]),
    matrix('attn_qkv.weight', [embedding, 3 * embedding]),
    matrix('attn_output.weight', [embedding, embedding]),
    vector('ffn_norm.weight', [embedding]),
    matrix('ffn_up.weight', [embedding, 2 * feedForward]),
    matrix('ffn_down.weight', [feedForward, embedding]),
  ]
}

function phi2Layer(index: number, widths: Widths, storage: Storage): Tensor[] {
  const { embedding, feedForward } = widths
  const { matrix, vector } = layerNames(index, storage)
  return [
    vector('attn_norm.weight', [embedding]),
    vector('attn_norm.bias', [embedding]),
    matrix('attn_qkv.weight', [embedding, 3 * embedding]),
    vector('attn_qkv.bias', [3 * embedding]),
    matrix('attn_output.weight', [embedding, embedding]),
    vector('attn_output.bias', [embedding]),
    matrix('ffn_up.weight', [embedding, feedForward]),
    vector('ffn_up.bias', [feedForward]),
    matrix('ffn_down.weight', [feedForward, embedding]),
    vector('ffn_down.bias', [embedding]),
  ]
}

const phi2 = decoder({
  name: 'phi-2',
  kind: 'dense, no gate',
  architecture: 'phi2',
  widths: { layers: 4, embedding: 2560, feedForward: 10_240, heads: 32, kvHeads: 32, head: 80, vocabulary: 51_200 },
  storage: q4_0,
  metadata: { 'attention.layer_norm_epsilon': 1e-5, 'rope.dimension_count': 32 },
  layer: phi2Layer,
})

/** Widths of published models, each with few of its layers. */
export const denseShapes: Shape[] = [
  decoder({
    name: 'llama-3.2-3b',
    kind: 'dense, GQA, tied',
    architecture: 'llama',
    widths: { layers: 4, embedding: 3072, feedForward: 8192, heads: 24, kvHeads: 8, head: 128, vocabulary: 128_256 },
    storage: q4_K,
    isTied: true,
  }),
  decoder({
    name: 'llama-2-7b',
    kind: 'dense, MHA',
    architecture: 'llama',
    widths: { layers: 3, embedding: 4096, feedForward: 11_008, heads: 32, kvHeads: 32, head: 128, vocabulary: 32_000 },
    storage: q4_0,
  }),
  decoder({
    name: 'qwen2.5-1.5b',
    kind: 'dense, GQA, large vocabulary',
    architecture: 'qwen2',
    widths: { layers: 4, embedding: 1536, feedForward: 8960, heads: 12, kvHeads: 2, head: 128, vocabulary: 151_936 },
    storage: q8_0,
    isTied: true,
    layer: (...layer) => [...usualLayer(...layer), ...biases(...layer)],
  }),
  decoder({
    name: 'qwen3-0.6b',
    kind: 'dense, GQA, tied',
    architecture: 'qwen3',
    widths: { layers: 4, embedding: 1024, feedForward: 3072, heads: 16, kvHeads: 8, head: 128, vocabulary: 151_936 },
    storage: f16,
    isTied: true,
    layer: (...layer) => [...usualLayer(...layer), ...headNorms(...layer)],
  }),
  decoder({
    name: 'mistral-7b',
    kind: 'dense, GQA',
    architecture: 'llama',
    widths: { layers: 3, embedding: 4096, feedForward: 14_336, heads: 32, kvHeads: 8, head: 128, vocabulary: 32_768 },
    storage: q5_K,
  }),
  {
    ...phi2,
    tensors: [
      ...phi2.tensors,
      { name: 'output_norm.bias', type: 'F32', shape: [2560] },
      { name: 'output.bias', type: 'F32', shape: [51_200] },
    ],
  },
  decoder({
    name: 'phi-3-mini',
    kind: 'dense, fused matrices',
    architecture: 'phi3',
    widths: { layers: 3, embedding: 3072, feedForward: 8192, heads: 32, kvHeads: 32, head: 96, vocabulary: 32_064 },
    storage: q6_K,
    layer: phi3Layer,
  }),
  decoder({
    name: 'gemma-2-2b',
    kind: 'every second layer a window',
    architecture: 'gemma2',
    widths: { layers: 4, embedding: 2304, feedForward: 9216, heads: 8, kvHeads: 4, head: 256, vocabulary: 256_000 },
    storage: q6_K,
    isTied: true,
    metadata: {
      'attention.sliding_window': 4096,
      attn_logit_softcapping: 50.5,
      final_logit_softcapping: 30.5,
    },
    layer: (...layer) => [...usualLayer(...layer), ...normsBehind(...layer)],
  }),
  decoder({
    name: 'gemma-3-1b',
    kind: '5 of 6 layers a window',
    architecture: 'gemma3',
    widths: { layers: 12, embedding: 1152, feedForward: 6912, heads: 4, kvHeads: 1, head: 256, vocabulary: 262_144 },
    storage: q8_0,
    isTied: true,
    metadata: { 'attention.sliding_window': 512 },
    layer: (...layer) => [...usualLayer(...layer), ...normsBehind(...layer), ...headNorms(...layer)],
  }),
  decoder({
    name: 'command-r7b',
    kind: '3 of 4 layers a window, large vocabulary',
    architecture: 'cohere2',
    widths: { layers: 4, embedding: 4096, feedForward: 14_336, heads: 32, kvHeads: 8, head: 128, vocabulary: 256_000 },
    storage: iq4_xs,
    isTied: true,
    metadata: { 'attention.sliding_window': 4096, logit_scale: 0.25, 'attention.layer_norm_epsilon': 1e-5 },
    layer: (index, widths, storage) =>
      usualLayer(index, widths, storage).filter(({ name }) => !name.includes('ffn_norm')),
  }),
]
