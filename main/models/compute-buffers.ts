import type { EngineState, Offload } from './placement.ts'

/**
 * Bytes of scratch memory for one batch of b tokens: 4 b max(logits, behind, layers, scores), where for
 * a vocabulary of V words, states of width E, a feed-forward width F and a context of C tokens
 *
 * - logits = V + 3 E: the result over the vocabulary next to the states it is computed from;
 * - behind = V + E + C / 2 if V < 6 F, and E + F more if V < 4 F: holes that the layers leave are too small for such a
 *   result, so it is placed behind them;
 * - layers = 2 F + 3 E + C / 2: gate and up projection, states, and the attention mask in half precision over C tokens
 *   (a second mask if some layers have a sliding window);
 * - scores, without flash attention only = 1 + 4 E + C (1 + H): those of each of H heads over the whole context
 *   (ollama fs/ggml/ggml.go, `GraphSize`).
 *
 * The form follows ggml's graph allocator (ggml/src/ggml-alloc.c); the terms were found by loading 17 model shapes in
 * llama.cpp b10488 without their weights, at contexts of 2048 to 32768 and batches of 64 to 2048.
 */
function scratchBytes({ facts, contextLength, batch, hasFlashAttention }: EngineState): number {
  const { vocabularySize: V, embeddingLength: E, feedForwardLength: F } = facts
  const mask = contextLength / 2
  const logits = V + 3 * E
  const behind = V < 4 * F ? V + 2 * E + F + mask : V < 6 * F ? V + E + mask : 0
  const layers = 2 * F + 3 * E + (facts.slidingWindow === null ? mask : 2 * mask)
  const scores = hasFlashAttention ? 0 : 1 + 4 * E + contextLength * (1 + facts.headCount)
  return 4 * batch * Math.max(logits, behind, layers, scores)
}

/** Scratch memory when the CPU does everything, with the buffer of logits that are handed out. */
export function cpuComputeBytes(state: EngineState): number {
  return scratchBytes(state) + outputBufferBytes(state)
}

/** Ordinary memory while layers are on the GPU: the states that pass between, the attention mask, the logits. */
export function hostComputeBytes(state: EngineState): number {
  const { facts, batch, contextLength } = state
  return 4 * batch * facts.embeddingLength + 2 * batch * contextLength + outputBufferBytes(state)
}

/** The largest matrix is at most this share of a layer's bytes: the down projection, stored with more bits than most. */
const largestMatrixShare = 0.4

/**
 * Scratch memory on the GPU. In a partial offload, prefill copies the matrices of the layers that stayed behind, one at
 * a time, so the largest is added (llama.cpp logs 669.48 MiB for Llama 3 8B with its output layer of 410.98 MiB in RAM,
 * 258.50 MiB without the copy).
 */
export function gpuComputeBytes(state: EngineState, { output, firstLayer }: Offload): number {
  const { layerBytes, outputBytes } = state.facts
  const largestMatrix = largestMatrixShare * Math.max(0, ...layerBytes.slice(0, firstLayer))
  return scratchBytes(state) + Math.max(largestMatrix, output ? 0 : outputBytes)
}

function outputBufferBytes({ facts, parallel }: EngineState): number {
  return 4 * facts.vocabularySize * parallel
}
