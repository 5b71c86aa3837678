import type { DaemonFeatures } from '../../preload/contract/daemon.ts'
import type { Reason } from '../../preload/contract/estimate.ts'
import type { MachineProfile } from '../../preload/contract/machine.ts'
import type { CacheType, Configuration, MemoryEstimate, ModelFacts, ScratchPeak } from '../../preload/contract/model.ts'
import { resolveBatch } from './batch.ts'
import { scratchPeak } from './compute-buffers.ts'
import { automaticReserveMiB, maximumLayers } from './fit.ts'
import { type MemoryPart, placeMemory } from './placement.ts'

export interface MemoryQuestion {
  facts: ModelFacts
  configuration: Configuration
  /** Tokens. */
  contextLength: number
  machine: MachineProfile
  features: DaemonFeatures
}

export interface MemoryPrediction extends MemoryEstimate {
  /** What the sums are made of. */
  parts: MemoryPart[]
  /** Layers on the GPU, with −1 resolved as the daemon would. */
  gpuLayers: number
  /** Tokens per prefill step, with 0 resolved as the daemon would. */
  batch: number
  /** Which moment of a step decides about the scratch memory: what is learnt of one says nothing of another. */
  scratchPeak: ScratchPeak
  /** See `memoryReservations`. */
  reservations: Reason[]
}

/**
 * Memory in MiB that the daemon will report for a configuration (`/api/ps`: size − VRAM, and VRAM). Longer contexts than the model was trained for are cut to that, as the daemon
 * does.
 */
export function predictMemory(question: MemoryQuestion): MemoryPrediction {
  const { facts, configuration, machine, features } = question
  const parallel = conversationsOf(configuration)
  const contextLength = Math.min(question.contextLength, facts.trainedContextLength)
  const batch = resolveBatch({ facts, batch: configuration.num_batch, contextLength, parallel, machine, features })
  const gpuLayers = resolveLayers(question, contextLength, batch)
  const isMapped = configuration.use_mmap ?? (gpuLayers > 0 && machine.os.platform === 'linux')
  const state = { facts, features, gpuLayers, contextLength, batch, parallel, isMapped, ...attentionOf(question) }
  const parts = placeMemory(state)
  return {
    ramMiB: parts.reduce((sum, part) => sum + part.ramMiB, 0),
    vramMiB: parts.reduce((sum, part) => sum + part.vramMiB, 0),
    parts,
    gpuLayers,
    batch,
    scratchPeak: scratchPeak(state),
    reservations: memoryReservations(facts),
  }
}

/** Why predictions for a model are rather too high than right; empty where they are as good as any. */
export function memoryReservations({ architecture, isArchitectureKnown }: ModelFacts): Reason[] {
  return isArchitectureKnown === false ? [{ code: 'memory.unknownArchitecture', values: { architecture } }] : []
}

/** Without a GPU `num_gpu` is ignored; −1 offloads what fits beside the daemon's own reserve. */
function resolveLayers(question: MemoryQuestion, contextLength: number, batch: number): number {
  const { facts, configuration, machine, features } = question
  const parallel = conversationsOf(configuration)
  if (machine.gpus.length === 0) return 0
  if (configuration.num_gpu >= 0) return Math.min(configuration.num_gpu, facts.blockCount + 1)
  const headroomMiB = automaticReserveMiB(features)
  const fit = { facts, contextLength, batch, machine, features, headroomMiB, parallel, ...attentionOf(question) }
  return maximumLayers(fit).layers
}

/** Conversations that have room at once (`OLLAMA_NUM_PARALLEL`), 1 by default. */
function conversationsOf({ num_parallel }: Configuration): number {
  return num_parallel ?? 1
}

/** How attention works with a configuration. A quantised cache brings flash attention with it, as it needs that. */
function attentionOf({ configuration, features }: MemoryQuestion): {
  hasFlashAttention: boolean
  cacheType: CacheType
} {
  const cacheType = configuration.kv_cache_type ?? 'f16'
  const automatic = features.automaticFlashAttention || cacheType !== 'f16'
  return { cacheType, hasFlashAttention: configuration.flash_attention ?? automatic }
}
