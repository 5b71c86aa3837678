import type { Cpu } from '../../../preload/contract/machine.ts'
import { coreKinds, usableCores } from '../engine-state.ts'

/** What matters here of the physical parameters, see priors.ts. */
export interface CoreSpeeds {
  slowCore: number
  sharedCore: number
  everyCore: number
  surplusThreads: number
}

/** What a number of threads is worth. */
export interface EffectiveCores {
  /** In fast cores. */
  steady: number
  /** Slow cores or shared ones take part. */
  isMixed: boolean
  /** At most 1: how far other programs, or threads beyond the cores, hold them up. */
  undisturbed: number
}

/** Share of its surplus that a faster core contributes when work is split evenly: in part, work is handed out on demand. */
const sharedSurplus = 0.4

/** What `threads` are worth. Work is split evenly, so that the slowest thread decides, softened by what is handed out on demand. */
export function effectiveCores(cpu: Cpu, speeds: CoreSpeeds, threads: number): EffectiveCores {
  const usable = usableCores(cpu)
  const running = Math.min(threads, usable)
  const { fast, slow: allSlow, physical } = coreKinds(cpu)
  const slow = Math.min(Math.max(0, running - fast), allSlow)
  const sharing = Math.max(0, running - fast - slow)
  const onFast = running - slow - sharing
  const pairs = Math.min(onFast, sharing)
  const slowestSlow = slow > 0 ? speeds.slowCore : 1
  const slowest = sharing > 0 ? Math.min(speeds.sharedCore, slowestSlow) : slowestSlow
  const sum = onFast - pairs + (pairs + sharing) * speeds.sharedCore + slow * speeds.slowCore
  const steady = running * slowest + sharedSurplus * Math.max(0, sum - running * slowest)
  const free = running < physical ? 1 : speeds.everyCore
  const surplus = 1 + speeds.surplusThreads * Math.max(0, threads / usable - 1)
  return { steady, isMixed: slow + sharing > 0, undisturbed: free / surplus }
}
