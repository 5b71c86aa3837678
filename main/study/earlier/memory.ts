import type { MemoryCalibration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { calibrate } from '../../models/calibration.ts'
import { predictMemory } from '../../models/memory.ts'
import { isSameSetting, type StudySetting } from './setting.ts'

/** What was predicted wrong by more than this share was another kind of load, and teaches nothing. */
const inexplicableShare = 0.15

/**
 * What the first load of the user's own settings taught about this model's memory here; null before it ran. Only a load
 * on the processor alone teaches: daemons differ in whether they count what a driver takes on a card for itself, and
 * what is counted twice costs layers.
 */
export function memoryTaughtBy({ trials, plan, machine, model, daemon, request }: Study): MemoryCalibration | null {
  const outcome = trials.find(({ purpose, outcome }) => purpose === 'baseline' && outcome?.kind === 'ok')?.outcome
  if (outcome?.kind !== 'ok') return null
  const prediction = predictMemory({
    facts: model.facts,
    configuration: plan.baseline,
    contextLength: request.contextLength,
    machine,
    features: daemon.features,
  })
  const { ramMiB, vramMiB } = outcome.load.memory
  if (prediction.vramMiB > 0 || vramMiB > 0) return null
  const isExplicable = Math.abs(prediction.ramMiB - ramMiB) <= inexplicableShare * ramMiB
  return isExplicable ? calibrate(prediction, outcome.load.memory) : null
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
