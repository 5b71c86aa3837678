import type { Configuration, MemoryEstimate, ModelFacts } from '../../../preload/contract/model.ts'
import { predictMemory } from '../../../main/models/memory.ts'
import type { Problem } from '../../../main/search/types.ts'
import type { Chance } from './chance.ts'
import type { Computer } from './computers.ts'

export interface SimulatedMemory extends MemoryEstimate {
  layersOnGpu: number
  /** What the card's driver tells is left beside it; null where nothing lies on a card. */
  freeVramMiB: number | null
  fits: boolean
}

/**
 * Memory as predicted, which measured loads have shown to be right within a few percent, made wrong by about as much;
 * what the card's driver takes beside it is this computer's own. Layers that the engine chooses are those it is
 * predicted to choose, or a few fewer.
 */
export function createMemory(
  computer: Computer,
  {
    facts,
    machine,
    features,
    contextLength,
  }: Pick<Problem, 'machine' | 'features' | 'contextLength'> & { facts: ModelFacts },
  ofComputer: Chance,
  ofModel: Chance,
): (configuration: Configuration) => SimulatedMemory {
  const driverMiB = ofComputer.between('driver', 230, 510)
  const vramFactor = ofModel.factor('vram', 0.01)
  const ramFactor = ofModel.factor('ram', 0.01)
  const fewer = Math.floor(ofModel.between('fewer layers', 0, 2.99))
  const predict = (configuration: Configuration) =>
    predictMemory({ facts, configuration, contextLength, machine, features })
  return (configuration) => {
    const chosen = predict(configuration).gpuLayers
    const layersOnGpu = configuration.num_gpu < 0 ? Math.max(0, chosen - fewer) : chosen
    const { ramMiB, vramMiB } = predict({ ...configuration, num_gpu: layersOnGpu })
    const used = { ramMiB: Math.round(ramMiB * ramFactor), vramMiB: Math.round(vramMiB * vramFactor) }
    const freeVramMiB = used.vramMiB === 0 ? null : Math.floor(freeMiB(computer) - driverMiB - used.vramMiB)
    const fits = used.ramMiB <= machine.memory.availableMiB && (freeVramMiB === null || freeVramMiB >= 0)
    return { ...used, freeVramMiB, layersOnGpu, fits }
  }
}

function freeMiB({ gpu }: Computer): number {
  return gpu?.freeMiB ?? 0
}
