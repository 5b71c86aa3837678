import {
  attention,
  decoder,
  experts,
  gatedFeedForward,
  headNorms,
  layerNames,
  q4_0,
  q4_K,
  q8_0,
  type Shape,
  type Storage,
  type Widths,
} from './shapes.ts'
import type { Tensor } from '../../../main/models/gguf/tensors.ts'

function mambaTensors(index: number, embedding: number, storage: Storage): Tensor[] {
  const { matrix, vector } = layerNames(index, storage)
  const inner = 2 * embedding
  const rank = embedding / 16
  return [
    vector('attn_norm.weight', [embedding]),
    matrix('ssm_in.weight', [embedding, 2 * inner]),
    vector('ssm_conv1d.weight', [4, inner]),
    vector('ssm_conv1d.bias', [inner]),
    matrix('ssm_x.weight', [inner, rank + 32]),
    matrix('ssm_dt.weight', [rank, inner], 'F16'),
    vector('ssm_dt.bias', [inner]),
    vector('ssm_a', [16, inner]),
    vector('ssm_d', [inner]),
    matrix('ssm_out.weight', [inner, embedding]),
  ]
}

function jambaLayer(index: number, widths: Widths, storage: Storage): Tensor[] {
  const { embedding } = widths
  const { vector } = layerNames(index, storage)
  const own =
    index === 4
      ? attention(index, { ...widths, kvHeads: 8 }, storage)
      : [
          ...mambaTensors(index, embedding, storage),
          vector('ssm_dt_norm.weight', [embedding / 16]),
          vector('ssm_b_norm.weight', [16]),
          vector('ssm_c_norm.weight', [16]),
        ]
  return [...own, ...gatedFeedForward(index, widths, storage)]
}

export interface Mamba2 {
  inner: number
  heads: number
  state: number
}

export function mamba2Tensors(
  index: number,
  embedding: number,
  storage: Storage,
  { inner, heads, state }: Mamba2,
): Tensor[] {
  const { matrix, vector } = layerNames(index, storage)
  return [
    vector('attn_norm.weight', [embedding]),
    matrix('ssm_in.weight', [embedding, 2 * inner + 2 * state + heads]),
    vector('ssm_conv1d.weight', [4, inner + 2 * state]),
    vector('ssm_conv1d.bias', [inner + 2 * state]),
    vector('ssm_dt.bias', [heads]),
    vector('ssm_a', [1, heads]),
    vector('ssm_d', [1, heads]),
    vector('ssm_norm.weight', [inner, 1]),
    matrix('ssm_out.weight', [inner, embedding]),
  ]
}

const falconMamba: Mamba2 = { inner: 1536, heads: 24, state: 128 }

function falconLayer(index: number, widths: Widths, storage: Storage): Tensor[] {
  const [, ...projections] = attention(index, widths, storage)
  return [
    ...mamba2Tensors(index, widths.embedding, storage, falconMamba),
    ...projections,
    // Its norm is named without the usual ending.
    ...gatedFeedForward(index, widths, storage).map(({ name, ...rest }) => ({
      ...rest,
      name: name.replace('ffn_norm.weight', 'ffn_norm'),
    })),
  ]
}

const graniteMamba: Mamba2 = { inner: 3072, heads: 48, state: 128 }

function graniteLayer(index: number, widths: Widths, storage: Storage): Tensor[] {
  return [
    ...(index === 5
      ? attention(index, { ...widths, kvHeads: 4 }, storage)
      : mamba2Tensors(index, widths.embedding, storage, graniteMamba)),
    ...experts(index, widths, storage, { count: 32, expert: widths.feedForward, shared: 1024 }),
  ]
}

const deltaNet = { state: 128, keyHeads: 16, valueHeads: 32 }

function qwen35Layer(index: number, widths: Widths, storage: Storage): Tensor[] {
  const { embedding, heads, kvHeads, head } = widths
  const { matrix, vector } = layerNames(index, storage)
  const { state, keyHeads, valueHeads } = deltaNet
  const value = state * valueHeads
  const convolution = 2 * state * keyHeads + value
  const own =
    index % 4 === 3
      ? [
          matrix('attn_q.weight', [embedding, 2 * heads * head]),
          matrix('attn_k.weight', [embedding, kvHeads * head]),
          matrix('attn_v.weight', [embedding, kvHeads * head]),
          matrix('attn_output.weight', [heads * head, embedding]),
          ...headNorms(index, widths, storage),
        ]
      : [
          matrix('attn_qkv.weight', [embedding, convolution]),
          matrix('attn_gate.weight', [embedding, value]),
          vector('ssm_conv1d.weight', [4, convolution]),
          vector('ssm_dt.bias', [valueHeads]),
          vector('ssm_a', [valueHeads]),
          matrix('ssm_beta.weight', [embedding, valueHeads]),
          matrix('ssm_alpha.weight', [embedding, valueHeads]),
          vector('ssm_norm.weight', [state]),
          matrix('ssm_out.weight', [value, embedding]),
        ]
  const [, ...feedForward] = gatedFeedForward(index, widths, storage)
  return [
    vector('attn_norm.weight', [embedding]),
    vector('post_attention_norm.weight', [embedding]),
    ...own,
    ...feedForward,
  ]
}

function lfm2Layer(index: number, widths: Widths, storage: Storage): Tensor[] {
  const { embedding } = widths
  const { matrix, vector } = layerNames(index, storage)
  const own =
    index % 3 === 2
      ? [...attention(index, { ...widths, kvHeads: 8 }, storage), ...headNorms(index, widths, storage)]
      : [
          vector('attn_norm.weight', [embedding]),
          vector('shortconv.conv.weight', [3, embedding]),
          matrix('shortconv.in_proj.weight', [embedding, 3 * embedding]),
          matrix('shortconv.out_proj.weight', [embedding, embedding]),
        ]
  return [...own, ...gatedFeedForward(index, widths, storage)]
}

const lfm2 = decoder({
  name: 'lfm2-1.2b',
  kind: 'hybrid, short convolution',
  architecture: 'lfm2',
  widths: { layers: 6, embedding: 2048, feedForward: 8192, heads: 32, kvHeads: 8, head: 64, vocabulary: 65_536 },
  storage: { ...q4_0, edge: 'Q4_0' },
  isTied: true,
  metadata: { 'shortconv.l_cache': 3, 'attention.head_count_kv': [0, 0, 8, 0, 0, 8] },
  layer: lfm2Layer,
})

/** State-space layers, alone and beside attention: widths of published models, each with few of its layers. */
export const recurrentShapes: Shape[] = [
  decoder({
    name: 'mamba-370m',
    kind: 'state space',
    architecture: 'mamba',
    widths: { layers: 8, embedding: 1024, feedForward: 0, heads: 0, kvHeads: 0, head: 0, vocabulary: 50_280 },
    storage: q8_0,
    isTied: true,
    metadata: {
      'ssm.conv_kernel': 4,
      'ssm.inner_size': 2048,
      'ssm.state_size': 16,
      'ssm.time_step_rank': 64,
    },
    layer: (index, { embedding }, storage) => mambaTensors(index, embedding, storage),
  }),
  decoder({
    name: 'jamba',
    kind: 'hybrid, 1 of 8 layers attends',
    architecture: 'jamba',
    widths: { layers: 8, embedding: 2048, feedForward: 5632, heads: 16, kvHeads: 8, head: 128, vocabulary: 65_536 },
    storage: q4_K,
    metadata: {
      'attention.head_count_kv': [0, 0, 0, 0, 8, 0, 0, 0],
      'ssm.conv_kernel': 4,
      'ssm.inner_size': 4096,
      'ssm.state_size': 16,
      'ssm.time_step_rank': 128,
    },
    layer: jambaLayer,
  }),
  decoder({
    name: 'falcon-h1-0.5b',
    kind: 'hybrid, both in every layer',
    architecture: 'falcon-h1',
    widths: { layers: 8, embedding: 1024, feedForward: 2048, heads: 8, kvHeads: 2, head: 64, vocabulary: 32_784 },
    storage: q8_0,
    metadata: {
      'ssm.conv_kernel': 4,
      'ssm.inner_size': falconMamba.inner,
      'ssm.state_size': falconMamba.state,
      'ssm.time_step_rank': falconMamba.heads,
      'ssm.group_count': 1,
    },
    layer: falconLayer,
  }),
  decoder({
    name: 'granite-4-tiny',
    kind: 'hybrid, MoE',
    architecture: 'granitehybrid',
    widths: { layers: 6, embedding: 1536, feedForward: 512, heads: 12, kvHeads: 4, head: 128, vocabulary: 100_352 },
    storage: q4_K,
    isTied: true,
    metadata: {
      'attention.head_count_kv': [0, 0, 0, 0, 0, 4],
      expert_count: 32,
      expert_used_count: 6,
      expert_shared_feed_forward_length: 1024,
      'ssm.conv_kernel': 4,
      'ssm.inner_size': graniteMamba.inner,
      'ssm.state_size': graniteMamba.state,
      'ssm.time_step_rank': graniteMamba.heads,
      'ssm.group_count': 1,
    },
    layer: graniteLayer,
  }),
  decoder({
    name: 'qwen3.5-4b',
    kind: 'hybrid, gated delta net',
    architecture: 'qwen35',
    widths: { layers: 4, embedding: 2560, feedForward: 9216, heads: 16, kvHeads: 4, head: 256, vocabulary: 248_320 },
    storage: q4_K,
    isTied: true,
    metadata: {
      full_attention_interval: 4,
      'rope.dimension_count': 64,
      'rope.dimension_sections': [11, 11, 10, 0],
      'ssm.conv_kernel': 4,
      'ssm.inner_size': deltaNet.state * deltaNet.valueHeads,
      'ssm.state_size': deltaNet.state,
      'ssm.time_step_rank': deltaNet.valueHeads,
      'ssm.group_count': deltaNet.keyHeads,
    },
    layer: qwen35Layer,
  }),
  {
    ...lfm2,
    tensors: lfm2.tensors.map((tensor) =>
      tensor.name === 'output_norm.weight' ? { ...tensor, name: 'token_embd_norm.weight' } : tensor,
    ),
  },
]
