import { automatic } from '../../preload/contract/model.ts'
import type { MemoryEstimate } from '../../preload/contract/model.ts'
import { totalLayers } from './engine-state.ts'
import type { Problem } from './types.ts'

/** What the daemon's own fit keeps free on a GPU, MiB (llama.cpp `common/fit.cpp`). */
export const automaticReserveMiB = 1024
/** What a driver context with its kernels takes on a card (reference: Ollama reserves 457 to 512 MiB for it). */
const deviceContextMiB = 400
/** A prediction may be this share of the free graphics memory off before a candidate is dropped unseen. */
const predictionTolerance = 0.04
/** RAM left to the rest of the system, as a share of all RAM. */
const ramReserveShare = 0.05

/**
 * Graphics memory free over all GPUs, MiB, as the driver tells before anything is loaded; total where no tool
 * could tell.
 */
export function freeVramMiB(problem: Pick<Problem, 'machine'>): number {
  return problem.machine.gpus.reduce((sum, gpu) => sum + (gpu.freeVramMiB ?? gpu.totalVramMiB), 0)
}

/** The part of it that a model can have: predictions leave out what each card's own context takes. */
export function usableVramMiB(problem: Pick<Problem, 'machine'>): number {
  const discrete = problem.machine.gpus.filter((gpu) => !gpu.unified).length
  return Math.max(0, freeVramMiB(problem) - discrete * deviceContextMiB)
}

/** Most layers whose predicted graphics memory is free at this batch; memory grows with every layer. */
export function layersThatFit(problem: Problem, num_batch: number, reserveMiB = 0): number {
  const usable = usableVramMiB(problem) - reserveMiB
  let layers = 0
  for (let more = 1; more <= totalLayers(problem.facts); more++) {
    if (problem.predictMemory({ ...automatic, num_gpu: more, num_batch }).vramMiB > usable) break
    layers = more
  }
  return layers
}

/** RAM that a configuration takes, MiB; unified memory lies in RAM as well. */
export function ramNeededMiB(problem: Pick<Problem, 'machine'>, memory: MemoryEstimate): number {
  return memory.ramMiB + (problem.machine.gpus.some((gpu) => gpu.unified) ? memory.vramMiB : 0)
}

/** MiB by which a prediction exceeds what RAM and graphics memory can hold, tolerance included; negative if it fits. */
export function memoryExcessMiB(problem: Problem, memory: MemoryEstimate): number {
  const { machine } = problem
  const ramFree = machine.memory.availableMiB - ramReserveShare * machine.memory.totalMiB
  const ramExcess = ramNeededMiB(problem, memory) - ramFree
  if (machine.gpus.length === 0) return ramExcess
  return Math.max(ramExcess, memory.vramMiB - usableVramMiB(problem) * (1 + predictionTolerance))
}
