import { tensorBytes } from './tensor-types.ts'

export interface Tensor {
  name: string
  type: string
  /** As in GGUF: input width first. */
  shape: number[]
}

/** Bytes by the place where llama.cpp keeps them. */
export interface TensorGroups {
  /** `blk.N.*`, one entry a layer. */
  layerBytes: number[]
  /** Output norm and output matrix; the token embedding once more where the model has no matrix of its own. */
  outputBytes: number
  /** Token embedding and what else is looked up per token: always in ordinary memory. */
  tokenEmbeddingBytes: number
  /** Vision and audio parts in the same file. */
  projectorBytes: number
  /** Every tensor once: the size of the weights in the file. */
  totalBytes: number
  /** Matrices of the layers in formats that the CPU keeps in an order of its own, and the output matrix if it is one. */
  repackableLayerBytes: number
  repackableOutputBytes: number
}

/**
 * Formats for which an x86 processor with AVX2 has faster arithmetic on reordered rows (llama.cpp
 * ggml/src/ggml-cpu/repack.cpp, `ggml_repack_get_optimal_repack_type`). ARM processors reorder some more.
 */
const repackableTypes = new Set(['Q4_0', 'Q4_K', 'IQ4_NL', 'MXFP4'])

const inputNames = ['token_embd', 'token_types', 'position_embd', 'per_layer_token_embd']
const projectorNames = ['v.', 'a.', 'mm.', 'vision', 'audio', 'multi_modal']

/**
 * Sums tensors by layer and purpose. Source of the split: `LLM_TENSOR_INFOS` in llama.cpp's src/llama-arch.cpp
 * (input, repeating and output layers). Tensors of unknown purpose count as output, which is moved to the GPU first.
 */
export function groupTensors(tensors: readonly Tensor[], blockCount: number): TensorGroups {
  const layerBytes = Array.from({ length: blockCount }, () => 0)
  const groups = { outputBytes: 0, tokenEmbeddingBytes: 0, projectorBytes: 0, totalBytes: 0, repackableLayerBytes: 0 }
  for (const { name, type, shape } of tensors) {
    const bytes = tensorBytes(type, shape)
    const layer = layerOf(name)
    groups.totalBytes += bytes
    if (layer !== null && shape.length > 1 && isRepackable(type)) groups.repackableLayerBytes += bytes
    if (layer !== null && layer < blockCount) layerBytes[layer] = (layerBytes[layer] ?? 0) + bytes
    else if (inputNames.some((start) => name.startsWith(start))) groups.tokenEmbeddingBytes += bytes
    else if (projectorNames.some((start) => name.startsWith(start))) groups.projectorBytes += bytes
    else groups.outputBytes += bytes
  }
  const ownOutput = findTensor(tensors, 'output.weight')
  const output = ownOutput ?? findTensor(tensors, 'token_embd.weight')
  const outputBytes = output ? tensorBytes(output.type, output.shape) : 0
  if (!ownOutput) groups.outputBytes += outputBytes
  return { layerBytes, ...groups, repackableOutputBytes: output && isRepackable(output.type) ? outputBytes : 0 }
}

function isRepackable(type: string): boolean {
  return repackableTypes.has(type.toUpperCase())
}

function layerOf(name: string): number | null {
  const digits = /^blk\.(\d{1,5})\./.exec(name)?.[1]
  return digits === undefined ? null : Number(digits)
}

function findTensor(tensors: readonly Tensor[], name: string): Tensor | undefined {
  return tensors.find((tensor) => tensor.name === name)
}
