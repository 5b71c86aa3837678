import { freemem } from 'node:os'
import type { LlamaContext, LlamaModel } from 'node-llama-cpp'
import { ApiError, loadError } from '../errors.ts'
import { generate, type GenerateRequest, type GenerateResult } from './generate.ts'
import type { LlamaBackend } from './llama.ts'
import type { RunnerSettings } from './settings.ts'
import { createTokenizer, type Tokenizer } from './tokenizer.ts'

/** A model loaded with given settings: weights and context. */
export interface Runner {
  readonly tokenizer: Tokenizer
  /** Bytes of weights, KV cache and compute buffers, as llama.cpp accounts for them. */
  readonly memory: { totalBytes: number; gpuBytes: number }
  /** One at a time. Rejects with the signal's reason when aborted; the cached prefix stays usable. */
  generate(request: GenerateRequest): Promise<GenerateResult>
  dispose(): Promise<void>
}

/**
 * Loads the GGUF file at `path`. Rejects with the signal's reason when aborted, with Ollama's 500 where the model does
 * not fit into memory or llama.cpp refuses it.
 */
export async function loadRunner(
  backend: LlamaBackend,
  path: string,
  settings: RunnerSettings,
  fileBytes: number,
  signal: AbortSignal,
): Promise<Runner> {
  const { llama } = backend
  backend.takeProblems()
  if (llama.gpu === false && settings.useMmap !== true) requireMemory(fileBytes)
  const model = await attempt(backend, signal, () =>
    llama.loadModel({
      modelPath: path,
      gpuLayers: gpuLayers(llama.gpu !== false, settings),
      useMmap: settings.useMmap ?? 'auto',
      ignoreMemorySafetyChecks: true,
      loadSignal: signal,
    }),
  )
  try {
    const context = await attempt(backend, signal, () => createContext(model, settings, llama.cpuMathCores, signal))
    return createRunner(model, context, settings)
  } catch (error) {
    await model.dispose()
    throw error
  }
}

async function createContext(
  model: LlamaModel,
  settings: RunnerSettings,
  cores: number,
  signal: AbortSignal,
): Promise<LlamaContext> {
  const batchSize = Math.min(settings.numBatch > 0 ? settings.numBatch : 512, settings.numCtx)
  const flashAttention = settings.flashAttention ?? 'auto'
  const estimate = await model.fileInsights.estimateContextResourceRequirementsV2({
    contextSize: settings.numCtx,
    modelGpuLayers: model.gpuLayers,
    batchSize,
    flashAttention,
  })
  requireMemory(estimate.cpuRam)
  return model.createContext({
    contextSize: settings.numCtx,
    batchSize,
    threads: settings.numThread > 0 ? settings.numThread : cores,
    flashAttention,
    ignoreMemorySafetyChecks: true,
    failedCreationRemedy: false,
    createSignal: signal,
  })
}

/**
 * Linux grants memory it does not have and kills the process later, so the need is compared with what is there before
 * llama.cpp asks; other systems refuse by themselves. The text is llama.cpp's own.
 */
function requireMemory(bytes: number): void {
  if (process.platform !== 'linux' || bytes <= availableBytes()) return
  const mebibytes = (bytes / 2 ** 20).toFixed(2)
  throw loadError(
    `ggml_aligned_malloc: insufficient memory (attempted to allocate ${mebibytes} MB)\n` +
      `ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size ${Math.round(bytes)}`,
  )
}

/**
 * What the computer has left, and no more than a container's limit leaves. Not `process.availableMemory()`: it counts
 * a container's file cache as used.
 */
function availableBytes(): number {
  const limit = process.constrainedMemory()
  return limit > 0 ? Math.min(freemem(), limit - process.memoryUsage.rss()) : freemem()
}

async function attempt<T>(backend: LlamaBackend, signal: AbortSignal, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ApiError) throw error
    throw loadError(backend.takeProblems() || String(error))
  }
}

function gpuLayers(
  hasGpu: boolean,
  settings: RunnerSettings,
): NonNullable<Parameters<LlamaModel['llama']['loadModel']>[0]['gpuLayers']> {
  if (!hasGpu) return 0
  return settings.numGpu < 0 ? { fitContext: { contextSize: settings.numCtx } } : settings.numGpu
}

function createRunner(model: LlamaModel, context: LlamaContext, settings: RunnerSettings): Runner {
  const sequence = context.getSequence({ contextShift: { size: Math.max(1, Math.floor(settings.numCtx / 2)) } })
  const gpuBytes = model.memoryUsage.vram + context.memoryUsage.vram
  return {
    tokenizer: createTokenizer(model),
    memory: { totalBytes: gpuBytes + model.memoryUsage.ram + context.memoryUsage.ram, gpuBytes },
    generate: (request) => generate(model, sequence, settings, context.batchSize, request),
    async dispose() {
      await context.dispose()
      await model.dispose()
    },
  }
}
