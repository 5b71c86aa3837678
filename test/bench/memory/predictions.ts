import { readGgufFile } from '../../../main/engine/library/gguf-file.ts'
import { calibrate, calibrated } from '../../../main/models/calibration.ts'
import { factsFromMetadata } from '../../../main/models/facts.ts'
import { predictMemory, type MemoryPrediction } from '../../../main/models/memory.ts'
import type { MemoryPartName } from '../../../main/models/placement.ts'
import { newestFeatures } from '../../../main/ollama/features.ts'
import type { MachineProfile } from '../../../preload/contract/machine.ts'
import { automatic, type ModelFacts } from '../../../preload/contract/model.ts'
import type { Buffers, Cell, Load } from './loads.ts'

/** The facts that `/api/show` would give of a file. */
export async function factsOfFile(path: string): Promise<ModelFacts> {
  const { metadata, tensors, summary } = await readGgufFile(path)
  const details = { quantization_level: summary.quantization }
  return factsFromMetadata({ modelInfo: Object.fromEntries(metadata), tensors, details })
}

/** A computer without GPU. */
export const processorAlone: MachineProfile = {
  os: { platform: 'linux', name: 'Linux', release: '' },
  cpu: {
    name: '',
    architecture: 'x64',
    sockets: 1,
    physicalCores: 1,
    performanceCores: 1,
    efficiencyCores: 0,
    logicalCores: 1,
    allowedCores: 1,
  },
  memory: { totalMiB: 1024 ** 2, availableMiB: 1024 ** 2, limitMiB: null },
  gpus: [],
  otherGraphics: [],
  power: { source: 'mains', batteryPercent: null },
}

export function predictCell(facts: ModelFacts, { contextLength, batch, hasFlashAttention, cacheType }: Cell) {
  return predictMemory({
    facts,
    configuration: { ...automatic, num_batch: batch, flash_attention: hasFlashAttention, kv_cache_type: cacheType },
    contextLength,
    machine: processorAlone,
    features: newestFeatures,
  })
}

export function buffersOf({ parts }: MemoryPrediction): Buffers {
  const sum = (...names: MemoryPartName[]) =>
    parts.filter(({ name }) => names.includes(name)).reduce((total, { ramMiB }) => total + ramMiB, 0)
  return {
    weightsMiB: sum('layers', 'tokenEmbedding', 'outputLayer'),
    cacheMiB: sum('keyValueCache', 'recurrentState'),
    computeMiB: sum('compute'),
  }
}

export function totalOf({ weightsMiB, cacheMiB, computeMiB }: Buffers): number {
  return weightsMiB + cacheMiB + computeMiB
}

/** The load from which a study starts: its own context, the automatic batch, flash attention, half precision. */
const baselineBatch = 512

/** Relative errors of the total after what the baseline of the same context took has become known; without baselines. */
export function calibratedErrors(facts: ModelFacts, loads: readonly Load[]): number[] {
  const isBaseline = (load: Load) => load.batch === baselineBatch && load.hasFlashAttention && load.cacheType === 'f16'
  return loads.filter(isBaseline).flatMap((baseline) => {
    const calibration = calibrate(predictCell(facts, baseline), { ramMiB: totalOf(baseline), vramMiB: 0 })
    return loads
      .filter((load) => load.contextLength === baseline.contextLength && !isBaseline(load))
      .map((load) => calibrated(predictCell(facts, load), calibration).ramMiB / totalOf(load) - 1)
  })
}
