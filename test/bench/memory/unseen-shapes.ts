import { mamba2Tensors } from './recurrent-shapes.ts'
import {
  attention,
  decoder,
  experts,
  headNorms,
  layerNames,
  q4_K,
  q6_K,
  q8_0,
  type Shape,
  usualLayer,
} from './shapes.ts'

const kind = 'not used in fitting'
const mamba2 = { inner: 4096, heads: 64, state: 128 }

/** Shapes on which no term of the formulas was found: whether they hold for others. */
export const unseenShapes: Shape[] = [
  decoder({
    name: 'qwen3-14b',
    kind,
    architecture: 'qwen3',
    widths: { layers: 3, embedding: 5120, feedForward: 17_408, heads: 40, kvHeads: 8, head: 128, vocabulary: 151_936 },
    storage: q4_K,
    layer: (...layer) => [...usualLayer(...layer), ...headNorms(...layer)],
  }),
  decoder({
    name: 'gemma-2b',
    kind,
    architecture: 'gemma',
    widths: { layers: 4, embedding: 2048, feedForward: 16_384, heads: 8, kvHeads: 1, head: 256, vocabulary: 256_000 },
    storage: q6_K,
    isTied: true,
  }),
  decoder({
    name: 'olmoe-1b-7b',
    kind,
    architecture: 'olmoe',
    widths: { layers: 2, embedding: 2048, feedForward: 1024, heads: 16, kvHeads: 16, head: 128, vocabulary: 50_304 },
    storage: q4_K,
    metadata: { expert_count: 64, expert_used_count: 8 },
    layer: (index, widths, storage) => [
      ...attention(index, widths, storage),
      layerNames(index, storage).vector('attn_q_norm.weight', [widths.embedding]),
      layerNames(index, storage).vector('attn_k_norm.weight', [widths.embedding]),
      ...experts(index, widths, storage, { count: 64, expert: widths.feedForward }),
    ],
  }),
  decoder({
    name: 'mamba2-1.3b',
    kind,
    architecture: 'mamba2',
    widths: { layers: 4, embedding: 2048, feedForward: 0, heads: 0, kvHeads: 0, head: 0, vocabulary: 50_288 },
    storage: q8_0,
    isTied: true,
    metadata: {
      'ssm.conv_kernel': 4,
      'ssm.inner_size': mamba2.inner,
      'ssm.state_size': mamba2.state,
      'ssm.time_step_rank': mamba2.heads,
      'ssm.group_count': 1,
    },
    layer: (index, { embedding }, storage) => mamba2Tensors(index, embedding, storage, mamba2),
  }),
]
