import type { Configuration } from '../../../preload/contract/model.ts'
import type { Problem } from '../types.ts'
import { effectiveCores } from './cores.ts'
import { createPlacement } from './placement.ts'
import type { Placement } from './placement.ts'
import { cacheKeys, graphicsKeys, parameterKeys, thetaPrior } from './priors.ts'
import type { ParameterKey } from './priors.ts'

/** Seconds until a request reaches the model and the first token comes back. */
const requestSeconds = 0.012
/** Sharpness of the bend where the memory bus saturates. */
const bend = 4
/** Seconds of work after which a computer is two thirds of the way to its final temperature: minutes, whatever cools it. */
const heatingSeconds = 300

/** ln of the seconds to the first token, and of the seconds per further token. */
export interface LogSeconds {
  ttft: number
  token: number
}

export interface Physics {
  /** The parameters that matter on this machine, k of them; means and standard deviations of ln θ in their order. */
  keys: ParameterKey[]
  priorMean: number[]
  priorSd: number[]
  place(configuration: Configuration): Placement
  /** The parameters themselves from their logarithms. */
  read(theta: readonly number[]): Parameters
  /** The physical mean at these parameters, after so many seconds of work; 0: on a cool computer. */
  logSeconds(parameters: Parameters, placement: Placement, workedSeconds?: number): LogSeconds
  /** Seconds of a turn of so many output tokens on a cool computer, by the same mean. */
  turnSeconds(parameters: Parameters, placement: Placement, outputTokens: number): number
}

export type Parameters = Record<ParameterKey, number>

/** What the processor can do with a number of threads. */
interface CoreRates {
  reading: number
  computing: number
}

/**
 * The physical mean of a problem: memory traffic per generated token, arithmetic and transfers per prompt token,
 * threads on unequal cores, layers split between devices (times add up, speeds do not).
 * Source: roofline model (S. Williams, A. Waterman, D. Patterson, CACM 52(4), 2009) with reference tuning.md §1.
 * Where earlier studies or a probe told about this machine (`problem.learnt`), that is believed instead of the general.
 */
export function createPhysics(problem: Problem): Physics {
  const { machine, workload } = problem
  const place = createPlacement(problem)
  const isUnified = machine.gpus.some((gpu) => gpu.unified)
  const fetchesOverBus = machine.gpus.length > 0 && !isUnified
  const prior = thetaPrior(isUnified, problem.learnt)

  /** Bytes per second read while decoding, and bytes × tokens per second of prefill, by thread count. */
  const known = new WeakMap<Parameters, Map<number, CoreRates>>()
  const coreRates = (θ: Parameters, threads: number): CoreRates => {
    const byThreads = known.get(θ) ?? new Map<number, CoreRates>()
    known.set(θ, byThreads)
    const found = byThreads.get(threads)
    if (found) return found
    const cores = effectiveCores(machine.cpu, θ, threads)
    const crowd = Math.max(1, cores.steady / θ.saturatingCores) ** -θ.crowding
    const mixed = cores.isMixed ? θ.mixedDecode : 1
    const reading = smoothMinimum(cores.steady, θ.saturatingCores) * crowd * mixed * θ.coreBandwidth
    const computing = θ.coreCompute * cores.steady ** θ.coreScaling
    const rates = { reading: reading * cores.undisturbed, computing: computing * cores.undisturbed }
    byThreads.set(threads, rates)
    return rates
  }

  const tokenSeconds = (θ: Parameters, c: Placement, gpuBytes: number) => {
    const { reading } = coreRates(θ, c.threads)
    const mapped = c.isMapped ? θ.mappedDecode : 1
    const plainCore = c.hasFlashAttention ? 1 : θ.plainCoreDecode
    const plainGpu = c.hasFlashAttention ? 1 : θ.plainGpuDecode
    const onCpu = (c.allBytes - gpuBytes) / (reading * mapped * plainCore)
    const cache = c.cacheType === 'f16' ? 1 : θ.quantisedDecode
    return (onCpu + gpuBytes / (θ.gpuBandwidth * plainGpu)) / cache + θ.tokenOverhead
  }

  const prefillSeconds = (θ: Parameters, c: Placement, gpuBytes: number) =>
    plainPrefillSeconds(θ, c, gpuBytes) / (c.cacheType === 'f16' ? 1 : θ.quantisedPrefill)

  const plainPrefillSeconds = (θ: Parameters, c: Placement, gpuBytes: number) => {
    const tokens = workload.promptTokens
    const filled = Math.min(c.batch, tokens)
    const cpuBytes = c.allBytes - gpuBytes
    const plainGpu = c.hasFlashAttention ? 1 : θ.plainGpuPrefill
    const gpuRate = (θ.gpuCompute * plainGpu * filled) / (filled + θ.gpuHalfBatch)
    const onGpu = (tokens * gpuBytes) / gpuRate
    const mapped = c.isMapped ? θ.mappedPrefill : 1
    if (fetchesOverBus) {
      const fetches = Math.ceil(tokens / c.batch)
      return onGpu + (fetches * cpuBytes) / (θ.transfer * mapped) + (tokens * cpuBytes) / gpuRate
    }
    const plainCore = c.hasFlashAttention ? 1 : θ.plainCorePrefill
    const coreRate = (coreRates(θ, c.threads).computing * plainCore * filled) / (filled + θ.coreHalfBatch)
    return onGpu + (tokens * cpuBytes) / (coreRate * mapped)
  }

  const without = [
    ...(machine.gpus.length > 0 ? [] : graphicsKeys),
    ...(problem.features.cacheTypeOption ? [] : cacheKeys),
  ]
  const keys = parameterKeys.filter((key) => !without.includes(key))
  return {
    keys,
    priorMean: keys.map((key) => prior[key].mean),
    priorSd: keys.map((key) => prior[key].sd),
    place,
    read(theta) {
      const values = {} as Parameters
      for (const key of parameterKeys) values[key] = 1
      for (const [i, key] of keys.entries()) values[key] = Math.exp(theta[i] ?? 0)
      return values
    },
    turnSeconds(θ, placement, outputTokens) {
      const gpuBytes = placement.gpuBytes(θ.automaticLayers)
      const token = tokenSeconds(θ, placement, gpuBytes)
      return prefillSeconds(θ, placement, gpuBytes) + requestSeconds + (outputTokens + 1) * token
    },
    logSeconds(θ, placement, workedSeconds = 0) {
      const gpuBytes = placement.gpuBytes(θ.automaticLayers)
      const token = tokenSeconds(θ, placement, gpuBytes)
      const hot = θ.heating * -Math.expm1(-workedSeconds / heatingSeconds)
      return {
        ttft: Math.log(prefillSeconds(θ, placement, gpuBytes) + token + requestSeconds) + hot,
        token: Math.log(token) + hot,
      }
    },
  }
}

/** A minimum without a kink: (a^−q + b^−q)^(−1/q). */
function smoothMinimum(a: number, b: number): number {
  return (a ** -bend + b ** -bend) ** (-1 / bend)
}
