import { automatic } from '../../preload/contract/model.ts'
import type { MemoryEstimate } from '../../preload/contract/model.ts'
import { totalLayers } from './engine-state.ts'
import type { Problem } from './types.ts'

/** What the daemon's own fit keeps free on a GPU, MiB (llama.cpp `common/fit.cpp`). */
export const automaticReserveMiB = 1024
/** A prediction may be this share of the free graphics memory off before a candidate is dropped unseen. */
const predictionTolerance = 0.04
/** RAM left to the rest of the system, as a share of all RAM. */
const ramReserveShare = 0.05

/** Graphics memory free over all GPUs, MiB; total where no tool could tell. */
export function freeVramMiB(problem: Pick<Problem, 'machine'>): number {
  return problem.machine.gpus.reduce((sum, gpu) => sum + (gpu.freeVramMiB ?? gpu.totalVramMiB), 0)
}

/** Most layers whose predicted graphics memory is free at this batch; memory grows with every layer. */
export function layersThatFit(problem: Problem, num_batch: number, reserveMiB = 0): number {
  const free = freeVramMiB(problem) - reserveMiB
  let layers = 0
  for (let more = 1; more <= totalLayers(problem.facts); more++) {
    if (problem.predictMemory({ ...automatic, num_gpu: more, num_batch }).vramMiB > free) break
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
  return Math.max(ramExcess, memory.vramMiB - freeVramMiB(problem) * (1 + predictionTolerance))
}
