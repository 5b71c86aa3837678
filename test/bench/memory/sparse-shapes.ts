import {
  attention,
  decoder,
  experts,
  gatedFeedForward,
  headNorms,
  iq4_nl,
  layerNames,
  mxfp4,
  q4_K,
  type Shape,
  type Storage,
  type Widths,
} from './shapes.ts'
import type { Tensor } from '../../../main/models/gguf/tensors.ts'

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

const gemma4Shape = decoder({
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

/** Experts, latent attention, shared caches: widths of published models, each with few of its layers. */
export const sparseShapes: Shape[] = [
  decoder({
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
  decoder({
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
  decoder({
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
  decoder({
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
]
