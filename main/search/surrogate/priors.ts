/** A normal belief about one parameter, on the scale of its natural logarithm. */
export interface Belief {
  mean: number
  sd: number
}

const around = (value: number, sd: number): Belief => ({ mean: Math.log(value), sd })

/**
 * Parameters θ of the physical mean, as natural logarithms with independent normal priors.
 * Priors span desktop and laptop hardware of a decade; sources in brackets.
 */
const priors = {
  /** Memory bytes per second that one fast core draws while decoding [llama.cpp #39, #34]. */
  coreBandwidth: around(8e9, 0.5),
  /** Fast cores that saturate the memory bus [decode peaks at 6 of 8 cores in #39]. */
  saturatingCores: around(4.5, 0.45),
  /** Decode falls with fast cores beyond saturation to this power, as they get into each other's way [#39: 10 % at 8]. */
  crowding: around(0.18, 0.7),
  /** Speed of an efficiency core relative to a fast one [#34]. */
  slowCore: around(0.6, 0.25),
  /** Speed of each of two threads that share a core, relative to one alone: SMT gains about a quarter. */
  sharedCore: around(0.62, 0.15),
  /** Decode rate once slow or shared cores take part, relative to fast ones alone: all wait for the slowest [#34, #7176]. */
  mixedDecode: around(0.85, 0.2),
  /** Rate once every physical core is taken: whatever else runs now delays one thread, and all wait for it. */
  everyCore: around(0.96, 0.12),
  /** Slowdown per surplus thread once there are more threads than cores; measured 0.5 to 0.03 of full speed. */
  surplusThreads: around(3, 1),
  /** Prefill on one fast core: bytes of weights × tokens per second. */
  coreCompute: around(1.5e10, 0.6),
  /** Prefill grows with cores to this power: the more are busy, the lower they are clocked. */
  coreScaling: around(0.92, 0.1),
  /** Batch at which prefill on the processor reaches half its best rate [27B AVX2, ub 8 to 512: 25 to 76 t/s]. */
  coreHalfBatch: around(8, 0.8),
  /** Bytes per second at which the GPU reads weights while decoding. */
  gpuBandwidth: around(2.2e11, 0.6),
  /** Prefill on the GPU: bytes of weights × tokens per second. */
  gpuCompute: around(4e12, 0.8),
  /** Batch at which prefill on the GPU reaches half its best rate [7B CUDA, -b 128 to 1024: 1437 to 2499 t/s]. */
  gpuHalfBatch: around(100, 0.6),
  /** Bytes per second over PCIe, by which each prefill batch fetches the layers that are not on the GPU [#6083]. */
  transfer: around(8e9, 0.6),
  /** Seconds per token that no weight explains: kernel launches, sampling. */
  tokenOverhead: around(5e-4, 0.8),
  /** Prefill rate of weights in a mapped file relative to weights read into memory [MoE, 365 against 515 to 540]. */
  mappedPrefill: around(0.8, 0.15),
  /** Decode rate of the same. */
  mappedDecode: around(0.98, 0.03),
  /** Prefill rate on the processor without flash attention, relative to with it: either may win. */
  plainCorePrefill: around(1, 0.05),
  /** Decode rate of the same [can be slower on a processor]. */
  plainCoreDecode: around(1, 0.04),
  /** Prefill rate on the GPU without flash attention, relative to with it. */
  plainGpuPrefill: around(0.97, 0.06),
  /** Decode rate of the same [Metal: 2.5 to 6 % slower]. */
  plainGpuDecode: around(0.97, 0.03),
  /** Prefill rate with a quantised cache, relative to half precision [reference: ollama.md §8, q8_0: −32 %]. */
  quantisedPrefill: around(0.85, 0.2),
  /** Decode rate of the same, beyond what the fewer bytes explain. */
  quantisedDecode: around(0.97, 0.08),
  /** Layers that the daemon's own fit puts on the GPU, relative to those predicted. */
  automaticLayers: around(1, 0.1),
  /** Share of speed that is lost once the computer has become hot [llama.cpp #7372]. */
  heating: around(0.01, 1.2),
} as const satisfies Record<string, Belief>

/** Priors in which a GPU that shares the computer's memory differs. */
const unifiedPriors: Partial<Record<ParameterKey, Belief>> = {
  gpuBandwidth: around(9e10, 0.5),
  gpuCompute: around(1e12, 0.6),
}

export type ParameterKey = keyof typeof priors
export const parameterKeys = Object.keys(priors) as ParameterKey[]
/** Those that say nothing where there is no GPU. */
export const graphicsKeys: readonly ParameterKey[] = [
  'gpuBandwidth',
  'gpuCompute',
  'gpuHalfBatch',
  'transfer',
  'plainGpuPrefill',
  'plainGpuDecode',
  'automaticLayers',
]
/** Those that say nothing where the cache keeps its format. */
export const cacheKeys: readonly ParameterKey[] = ['quantisedPrefill', 'quantisedDecode']
/** What is believed about the physical parameters of one machine. */
export type ThetaBelief = Record<ParameterKey, Belief>

/** What is believed of any machine, or, where earlier studies told more (`learnt`), of this one. */
export function thetaPrior(isUnified: boolean, learnt: Partial<ThetaBelief> = {}): ThetaBelief {
  return { ...priors, ...(isUnified ? unifiedPriors : {}), ...learnt }
}
