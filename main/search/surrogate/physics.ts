import type { Configuration } from '../../../preload/contract/model.ts'
import { usableCores } from '../engine-state.ts'
import type { Problem } from '../types.ts'
import { createPlacement } from './placement.ts'
import type { Placement } from './placement.ts'

/**
 * Parameters θ of the physical mean, as natural logarithms with independent normal priors.
 * Priors span desktop and laptop hardware of a decade; sources in brackets.
 */
const priors = {
  /** Memory bytes per second that one fast core draws while decoding [llama.cpp #39, #34]. */
  coreBandwidth: { mean: Math.log(8e9), sd: 0.5 },
  /** Fast cores that saturate the memory bus [decode peaks at 6 of 8 cores in #39]. */
  saturatingCores: { mean: Math.log(4.5), sd: 0.45 },
  /** Decode falls with fast cores beyond saturation to this power, as they get into each other's way [#39: 10 % at 8]. */
  crowding: { mean: Math.log(0.18), sd: 0.7 },
  /** Speed of an efficiency core relative to a fast one [#34]. */
  slowCore: { mean: Math.log(0.6), sd: 0.25 },
  /** Speed of each of two threads that share a core, relative to one alone: SMT gains about a quarter. */
  sharedCore: { mean: Math.log(0.62), sd: 0.12 },
  /** Decode rate once slow or shared cores take part, relative to fast ones alone: all wait for the slowest [#34, #7176]. */
  mixedDecode: { mean: Math.log(0.85), sd: 0.15 },
  /** Rate once every physical core is taken: whatever else runs now delays one thread, and all wait for it. */
  everyCore: { mean: Math.log(0.96), sd: 0.12 },
  /** Slowdown per surplus thread once there are more threads than cores; measured 0.5 to 0.03 of full speed. */
  surplusThreads: { mean: Math.log(3), sd: 1 },
  /** Prefill on one fast core: bytes of weights × tokens per second. */
  coreCompute: { mean: Math.log(1.5e10), sd: 0.6 },
  /** Prefill grows with cores to this power: the more are busy, the lower they are clocked. */
  coreScaling: { mean: Math.log(0.92), sd: 0.1 },
  /** Batch at which prefill on the processor reaches half its best rate [27B AVX2, ub 8 to 512: 25 to 76 t/s]. */
  coreHalfBatch: { mean: Math.log(8), sd: 0.8 },
  /** Bytes per second at which the GPU reads weights while decoding. */
  gpuBandwidth: { mean: Math.log(2.2e11), sd: 0.6 },
  /** Prefill on the GPU: bytes of weights × tokens per second. */
  gpuCompute: { mean: Math.log(4e12), sd: 0.8 },
  /** Batch at which prefill on the GPU reaches half its best rate [7B CUDA, -b 128 to 1024: 1437 to 2499 t/s]. */
  gpuHalfBatch: { mean: Math.log(100), sd: 0.6 },
  /** Bytes per second over PCIe, by which each prefill batch fetches the layers that are not on the GPU [#6083]. */
  transfer: { mean: Math.log(8e9), sd: 0.6 },
  /** Seconds per token that no weight explains: kernel launches, sampling. */
  tokenOverhead: { mean: Math.log(5e-4), sd: 0.8 },
  /** Prefill rate of weights in a mapped file relative to weights read into memory [MoE, 365 against 515 to 540]. */
  mappedPrefill: { mean: Math.log(0.8), sd: 0.15 },
  /** Decode rate of the same. */
  mappedDecode: { mean: Math.log(0.98), sd: 0.03 },
} as const
type ParameterKey = keyof typeof priors
const keys = Object.keys(priors) as ParameterKey[]

/** Priors in which a GPU that shares the computer's memory differs. */
const unifiedPriors: Partial<Record<ParameterKey, { mean: number; sd: number }>> = {
  gpuBandwidth: { mean: Math.log(9e10), sd: 0.5 },
  gpuCompute: { mean: Math.log(1e12), sd: 0.6 },
}

/** Seconds until a request reaches the model and the first token comes back. */
const requestSeconds = 0.012
/** Sharpness of the bend where the memory bus saturates. */
const bend = 4
/** Share of its surplus that a faster core contributes when work is split evenly: in part, work is handed out on demand. */
const sharedSurplus = 0.4

/** ln of the seconds to the first token, and of the seconds per further token. */
export interface LogSeconds {
  ttft: number
  token: number
}

export interface Physics {
  priorMean: number[]
  priorSd: number[]
  place(configuration: Configuration): Placement
  /** The physical mean at parameters θ. */
  logSeconds(theta: readonly number[], placement: Placement): LogSeconds
}

type Parameters = Record<ParameterKey, number>

/**
 * The physical mean of a problem: memory traffic per generated token, arithmetic and transfers per prompt token,
 * threads on unequal cores, layers split between devices (times add up, speeds do not).
 * Source: roofline model (S. Williams, A. Waterman, D. Patterson, CACM 52(4), 2009) with reference tuning.md §1.
 */
export function createPhysics(problem: Problem): Physics {
  const place = createPlacement(problem)
  const isUnified = problem.machine.gpus.some((gpu) => gpu.unified)
  const fetchesOverBus = problem.machine.gpus.length > 0 && !isUnified
  const prior = keys.map((key) => (isUnified ? unifiedPriors[key] : undefined) ?? priors[key])
  const read = (theta: readonly number[]) => {
    const values = {} as Parameters
    for (const [i, key] of keys.entries()) values[key] = Math.exp(theta[i] ?? priors[key].mean)
    return values
  }

  const tokenSeconds = (θ: Parameters, c: Placement) => {
    const cores = effectiveCores(problem, θ, c.threads)
    const crowd = Math.max(1, cores.steady / θ.saturatingCores) ** -θ.crowding
    const reading = smoothMinimum(cores.steady, θ.saturatingCores) * crowd * cores.undisturbed * θ.coreBandwidth
    const mapped = c.isMapped ? θ.mappedDecode : 1
    const mixed = cores.isMixed ? θ.mixedDecode : 1
    const onCpu = c.cpuBytes / (reading * mapped * mixed)
    return onCpu + c.gpuBytes / θ.gpuBandwidth + θ.tokenOverhead
  }

  const prefillSeconds = (θ: Parameters, c: Placement) => {
    const tokens = problem.workload.promptTokens
    const filled = Math.min(c.batch, tokens)
    const gpuRate = (θ.gpuCompute * filled) / (filled + θ.gpuHalfBatch)
    const onGpu = (tokens * c.gpuBytes) / gpuRate
    const mapped = c.isMapped ? θ.mappedPrefill : 1
    if (fetchesOverBus) {
      const fetches = Math.ceil(tokens / c.batch)
      return onGpu + (fetches * c.cpuBytes) / (θ.transfer * mapped) + (tokens * c.cpuBytes) / gpuRate
    }
    const cores = effectiveCores(problem, θ, c.threads)
    const coreRate =
      (θ.coreCompute * cores.steady ** θ.coreScaling * cores.undisturbed * filled) / (filled + θ.coreHalfBatch)
    return onGpu + (tokens * c.cpuBytes) / (coreRate * mapped)
  }

  return {
    priorMean: prior.map(({ mean }) => mean),
    priorSd: prior.map(({ sd }) => sd),
    place,
    logSeconds(theta, placement) {
      const θ = read(theta)
      const token = tokenSeconds(θ, placement)
      return { ttft: Math.log(prefillSeconds(θ, placement) + token + requestSeconds), token: Math.log(token) }
    },
  }
}

/**
 * What `threads` are worth in fast cores. Work is split evenly, so that the slowest thread decides, softened by what
 * is handed out on demand. `undisturbed` ≤ 1 tells how far other programs, or each other where there are more threads
 * than cores, hold them up.
 */
function effectiveCores(problem: Problem, θ: Parameters, threads: number) {
  const { cpu } = problem.machine
  const usable = usableCores(cpu)
  const running = Math.min(threads, usable)
  const fast = Math.min(cpu.performanceCores > 0 ? cpu.performanceCores : cpu.physicalCores, usable)
  const slow = Math.min(Math.max(0, running - fast), cpu.efficiencyCores)
  const sharing = Math.max(0, running - fast - slow)
  const onFast = running - slow - sharing
  const pairs = Math.min(onFast, sharing)
  const slowest = sharing > 0 ? Math.min(θ.sharedCore, slow > 0 ? θ.slowCore : 1) : slow > 0 ? θ.slowCore : 1
  const sum = onFast - pairs + (pairs + sharing) * θ.sharedCore + slow * θ.slowCore
  const steady = running * slowest + sharedSurplus * Math.max(0, sum - running * slowest)
  const free = running < Math.min(cpu.physicalCores, usable) ? 1 : θ.everyCore
  const surplus = 1 + θ.surplusThreads * Math.max(0, threads / usable - 1)
  return { steady, isMixed: slow + sharing > 0, undisturbed: free / surplus }
}

/** A minimum without a kink: (a^−q + b^−q)^(−1/q). */
function smoothMinimum(a: number, b: number): number {
  return (a ** -bend + b ** -bend) ** (-1 / bend)
}
