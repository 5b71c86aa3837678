import {
  attention,
  decoderMetadata,
  eachLayer,
  edges,
  experts,
  gatedFeedForward,
  headNorms,
  iq4_nl,
  layerNames,
  mxfp4,
  q4_0,
  q4_K,
  q8_0,
  type Shape,
  type Storage,
  type Widths,
} from './shapes.ts'
import type { MetadataValue } from './sparse-gguf.ts'
import type { Tensor } from '../../../main/models/gguf/tensors.ts'

interface Mixed {
  name: string
  kind: string
  architecture: string
  widths: Widths
  storage: Storage
  isTied?: boolean
  metadata: Record<string, MetadataValue>
  layer: (index: number, widths: Widths, storage: Storage) => Tensor[]
}

function mixed({ architecture, widths, storage, isTied = false, metadata, layer, ...names }: Mixed): Shape {
  return {
    ...names,
    architecture,
    vocabulary: widths.vocabulary,
    metadata: decoderMetadata(architecture, widths, storage, metadata),
    tensors: [...edges(widths, storage, isTied), ...eachLayer(widths.layers, (index) => layer(index, widths, storage))],
  }
}

function gptOssLayer(index: number, widths: Widths, storage: Storage): Tensor[] {
  const { embedding, heads, kvHeads, head, feedForward: expert } = widths
  const { matrix, vector } = layerNames(index, storage)
  const count = 8
  const outer = { ...storage, type: 'Q8_0' }
  const [, router, ...matrices] = experts(index, widths, storage, { count, expert })
  return [
    ...attention(index, widths, outer),
    vector('attn_q.bias', [heads * head]),
    vector('attn_k.bias', [kvHeads * head]),
    vector('attn_v.bias', [kvHeads * head]),
    vector('attn_output.bias', [embedding]),
    vector('attn_sinks.weight', [heads]),
    vector('post_attention_norm.weight', [embedding]),
    ...(router ? [router] : []),
    ...matrices,
    vector('ffn_gate_inp.bias', [count]),
    matrix('ffn_gate_exps.bias', [expert, count], 'F32'),
    matrix('ffn_up_exps.bias', [expert, count], 'F32'),
    matrix('ffn_down_exps.bias', [embedding, count], 'F32'),
  ]
}

const latent = { queryRank: 1536, rank: 512, rope: 64, key: 192, value: 128 }

function deepseekLayer(index: number, widths: Widths, storage: Storage): Tensor[] {
  const { embedding, heads } = widths
  const { queryRank, rank, rope, key, value } = latent
  const { matrix, vector } = layerNames(index, storage)
  return [
    vector('attn_norm.weight', [embedding]),
    vector('attn_q_a_norm.weight', [queryRank]),
    vector('attn_kv_a_norm.weight', [rank]),
    matrix('attn_q_a.weight', [embedding, queryRank]),
    matrix('attn_q_b.weight', [queryRank, heads * key]),
    matrix('attn_kv_a_mqa.weight', [embedding, rank + rope]),
    matrix('attn_k_b.weight', [key - rope, rank, heads], 'Q8_0'),
    matrix('attn_v_b.weight', [rank, value, heads], 'Q8_0'),
    matrix('attn_output.weight', [heads * value, embedding]),
    ...(index === 0
      ? gatedFeedForward(index, widths, storage)
      : experts(index, widths, storage, { count: 16, expert: 1536, shared: 2 * 1536 })),
  ]
}

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

interface Mamba2 {
  inner: number
  heads: number
  state: number
}

function mamba2Tensors(index: number, embedding: number, storage: Storage, { inner, heads, state }: Mamba2): Tensor[] {
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

/** Heads in layers with a window are half as long as the others'; the last six layers read the cache of earlier ones. */
const gemma4 = { perLayer: 256, layers: 12, sharing: 6, shortHead: 256 }
const isGemma4Sliding = (index: number) => index % 6 !== 5

function gemma4Layer(index: number, widths: Widths, storage: Storage): Tensor[] {
  const { embedding } = widths
  const { matrix, vector } = layerNames(index, storage)
  const own = isGemma4Sliding(index) ? { ...widths, head: gemma4.shortHead } : widths
  return [
    ...attention(index, own, storage),
    ...headNorms(index, own, storage),
    ...gatedFeedForward(index, widths, storage),
    vector('post_attention_norm.weight', [embedding]),
    vector('post_ffw_norm.weight', [embedding]),
    matrix('inp_gate.weight', [embedding, gemma4.perLayer]),
    matrix('proj.weight', [gemma4.perLayer, embedding]),
    vector('post_norm.weight', [embedding]),
  ]
}

const gemma4Shape = mixed({
  name: 'gemma-4-e2b',
  kind: 'window, shared caches, embeddings for each layer',
  architecture: 'gemma4',
  widths: {
    layers: gemma4.layers,
    embedding: 1536,
    feedForward: 6144,
    heads: 8,
    kvHeads: 1,
    head: 512,
    vocabulary: 262_144,
  },
  storage: q4_K,
  isTied: true,
  metadata: {
    embedding_length_per_layer_input: gemma4.perLayer,
    'attention.sliding_window': 512,
    'attention.sliding_window_pattern': Array.from({ length: gemma4.layers }, (_, index) => isGemma4Sliding(index)),
    'attention.shared_kv_layers': gemma4.sharing,
    'attention.key_length_swa': gemma4.shortHead,
    'attention.value_length_swa': gemma4.shortHead,
    'rope.dimension_count_swa': gemma4.shortHead,
    'rope.freq_base_swa': 10_000.5,
  },
  layer: gemma4Layer,
})

const lfm2 = mixed({
  name: 'lfm2-1.2b',
  kind: 'hybrid, short convolution',
  architecture: 'lfm2',
  widths: { layers: 6, embedding: 2048, feedForward: 8192, heads: 32, kvHeads: 8, head: 64, vocabulary: 65_536 },
  storage: { ...q4_0, edge: 'Q4_0' },
  isTied: true,
  metadata: { 'shortconv.l_cache': 3, 'attention.head_count_kv': [0, 0, 8, 0, 0, 8] },
  layer: lfm2Layer,
})

/** Experts, latent attention, state-space layers: widths of published models, each with few of its layers. */
export const mixedShapes: Shape[] = [
  mixed({
    name: 'mixtral',
    kind: 'MoE, 2 of 8 experts',
    architecture: 'llama',
    widths: { layers: 2, embedding: 2048, feedForward: 7168, heads: 16, kvHeads: 4, head: 128, vocabulary: 32_000 },
    storage: q4_K,
    metadata: { expert_count: 8, expert_used_count: 2 },
    layer: (index, widths, storage) => [
      ...attention(index, widths, storage),
      ...experts(index, widths, storage, { count: 8, expert: widths.feedForward }),
    ],
  }),
  mixed({
    name: 'qwen3-30b-a3b',
    kind: 'MoE, 8 of 64 experts',
    architecture: 'qwen3moe',
    widths: { layers: 2, embedding: 2048, feedForward: 6144, heads: 32, kvHeads: 4, head: 128, vocabulary: 151_936 },
    storage: iq4_nl,
    metadata: { expert_count: 64, expert_used_count: 8, expert_feed_forward_length: 768 },
    layer: (index, widths, storage) => [
      ...attention(index, widths, storage),
      ...headNorms(index, widths, storage),
      ...experts(index, widths, storage, { count: 64, expert: 768 }),
    ],
  }),
  mixed({
    name: 'gpt-oss-20b',
    kind: 'MoE, every second layer a window',
    architecture: 'gpt-oss',
    widths: { layers: 4, embedding: 2880, feedForward: 2880, heads: 64, kvHeads: 8, head: 64, vocabulary: 201_088 },
    storage: { ...mxfp4, edge: 'Q4_0' },
    metadata: {
      expert_count: 8,
      expert_used_count: 4,
      expert_feed_forward_length: 2880,
      'attention.sliding_window': 128,
    },
    layer: gptOssLayer,
  }),
  mixed({
    name: 'deepseek-v2',
    kind: 'MLA, MoE',
    architecture: 'deepseek2',
    widths: { layers: 3, embedding: 2048, feedForward: 10_752, heads: 16, kvHeads: 1, head: 576, vocabulary: 102_400 },
    storage: q4_K,
    metadata: {
      leading_dense_block_count: 1,
      expert_count: 16,
      expert_used_count: 6,
      expert_shared_count: 2,
      expert_feed_forward_length: 1536,
      'attention.q_lora_rank': latent.queryRank,
      'attention.kv_lora_rank': latent.rank,
      'attention.key_length': latent.rank + latent.rope,
      'attention.value_length': latent.rank,
      'attention.key_length_mla': latent.key,
      'attention.value_length_mla': latent.value,
      'rope.dimension_count': latent.rope,
    },
    layer: deepseekLayer,
  }),
  mixed({
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
  mixed({
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
  mixed({
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
  mixed({
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
  mixed({
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
    ...gemma4Shape,
    tensors: [
      ...gemma4Shape.tensors,
      {
        name: 'per_layer_token_embd.weight',
        type: 'Q4_K',
        shape: [gemma4.perLayer * gemma4.layers, gemma4Shape.vocabulary],
      },
      { name: 'per_layer_model_proj.weight', type: 'F16', shape: [1536, gemma4.perLayer * gemma4.layers] },
      { name: 'per_layer_proj_norm.weight', type: 'F32', shape: [gemma4.perLayer] },
      { name: 'rope_freqs.weight', type: 'F32', shape: [256] },
    ],
  },
  {
    ...lfm2,
    tensors: lfm2.tensors.map((tensor) =>
      tensor.name === 'output_norm.weight' ? { ...tensor, name: 'token_embd_norm.weight' } : tensor,
    ),
  },
]
