import {
  automatic,
  type Configuration,
  type MemoryCalibration,
  type MemoryEstimate,
} from '../../preload/contract/model.ts'
import type { Study } from '../../preload/contract/study.ts'
import { calibrate } from '../models/calibration.ts'
import { predictMemory, type MemoryPrediction } from '../models/memory.ts'
import { isSameSetting, type StudySetting } from './setting.ts'

/** A load that took less or more graphics memory than any number of layers explains, by this share, teaches nothing. */
const inexplicableShare = 0.15

/** What the first load of the user's own settings taught about this model's memory here; null before it ran. */
export function memoryTaughtBy({ trials, plan, machine, model, daemon, request }: Study): MemoryCalibration | null {
  const outcome = trials.find(({ purpose, outcome }) => purpose === 'baseline' && outcome?.kind === 'ok')?.outcome
  if (outcome?.kind !== 'ok') return null
  const { contextLength } = request
  const predict = (configuration: Configuration) =>
    predictMemory({ facts: model.facts, configuration, contextLength, machine, features: daemon.features })
  const layers = model.facts.blockCount + 1
  return taughtBy(predict, plan.baseline, layers, outcome.load.memory)
}

/**
 * The newest that studies of the same model on the same computer taught; null where there is none.
 *
 * @param earlier newest first
 */
export function memoryTaughtBefore(earlier: readonly Study[], setting: StudySetting): MemoryCalibration | null {
  const taught = earlier.filter((study) => isSameSetting(study, setting)).map(memoryTaughtBy)
  return taught.find((calibration) => calibration !== null) ?? null
}

/**
 * Where the daemon chose the layers, how many it chose shows in the memory that it reports: the prediction to compare
 * with is that of the number which explains it best.
 */
function taughtBy(
  predict: (configuration: Configuration) => MemoryPrediction,
  baseline: Configuration,
  mostLayers: number,
  measured: MemoryEstimate,
): MemoryCalibration | null {
  const isChosen = baseline.num_gpu !== automatic.num_gpu || predict(baseline).vramMiB + measured.vramMiB === 0
  const counts = isChosen ? [baseline.num_gpu] : Array.from({ length: mostLayers + 1 }, (_, num_gpu) => num_gpu)
  const predictions = counts.map((num_gpu) => predict({ ...baseline, num_gpu }))
  const distance = ({ ramMiB, vramMiB }: MemoryPrediction) =>
    Math.abs(ramMiB - measured.ramMiB) + Math.abs(vramMiB - measured.vramMiB)
  const nearest = predictions.reduce((a, b) => (distance(b) < distance(a) ? b : a))
  const total = measured.ramMiB + measured.vramMiB
  const difference = Math.abs(nearest.ramMiB + nearest.vramMiB - total)
  return difference <= inexplicableShare * total ? calibrate(nearest, measured) : null
}
