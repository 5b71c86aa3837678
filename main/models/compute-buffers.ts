import type { ModelFacts, ScratchPeak } from '../../preload/contract/model.ts'
import type { EngineState, Offload } from './placement.ts'

/**
 * Bytes of scratch memory for one batch of b tokens: 4 b max(logits, layers, attention), where for a vocabulary of
 * V words, states of width E, H heads whose queries together are Q wide, keys of width K and a context of C tokens, of
 * which a sliding layer sees W
 *
 * - logits = V + 2 E: the result over the vocabulary next to the states it is computed from; with latent attention and
 *   experts, those states lie behind the results of the n experts in use: V + (4 + n) E;
 * - layers = 3 F + 4 E + (C + W) / 2: gate and up projection, their product, states, and the attention masks in half
 *   precision. F is the width that one token passes at once: with experts, that of all it uses, or E + F of each where
 *   that is more, as their results wait side by side to be added up;
 * - attention = 2.5 Q + 2 E + (C + W) / 2, or without flash attention H C + C + W + 3 Q + 2 E + 2 K: the scores of each
 *   head over the whole context, masks in full precision, queries, keys, values and states; 5 E more where a layer has
 *   state-space heads beside the others.
 *
 * The form follows ggml's graph allocator (ggml/src/ggml-alloc.c), which reuses what is no longer needed; the terms were
 * found by loading 38 model shapes in llama.cpp b10488 and v0.5.0 at contexts of 512 to 32768 and batches of 64 to 2048
 * (`npm run bench:memory`). Left out is that results may find no hole and lie behind what is free: up to 4 E + C / 2.
 */
function scratchBytes(state: EngineState): number {
  const { facts, batch } = state
  const margin = facts.isArchitectureKnown === false ? unknownMargin : 1
  return 4 * batch * margin * Math.max(...Object.values(scratchWidths(state)))
}

function scratchWidths(state: EngineState): Record<ScratchPeak, number> {
  return { logits: logitsWidth(state.facts), layers: layersWidth(state), attention: attentionWidth(state) }
}

/** Which moment decides about the scratch memory of a state. */
export function scratchPeak(state: EngineState): ScratchPeak {
  const { logits, layers, attention } = scratchWidths(state)
  if (logits >= Math.max(layers, attention)) return 'logits'
  return layers >= attention ? 'layers' : 'attention'
}

/** What is added where nobody looked at the graph: the worst of the known ones exceeds the formula by less. */
const unknownMargin = 1.3

function logitsWidth(facts: ModelFacts): number {
  const { vocabularySize, embeddingLength, expertUsedCount } = facts
  const isLatent = facts.valueLength === 0
  return vocabularySize + (isLatent && expertUsedCount > 0 ? 4 + expertUsedCount : 2) * embeddingLength
}

function layersWidth(state: EngineState): number {
  const { embeddingLength, feedForwardLength, expertUsedCount, expertFeedForwardLength: expert = 0 } = state.facts
  const experts = expert === 0 ? 0 : expertUsedCount * Math.max(3 * expert, embeddingLength + expert)
  // A mixture names the experts' width as that of a feed-forward layer, which it then has not.
  const dense = expert === feedForwardLength ? 0 : 3 * feedForwardLength
  const [whole, windowed] = maskedTokens(state)
  return Math.max(dense, experts) + 4 * embeddingLength + (whole + windowed) / 2
}

function attentionWidth(state: EngineState): number {
  const { facts, hasFlashAttention } = state
  const { embeddingLength, headCount, keyLength, headCountKv, recurrentBytes } = facts
  const keys = keyLength * Math.max(0, ...headCountKv)
  if (keys === 0) return 0
  const queries = headCount * keyLength
  const isDouble = headCountKv.some((heads, layer) => heads > 0 && (recurrentBytes?.[layer] ?? 0) > 0)
  const states = (isDouble ? 7 : 2) * embeddingLength
  const [whole, windowed] = maskedTokens(state)
  if (hasFlashAttention) return 2.5 * queries + states + (whole + windowed) / 2
  return headCount * whole + whole + windowed + 3 * queries + states + 2 * keys
}

/** Tokens that layers over the whole context see, and those with a window. */
function maskedTokens({ facts, contextLength, batch }: EngineState): [whole: number, windowed: number] {
  if (facts.headCountKv.every((heads) => heads === 0)) return [0, 0]
  return [contextLength, facts.slidingWindow === null ? 0 : Math.min(contextLength, facts.slidingWindow + batch)]
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
