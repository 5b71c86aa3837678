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
}

const inputNames = ['token_embd', 'token_types', 'position_embd', 'per_layer_token_embd']
const projectorNames = ['v.', 'a.', 'mm.', 'vision', 'audio', 'multi_modal']

/**
 * Sums tensors by layer and purpose. Source of the split: `LLM_TENSOR_INFOS` in llama.cpp's src/llama-arch.cpp
 * (input, repeating and output layers). Tensors of unknown purpose count as output, which is moved to the GPU first.
 */
export function groupTensors(tensors: readonly Tensor[], blockCount: number): TensorGroups {
  const layerBytes = Array.from({ length: blockCount }, () => 0)
  const groups = { outputBytes: 0, tokenEmbeddingBytes: 0, projectorBytes: 0, totalBytes: 0 }
  for (const { name, type, shape } of tensors) {
    const bytes = tensorBytes(type, shape)
    const layer = layerOf(name)
    groups.totalBytes += bytes
    if (layer !== null && layer < blockCount) layerBytes[layer] = (layerBytes[layer] ?? 0) + bytes
    else if (inputNames.some((start) => name.startsWith(start))) groups.tokenEmbeddingBytes += bytes
    else if (projectorNames.some((start) => name.startsWith(start))) groups.projectorBytes += bytes
    else groups.outputBytes += bytes
  }
  if (!hasTensor(tensors, 'output.weight')) groups.outputBytes += bytesOf(tensors, 'token_embd.weight')
  return { layerBytes, ...groups }
}

function layerOf(name: string): number | null {
  const digits = /^blk\.(\d{1,5})\./.exec(name)?.[1]
  return digits === undefined ? null : Number(digits)
}

function hasTensor(tensors: readonly Tensor[], name: string): boolean {
  return tensors.some((tensor) => tensor.name === name)
}

function bytesOf(tensors: readonly Tensor[], name: string): number {
  const tensor = tensors.find((candidate) => candidate.name === name)
  return tensor === undefined ? 0 : tensorBytes(tensor.type, tensor.shape)
}
