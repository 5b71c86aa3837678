import type { DaemonFeatures } from '../../preload/contract/daemon.ts'
import type { Gpu, MachineProfile } from '../../preload/contract/machine.ts'
import type { CacheType, LocalModel, ModelFacts } from '../../preload/contract/model.ts'
import { type EngineState, type MemoryPart, bytesPerMiB, placeMemory } from './placement.ts'
import { type GpuShare, splitAcrossGpus } from './split.ts'

export interface FitQuestion {
  facts: ModelFacts
  /** Tokens. */
  contextLength: number
  /** Tokens per prefill step. */
  batch: number
  machine: MachineProfile
  features: DaemonFeatures
  /** Graphics memory to leave free on each GPU, beyond what the driver takes for itself. */
  headroomMiB: number
  /** Conversations at once, 1 by default. */
  parallel?: number
  /** On by default. */
  hasFlashAttention?: boolean
  /** How keys and values are stored; half precision by default. */
  cacheType?: CacheType
}

/** The boundary of `num_gpu`: at most so many layers fit. */
export interface LayerLimit {
  /** 0 (nothing fits) to block count + 1 (everything does). */
  layers: number
  /** Free graphics memory of all GPUs together. */
  freeVramMiB: number
  /** What those layers need, driver and headroom not counted. */
  neededVramMiB: number
  /** What one more layer would need; null if everything fits. */
  nextNeededVramMiB: number | null
  /** What each GPU holds of it, in the machine's order. */
  shares: GpuShare[]
}

/** What a CUDA or ROCm process takes for itself before the first tensor (ollama discover/gpu.go: 457 MiB and more). */
const driverMiB = 457

/**
 * What the daemon itself leaves free per GPU when it chooses the layers: 1024 MiB from 0.30.0 on
 * (llama.cpp common/fit.cpp, `--fit-target`), before that nothing beyond the driver's part.
 */
export function automaticReserveMiB(features: DaemonFeatures): number {
  return features.outputLayerFirst ? 1024 : 0
}

/**
 * How many layers at most fit into the free graphics memory beside the driver's part and the headroom: on one GPU, or
 * on several that share them.
 */
export function maximumLayers(question: FitQuestion): LayerLimit {
  const { facts, machine, headroomMiB } = question
  const need = (gpuLayers: number) => placeMemory(stateOf(question, gpuLayers))
  const rooms = machine.gpus.map((gpu) => freeVram(gpu) - headroomMiB - (gpu.unified ? 0 : driverMiB))
  let layers = machine.gpus.length === 0 ? 0 : facts.blockCount + 1
  let shares = placeOnGpus(stateOf(question, layers), rooms)
  while (shares === null) shares = placeOnGpus(stateOf(question, --layers), rooms)
  return {
    layers,
    freeVramMiB: machine.gpus.reduce((total, gpu) => total + freeVram(gpu), 0),
    neededVramMiB: vramOf(need(layers)),
    nextNeededVramMiB: layers > facts.blockCount ? null : vramOf(need(layers + 1)),
    shares,
  }
}

function stateOf(question: FitQuestion, gpuLayers: number): EngineState {
  const { facts, features, contextLength, batch, parallel = 1, hasFlashAttention = true, cacheType = 'f16' } = question
  return { facts, features, gpuLayers, contextLength, batch, parallel, isMapped: false, hasFlashAttention, cacheType }
}

/** One GPU that holds everything, or several that share the layers, each with scratch memory of its own; null: no room. */
function placeOnGpus(state: EngineState, rooms: readonly number[]): GpuShare[] | null {
  const nothing: GpuShare = { layers: 0, vramMiB: 0 }
  if (state.gpuLayers === 0) return rooms.map(() => nothing)
  const vramMiB = vramOf(placeMemory(state))
  const single = rooms.findIndex((room) => vramMiB <= room)
  if (single >= 0) return rooms.map((_, gpu) => (gpu === single ? { layers: state.gpuLayers, vramMiB } : nothing))
  const usable = rooms.map((room) => Math.max(0, room))
  if (usable.filter((room) => room > 0).length < 2) return null
  const shares = splitAcrossGpus(state, usable)
  return shares.every((share, gpu) => share.vramMiB <= (usable[gpu] ?? 0)) ? shares : null
}

function vramOf(parts: readonly MemoryPart[]): number {
  return parts.reduce((total, { vramMiB }) => total + vramMiB, 0)
}

/** Free graphics memory in MiB; where no tool could tell, nine tenths of all. */
function freeVram(gpu: Gpu): number {
  return gpu.freeVramMiB ?? 0.9 * gpu.totalVramMiB
}

/** A context of 4096 tokens and scratch memory, as a share of the weights and in MiB: a rough guide for lists. */
const contextShare = 0.1
const scratchMiB = 300
/** Share of a computer's memory that models can have; the rest is the system's. */
const usableMemoryShare = 0.85
/** Graphics memory for less than this share of a model is not worth speaking of. */
const worthwhileShare = 0.05

/** Where a model will run, judged from its file size alone. The plan judges exactly. */
export function judgeFit(sizeBytes: number, machine: MachineProfile): NonNullable<LocalModel['fit']> {
  const neededMiB = (sizeBytes / bytesPerMiB) * (1 + contextShare) + scratchMiB
  const ramMiB = usableMemoryShare * (machine.memory.limitMiB ?? machine.memory.totalMiB)
  const roomOf = (gpu: Gpu) => Math.max(0, freeVram(gpu) - (gpu.unified ? 0 : driverMiB))
  const vramMiB = machine.gpus.reduce((total, gpu) => total + roomOf(gpu), 0)
  const separateVramMiB = machine.gpus.reduce((total, gpu) => total + (gpu.unified ? 0 : roomOf(gpu)), 0)
  if (neededMiB > ramMiB + separateVramMiB) return 'tooBig'
  if (neededMiB <= vramMiB) return 'full'
  return vramMiB >= worthwhileShare * neededMiB ? 'partial' : 'cpu'
}
