import type { MemoryEstimate } from '../../preload/contract/model.ts'
import type { RunnerOptions } from '../../main/ollama/daemon.ts'
import { contextLengthOf, fileBytes, type StoredModel } from './scripted-models.ts'

/** What a model does under given options. */
export interface Performance {
  loadSeconds: number
  prefillTokensPerSecond: number
  decodeTokensPerSecond: number
}

/** Options in effect: the tag's parameters with the request's on top. Keys nobody set are absent. */
export type EffectiveOptions = RunnerOptions & Record<string, unknown>

/** How a computer behaves. Pure, so that a test can compute what it must find. */
export interface ScriptedMachine {
  performance: (options: EffectiveOptions, model: StoredModel) => Performance
  memory: (options: EffectiveOptions, model: StoredModel) => MemoryEstimate
  /** A load that needs more than this fails as out of memory. */
  limits: MemoryEstimate
}

const MiB = 1024 * 1024

/**
 * A computer of four cores without a GPU: speed grows with the threads up to four and falls beyond, small batches
 * slow the prefill. The best is `num_thread` 4, which is what the daemon chooses by itself.
 */
export function processorMachine(cores = 4, decodeTokensPerSecond = 20): ScriptedMachine {
  return {
    performance(options) {
      const threads = positive(options.num_thread) ?? cores
      const share = threads <= cores ? threads / cores : (cores / threads) ** 0.7
      const batch = positive(options.num_batch) ?? 512
      return {
        loadSeconds: 2,
        decodeTokensPerSecond: decodeTokensPerSecond * Math.min(1, share * 1.2) * (options.use_mmap ? 0.98 : 1),
        prefillTokensPerSecond: decodeTokensPerSecond * 5 * share * (batch < 64 ? 0.8 : 1),
      }
    },
    memory: (options, model) => ({ ramMiB: weightsAndCacheMiB(options, model), vramMiB: 0 }),
    limits: { ramMiB: 16_384, vramMiB: 0 },
  }
}

/**
 * A computer with a graphics card: each layer on it saves time, and a load with more layers than fit fails.
 * Left to itself the daemon places `automaticShare` of what would fit.
 */
export function graphicsMachine(vramMiB: number, automaticShare = 1): ScriptedMachine {
  const layersThatFit = (options: EffectiveOptions, model: StoredModel) => {
    const perLayer = weightsAndCacheMiB(options, model) / (model.shape.blockCount + 1)
    return Math.min(model.shape.blockCount + 1, Math.floor((vramMiB - 300) / perLayer))
  }
  const layersOf = (options: EffectiveOptions, model: StoredModel) => {
    const total = model.shape.blockCount + 1
    const asked = options.num_gpu ?? -1
    return asked < 0 ? Math.floor(layersThatFit(options, model) * automaticShare) : Math.min(asked, total)
  }
  return {
    performance(options, model) {
      const total = model.shape.blockCount + 1
      const onGpu = layersOf(options, model) / total
      const threads = positive(options.num_thread) ?? 8
      const cpuRate = 8 * (threads <= 8 ? threads / 8 : 8 / threads)
      const decode = 1 / (onGpu / 90 + (1 - onGpu) / cpuRate)
      return { loadSeconds: 3, decodeTokensPerSecond: decode, prefillTokensPerSecond: decode * 20 }
    },
    memory(options, model) {
      const sizeMiB = weightsAndCacheMiB(options, model)
      const onGpu = layersOf(options, model) / (model.shape.blockCount + 1)
      return { ramMiB: sizeMiB * (1 - onGpu), vramMiB: onGpu === 0 ? 0 : sizeMiB * onGpu + 300 }
    },
    limits: { ramMiB: 32_768, vramMiB },
  }
}

function weightsAndCacheMiB(options: EffectiveOptions, model: StoredModel): number {
  const { shape } = model
  const perToken = 2 * (shape.embeddingLength / shape.headCount) * shape.headCountKv * 2 * shape.blockCount
  const batch = positive(options.num_batch) ?? 512
  return (fileBytes(model) + perToken * contextLengthOf(options, model)) / MiB + 100 + batch * 0.05
}

function positive(value: number | undefined): number | null {
  return value !== undefined && value > 0 ? value : null
}
