import type { DaemonFeatures } from '../../preload/contract/daemon.ts'
import type { MachineProfile } from '../../preload/contract/machine.ts'
import type { Configuration, MemoryEstimate, ModelFacts } from '../../preload/contract/model.ts'
import { automaticReserveMiB, maximumLayers } from './fit.ts'
import { type MemoryPart, placeMemory } from './placement.ts'

export interface MemoryQuestion {
  facts: ModelFacts
  configuration: Configuration
  /** Tokens. */
  contextLength: number
  machine: MachineProfile
  features: DaemonFeatures
  /** Conversations at once (`OLLAMA_NUM_PARALLEL`), 1 by default. */
  parallel?: number
}

export interface MemoryPrediction extends MemoryEstimate {
  /** What the sums are made of. */
  parts: MemoryPart[]
  /** Layers on the GPU, with −1 resolved as the daemon would. */
  gpuLayers: number
  /** Tokens per prefill step, with 0 resolved as the daemon would. */
  batch: number
}

/** Memory in MiB that the daemon will report for a configuration (`/api/ps`: size and VRAM). */
export function predictMemory(question: MemoryQuestion): MemoryPrediction {
  const { facts, configuration, machine, features, parallel = 1 } = question
  const contextLength = Math.min(question.contextLength, facts.trainedContextLength)
  const batch = resolveBatch(configuration.num_batch, contextLength, parallel, features)
  const gpuLayers = resolveLayers(question, contextLength, batch)
  const parts = placeMemory({ facts, features, gpuLayers, contextLength, batch, parallel })
  return {
    ramMiB: parts.reduce((total, part) => total + part.ramMiB, 0),
    vramMiB: parts.reduce((total, part) => total + part.vramMiB, 0),
    parts,
    gpuLayers: machine.gpus.length === 0 ? 0 : gpuLayers,
    batch,
  }
}

/**
 * Tokens per prefill step. Automatic is 512 up to 4096 tokens of context, 1024 up to 32768, else 2048
 * (ollama server/sched.go, `generationBatchForContext`); before 0.30.0 always 512. Never more than the context holds.
 */
export function resolveBatch(batch: number, contextLength: number, parallel: number, features: DaemonFeatures): number {
  const tokens = contextLength * parallel
  const automatic = !features.automaticBatch || tokens <= 4096 ? 512 : tokens <= 32_768 ? 1024 : 2048
  return Math.min(batch > 0 ? batch : automatic, tokens)
}

function resolveLayers(question: MemoryQuestion, contextLength: number, batch: number): number {
  const { facts, configuration, machine, features, parallel = 1 } = question
  if (machine.gpus.length === 0) return 0
  if (configuration.num_gpu >= 0) return Math.min(configuration.num_gpu, facts.blockCount + 1)
  const headroomMiB = automaticReserveMiB(features)
  return maximumLayers({ facts, contextLength, batch, machine, features, headroomMiB, parallel }).layers
}
