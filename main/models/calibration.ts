import type { MemoryCalibration, MemoryEstimate } from '../../preload/contract/model.ts'
import type { MemoryPrediction } from './memory.ts'
import type { MemoryPart, MemoryPartName } from './placement.ts'

/** What one load of a model took: as `/api/ps` tells, and where a log tells them, the buffers by purpose. */
export interface MeasuredMemory extends MemoryEstimate {
  keyValueCache?: MemoryEstimate
  compute?: MemoryEstimate
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
  const cacheFactor = cacheFactorOf(cache, measured.keyValueCache)
  const rest = {
    ramMiB: measured.ramMiB - prediction.ramMiB - (cacheFactor - 1) * cache.ramMiB,
    vramMiB: measured.vramMiB - prediction.vramMiB - (cacheFactor - 1) * cache.vramMiB,
  }
  const wasOnGpu = prediction.gpuLayers > 0
  const side = wasOnGpu ? 'vramMiB' : 'ramMiB'
  const difference = measured.compute ? measured.compute[side] - compute[side] : rest[side]
  const scratchMiB = clamp(difference, -scratchShare * compute[side], scratchShare * compute[side])
  return {
    scratchMiBPerToken: scratchMiB / prediction.batch,
    scratchPeak: prediction.scratchPeak,
    cacheFactor,
    fixedRamMiB: rest.ramMiB - (wasOnGpu ? 0 : scratchMiB),
    fixedVramMiB: rest.vramMiB - (wasOnGpu ? scratchMiB : 0),
    wasOnGpu,
  }
}

/** A prediction of the same model on the same computer, corrected by what one load taught. Never negative. */
export function calibrated(prediction: MemoryPrediction, calibration: MemoryCalibration): MemoryPrediction {
  const { scratchMiBPerToken, cacheFactor } = calibration
  const isOnGpu = prediction.gpuLayers > 0
  const isAlike = isOnGpu === calibration.wasOnGpu
  const [fixedRamMiB, fixedVramMiB] = isAlike ? [calibration.fixedRamMiB, calibration.fixedVramMiB] : [0, 0]
  const scratchMiB = prediction.scratchPeak === calibration.scratchPeak ? scratchMiBPerToken * prediction.batch : 0
  const parts = prediction.parts.map((part): MemoryPart => {
    if (part.name === 'keyValueCache') return scaled(part, cacheFactor)
    if (part.name !== 'compute') return part
    if (!isOnGpu) return moved(part, { ramMiB: scratchMiB + fixedRamMiB, vramMiB: 0 })
    // A complete offload is reported without ordinary memory.
    return moved(part, { ramMiB: part.ramMiB > 0 ? fixedRamMiB : 0, vramMiB: scratchMiB + fixedVramMiB })
  })
  return {
    ...prediction,
    parts,
    ramMiB: parts.reduce((sum, part) => sum + part.ramMiB, 0),
    vramMiB: parts.reduce((sum, part) => sum + part.vramMiB, 0),
  }
}

/** How much larger the cache is than predicted; 1 where nothing was read of it. */
function cacheFactorOf(predicted: MemoryEstimate, measured: MemoryEstimate | undefined): number {
  const predictedMiB = predicted.ramMiB + predicted.vramMiB
  if (measured === undefined || predictedMiB === 0) return 1
  return clamp((measured.ramMiB + measured.vramMiB) / predictedMiB, ...cacheFactorRange)
}

function partOf(prediction: MemoryPrediction, name: MemoryPartName): MemoryEstimate {
  return prediction.parts.find((part) => part.name === name) ?? { ramMiB: 0, vramMiB: 0 }
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
