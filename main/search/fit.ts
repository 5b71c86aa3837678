import type { MachineProfile } from '../../preload/contract/machine.ts'
import { automatic } from '../../preload/contract/model.ts'
import type { MemoryEstimate } from '../../preload/contract/model.ts'
import { totalLayers } from './engine-state.ts'
import type { Problem } from './types.ts'

/** What the daemon's own fit keeps free on a GPU, MiB (llama.cpp `common/fit.cpp`). */
export const automaticReserveMiB = 1024
/**
 * What a driver context with its kernels takes on a card beyond the model, MiB. Ollama sets 457 to 512 MiB aside for
 * it (reference: ollama.md §5), which is meant to suffice; contexts seen are between a half of that and all of it.
 */
const deviceContextMiB = { mean: 400, sd: 80 }
/** Standard deviation of a prediction of memory, as a share of it. */
const predictionSpread = 0.01
/** A card is filled to the last MiB by drivers that spill, and nearly so by others: spread of the limit, share of it. */
const limitSpread = 0.01
/** What is free of RAM changes while a study runs, and what is mapped need not all be there. */
const ramSpread = 0.05
/** A candidate is dropped unseen when the odds that it fits are below this. */
const hopelessDeviations = 2.3
/** RAM left to the rest of the system, as a share of all RAM. */
const ramReserveShare = 0.05

/** Main memory that has to stay free for other programs, MiB. */
export function ramReserveMiB({ memory }: Pick<MachineProfile, 'memory'>): number {
  return ramReserveShare * memory.totalMiB
}

/** Belief about how much one kind of memory holds of what is predicted, MiB. */
export interface Limit {
  center: number
  sd: number
}

/**
 * Graphics memory free over all GPUs, MiB, as the driver tells before anything is loaded; total where no tool
 * could tell.
 */
export function freeVramMiB(problem: Pick<Problem, 'machine'>): number {
  return problem.machine.gpus.reduce((sum, gpu) => sum + (gpu.freeVramMiB ?? gpu.totalVramMiB), 0)
}

/** The part of it that a model can have: predictions leave out what each card's own context takes. */
export function usableVramMiB(problem: Pick<Problem, 'machine'>): number {
  return Math.max(0, freeVramMiB(problem) - discreteCount(problem) * deviceContextMiB.mean)
}

/** What each memory is believed to hold before anything was loaded. */
export function limitsOf(problem: Pick<Problem, 'machine'>): { vram: Limit; ram: Limit } {
  const vram = usableVramMiB(problem)
  const ram = problem.machine.memory.availableMiB
  return {
    vram: {
      center: vram,
      sd: Math.max(
        32,
        Math.hypot(discreteCount(problem) * deviceContextMiB.sd, predictionSpread * vram, limitSpread * vram),
      ),
    },
    ram: { center: ram, sd: Math.max(32, ramSpread * ram) },
  }
}

/** Cards with memory of their own. */
export function discreteCount({ machine }: Pick<Problem, 'machine'>): number {
  return machine.gpus.filter((gpu) => !gpu.unified).length
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
  const ramFree = machine.memory.availableMiB - ramReserveMiB(machine)
  const ramExcess = ramNeededMiB(problem, memory) - ramFree
  if (machine.gpus.length === 0) return ramExcess
  const { vram } = limitsOf(problem)
  return Math.max(ramExcess, memory.vramMiB - vram.center - hopelessDeviations * vram.sd)
}
