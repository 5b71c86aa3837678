import type { EngineState, Offload } from './placement.ts'

/** Logits of every token of a batch: 4 bytes a word of the vocabulary, next to the state they are computed from. */
function logitBytes({ facts, batch }: EngineState): number {
  return 4 * batch * (facts.vocabularySize + facts.embeddingLength)
}

/** Attention mask: half precision, one entry per token of the batch and of the context. */
function maskBytes({ contextLength, parallel, batch }: EngineState): number {
  return 2 * batch * contextLength * parallel
}

/** Scratch memory of a batch on the CPU, flash attention on. */
export function cpuComputeBytes(state: EngineState): number {
  return logitBytes(state) + maskBytes(state) + 17 * state.batch * state.facts.embeddingLength
}

/** Scratch memory in ordinary memory while layers are on the GPU: inputs and the mask. */
export function hostComputeBytes(state: EngineState): number {
  return 4 * state.batch * state.facts.embeddingLength + maskBytes(state)
}

/** Scratch memory on the GPU; a partial offload also holds the largest CPU layer that is copied over for prefill. */
export function gpuComputeBytes(state: EngineState, offload: Offload): number {
  const { facts } = state
  const copied = Math.max(0, ...facts.layerBytes.slice(0, offload.firstLayer)) / 2
  const output = offload.output ? 0 : facts.outputBytes
  return logitBytes(state) + Math.max(copied, output)
}
