import type { DaemonFeatures } from '../../preload/contract/daemon.ts'
import type { MachineProfile } from '../../preload/contract/machine.ts'
import type { ModelFacts } from '../../preload/contract/model.ts'
import { bytesPerMiB } from './placement.ts'

export interface BatchQuestion {
  facts: ModelFacts
  /** `num_batch` as set; 0 leaves it to the daemon. */
  batch: number
  /** Tokens of context for each conversation. */
  contextLength: number
  parallel: number
  machine: MachineProfile
  features: DaemonFeatures
}

/** Automatic batches with what each must leave free: share of graphics memory, and MiB reserved for its scratch memory. */
const largerBatches = [
  { batch: 2048, aboveTokens: 32_768, maximumShare: 0.6, surchargeMiB: 2048 },
  { batch: 1024, aboveTokens: 4096, maximumShare: 0.75, surchargeMiB: 768 },
]
const smallestBatch = 512
const usableShare = 0.8

/**
 * Tokens per prefill step as the daemon resolves them: what is set, else 512, and from 0.30.0 on 1024 above 4096 tokens
 * of context and 2048 above 32768, as long as weights and cache leave room for it in the graphics memory
 * (ollama server/sched.go, `automaticGenerationBatch`). Never more than the context holds.
 */
export function resolveBatch(question: BatchQuestion): number {
  const tokens = question.contextLength * question.parallel
  return Math.min(question.batch > 0 ? question.batch : automaticBatch(question, tokens), tokens)
}

function automaticBatch({ facts, machine, features }: BatchQuestion, tokens: number): number {
  if (!features.automaticBatch) return smallestBatch
  const freeMiB = machine.gpus.reduce((sum, gpu) => sum + (gpu.freeVramMiB ?? gpu.totalVramMiB), 0)
  const neededMiB = roughSizeMiB(facts, tokens)
  const leavesRoom = ({ maximumShare, surchargeMiB }: (typeof largerBatches)[number]) =>
    freeMiB === 0 || (neededMiB <= maximumShare * freeMiB && neededMiB + surchargeMiB <= usableShare * freeMiB)
  const fitting = largerBatches.find((step) => tokens > step.aboveTokens && leavesRoom(step))
  return fitting?.batch ?? smallestBatch
}

/** The daemon's own rough guess: the file, and a cache over all layers (ollama llm/llama_server.go, `PredictServerVRAM`). */
function roughSizeMiB(facts: ModelFacts, tokens: number): number {
  const heads = Math.max(1, Math.min(...facts.headCountKv))
  const headLength = facts.embeddingLength / facts.headCount
  return (facts.totalBytes + 4 * facts.blockCount * heads * headLength * tokens) / bytesPerMiB
}
