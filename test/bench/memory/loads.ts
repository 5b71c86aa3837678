import { setTimeout } from 'node:timers/promises'
import { LlamaLogLevel, type LlamaModel } from 'node-llama-cpp'
import type { LlamaBackend } from '../../../main/engine/runner/llama.ts'
import type { CacheType } from '../../../preload/contract/model.ts'

/** One way to open a context. */
export interface Cell {
  contextLength: number
  batch: number
  hasFlashAttention: boolean
  cacheType: CacheType
}

/** What llama.cpp allocated, MiB. The cache counts the state of state-space layers, compute the logits handed out. */
export interface Buffers {
  weightsMiB: number
  cacheMiB: number
  computeMiB: number
}

export interface Load extends Cell, Buffers {}

const contextLengths = [512, 4096, 16_384]
const batches = [64, 512, 2048]
const quantisedCaches: CacheType[] = ['q8_0', 'q4_0']

/** The grid; quantised caches need flash attention and do not touch the batch. */
export const grid: Cell[] = contextLengths.flatMap((contextLength) =>
  batches
    .filter((batch) => batch <= contextLength)
    .flatMap((batch) => [
      { contextLength, batch, hasFlashAttention: true, cacheType: 'f16' as const },
      { contextLength, batch, hasFlashAttention: false, cacheType: 'f16' as const },
      ...(batch === 512
        ? quantisedCaches.map((cacheType) => ({ contextLength, batch, hasFlashAttention: true, cacheType }))
        : []),
    ]),
)

/** The log comes from other threads, a moment later. */
const logMilliseconds = 20
const line = /^\S+?:\s+\S+ (model|KV|RS|compute|output)? ?buffer size\s*=\s*([\d.]+) MiB/gm

/**
 * Loads a file as the built-in engine does on a computer without GPU (the whole file is read), opens a context for each
 * cell, and reads the buffers' sizes off llama.cpp's log. The binding asks for one token more a batch than it is told,
 * which costs windowed layers up to 256 cells more than in Ollama; the prediction does not allow for it. Cells that llama.cpp refuses are left out: heads of some
 * models do not divide into blocks of a quantised cache.
 */
export async function measureLoads({ llama }: LlamaBackend, path: string): Promise<Load[]> {
  const lines: string[] = []
  llama.logLevel = LlamaLogLevel.info
  llama.logger = (_level, message) => lines.push(message)
  const takeSizes = async () => {
    await setTimeout(logMilliseconds)
    return sizesOf(lines.splice(0).join('\n'))
  }
  const model = await llama.loadModel({ modelPath: path, gpuLayers: 0, useMmap: false, ignoreMemorySafetyChecks: true })
  try {
    const weightsMiB = (await takeSizes()).model
    const loads: Load[] = []
    for (const cell of grid) {
      const opened = await openContext(model, cell)
      const sizes = await takeSizes()
      if (!opened) continue
      loads.push({ ...cell, weightsMiB, cacheMiB: sizes.KV + sizes.RS, computeMiB: sizes.compute + sizes.output })
    }
    return loads
  } finally {
    await model.dispose()
  }
}

async function openContext(model: LlamaModel, cell: Cell): Promise<boolean> {
  const cacheType = cell.cacheType === 'f16' ? 'F16' : cell.cacheType === 'q8_0' ? 'Q8_0' : 'Q4_0'
  try {
    const context = await model.createContext({
      contextSize: cell.contextLength,
      batchSize: cell.batch,
      threads: 1,
      flashAttention: cell.hasFlashAttention,
      experimentalKvCacheKeyType: cacheType,
      experimentalKvCacheValueType: cacheType,
      ignoreMemorySafetyChecks: true,
      failedCreationRemedy: false,
    })
    await context.dispose()
    return true
  } catch (error) {
    if (cell.cacheType === 'f16') throw error
    return false
  }
}

function sizesOf(log: string): Record<'model' | 'KV' | 'RS' | 'compute' | 'output', number> {
  const sizes = { model: 0, KV: 0, RS: 0, compute: 0, output: 0 }
  for (const [, purpose, size] of log.matchAll(line)) {
    if (purpose !== undefined && purpose in sizes) sizes[purpose as keyof typeof sizes] += Number(size)
  }
  return sizes
}
