import type { MemoryEstimate } from '../../preload/contract/model.ts'
import type { ScratchPeak } from './compute-buffers.ts'
import type { MemoryPrediction } from './memory.ts'
import type { MemoryPart, MemoryPartName } from './placement.ts'

/** What one load of a model took: as `/api/ps` tells, and where a log tells them, the buffers by purpose. */
export interface MeasuredMemory extends MemoryEstimate {
  keyValueCache?: MemoryEstimate
  compute?: MemoryEstimate
}

/** What one load taught about how a model uses memory on a computer. Plain data, to be kept with them. */
export interface MemoryCalibration {
  /** Scratch memory beyond what was predicted, for each token of a batch. */
  scratchMiBPerToken: number
  /** Loads whose scratch memory is decided at another moment of a step are not corrected in it. */
  scratchPeak: ScratchPeak
  /** Cache by the cache that was predicted. */
  cacheFactor: number
  /** What neither explains, the same for every load in which layers lie on the same sides. */
  fixedRamMiB: number
  fixedVramMiB: number
}

/** A measured cache is never further off than this; more is a misread log. */
const cacheFactorRange = [0.25, 4] as const
/** Scratch memory that differs from the prediction by more than this share of it has another reason. */
const scratchShare = 0.5

/**
 * Compares the prediction for a load with what it took. The weights are known to the byte, the cache nearly so, so the
 * difference is laid to scratch memory, which grows with the batch; what is too much for that is taken as fixed.
 */
export function calibrate(prediction: MemoryPrediction, measured: MeasuredMemory): MemoryCalibration {
  const cache = partOf(prediction, 'keyValueCache')
  const compute = partOf(prediction, 'compute')
  const predictedCache = cache.ramMiB + cache.vramMiB
  const measuredCache = sumOf(measured.keyValueCache)
  const cacheFactor =
    measuredCache === null || predictedCache === 0 ? 1 : clamp(measuredCache / predictedCache, ...cacheFactorRange)
  const restRamMiB = measured.ramMiB - prediction.ramMiB - (cacheFactor - 1) * cache.ramMiB
  const restVramMiB = measured.vramMiB - prediction.vramMiB - (cacheFactor - 1) * cache.vramMiB
  const side = prediction.gpuLayers === 0 ? 'ramMiB' : 'vramMiB'
  const difference = measured.compute
    ? measured.compute[side] - compute[side]
    : prediction.gpuLayers === 0
      ? restRamMiB
      : restVramMiB
  const scratchMiB = clamp(difference, -scratchShare * compute[side], scratchShare * compute[side])
  return {
    scratchMiBPerToken: scratchMiB / prediction.batch,
    scratchPeak: prediction.scratchPeak,
    cacheFactor,
    fixedRamMiB: restRamMiB - (side === 'ramMiB' ? scratchMiB : 0),
    fixedVramMiB: restVramMiB - (side === 'vramMiB' ? scratchMiB : 0),
  }
}

/** A prediction of the same model on the same computer, corrected by what one load taught. Never negative. */
export function calibrated(prediction: MemoryPrediction, calibration: MemoryCalibration): MemoryPrediction {
  const { scratchMiBPerToken, cacheFactor, fixedRamMiB, fixedVramMiB } = calibration
  const isOnCpu = prediction.gpuLayers === 0
  const scratchMiB = prediction.scratchPeak === calibration.scratchPeak ? scratchMiBPerToken * prediction.batch : 0
  const parts = prediction.parts.map((part): MemoryPart => {
    if (part.name === 'keyValueCache') return scaled(part, cacheFactor)
    if (part.name !== 'compute') return part
    return isOnCpu
      ? moved(part, { ramMiB: scratchMiB + fixedRamMiB, vramMiB: 0 })
      : moved(part, { ramMiB: part.ramMiB > 0 ? fixedRamMiB : 0, vramMiB: scratchMiB + fixedVramMiB })
  })
  return {
    ...prediction,
    parts,
    ramMiB: parts.reduce((sum, part) => sum + part.ramMiB, 0),
    vramMiB: parts.reduce((sum, part) => sum + part.vramMiB, 0),
  }
}

function partOf(prediction: MemoryPrediction, name: MemoryPartName): MemoryEstimate {
  return prediction.parts.find((part) => part.name === name) ?? { ramMiB: 0, vramMiB: 0 }
}

function sumOf(memory: MemoryEstimate | undefined): number | null {
  return memory === undefined ? null : memory.ramMiB + memory.vramMiB
}

function scaled(part: MemoryPart, factor: number): MemoryPart {
  return { ...part, ramMiB: factor * part.ramMiB, vramMiB: factor * part.vramMiB }
}

function moved(part: MemoryPart, by: MemoryEstimate): MemoryPart {
  return { ...part, ramMiB: Math.max(0, part.ramMiB + by.ramMiB), vramMiB: Math.max(0, part.vramMiB + by.vramMiB) }
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
