import type { LlamaContext, LlamaContextSequence, LlamaModel, SequenceEvaluateOptions, Token } from 'node-llama-cpp'
import { ApiError, loadError } from '../errors.ts'
import type { LlamaBackend } from './llama.ts'
import type { ModelOptions } from './options.ts'
import type { RunnerSettings } from './settings.ts'
import { createTextStream } from './text-stream.ts'

export interface GenerateRequest {
  prompt: readonly number[]
  options: ModelOptions
  signal: AbortSignal
  /** Called for every piece of text as soon as it is ready; must not throw. */
  onText: (text: string) => void
}

/** Counts and nanoseconds, with the meanings of Ollama's final chunk. */
export interface GenerateResult {
  /** Null where more than 30 equal pieces came in a row: Ollama then ends without a final chunk. */
  doneReason: 'stop' | 'length' | null
  /** Prompt tokens, those that were still in the cache included. */
  promptEvalCount: number
  /** From the first uncached token to the first token sampled. */
  promptEvalNanoseconds: number
  evalCount: number
  /** From the first to the last token: evalCount − 1 steps. */
  evalNanoseconds: number
  outputTokens: number[]
}

/** A model loaded with given settings: weights and context. */
export interface Runner {
  readonly model: LlamaModel
  /** Bytes of weights, KV cache and compute buffers, as llama.cpp accounts for them. */
  readonly memory: { totalBytes: number; gpuBytes: number }
  /** One at a time. Rejects with the signal's reason when aborted; the cached prefix stays usable. */
  generate(request: GenerateRequest): Promise<GenerateResult>
  dispose(): Promise<void>
}

/** More equal pieces than this in a row end a stream, as in Ollama. */
const maximumRepeats = 30

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
  const estimate = await model.fileInsights.estimateContextResourceRequirementsV2({
    contextSize: settings.numCtx,
    modelGpuLayers: model.gpuLayers,
    batchSize,
    flashAttention: 'auto',
  })
  requireMemory(estimate.cpuRam)
  return model.createContext({
    contextSize: settings.numCtx,
    batchSize,
    threads: settings.numThread > 0 ? settings.numThread : cores,
    flashAttention: 'auto',
    ignoreMemorySafetyChecks: true,
    failedCreationRemedy: false,
    createSignal: signal,
  })
}

/**
 * Linux grants memory it does not have and kills the process later, so the need is compared with what is available
 * (container limits included) before llama.cpp asks. The text is llama.cpp's own.
 */
function requireMemory(bytes: number): void {
  if (bytes <= process.availableMemory()) return
  const mebibytes = (bytes / 2 ** 20).toFixed(2)
  throw loadError(
    `ggml_aligned_malloc: insufficient memory (attempted to allocate ${mebibytes} MB)\n` +
      `ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size ${Math.round(bytes)}`,
  )
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
    model,
    memory: { totalBytes: gpuBytes + model.memoryUsage.ram + context.memoryUsage.ram, gpuBytes },
    generate: (request) => generate(model, sequence, settings, context.batchSize, request),
    async dispose() {
      await context.dispose()
      await model.dispose()
    },
  }
}

async function generate(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  settings: RunnerSettings,
  batchSize: number,
  { prompt, options, signal, onText }: GenerateRequest,
): Promise<GenerateResult> {
  const tokens = prompt as readonly Token[]
  const started = process.hrtime.bigint()
  let rest = await reuseCache(sequence, tokens)
  // Batch by batch, so that a client that goes away is noticed in mid-prompt.
  while (rest.length > batchSize) {
    await sequence.evaluateWithoutGeneratingNewTokens(rest.slice(0, batchSize))
    signal.throwIfAborted()
    rest = rest.slice(batchSize)
  }

  const stream = createTextStream(
    (pending, before) => model.detokenize(pending as Token[], false, before as Token[]),
    options.stop,
  )
  const limit = outputLimit(options, settings, prompt.length)
  const outputTokens: number[] = []
  let doneReason: GenerateResult['doneReason'] = 'length'
  let first = started
  let last = started
  let repeats = { text: '', count: 0 }
  const recentTokens = () => outputTokens.slice(-Math.max(0, options.repeat_last_n)) as Token[]
  for await (const token of sequence.evaluate(rest, sampling(options, recentTokens))) {
    signal.throwIfAborted()
    last = process.hrtime.bigint()
    if (outputTokens.length === 0) first = last
    outputTokens.push(token)
    if (model.isEogToken(token)) {
      doneReason = 'stop'
      break
    }
    const { text, stopped } = stream.push(token)
    if (text !== '') {
      onText(text)
      repeats = { text: text.trim(), count: text.trim() === repeats.text ? repeats.count + 1 : 0 }
    }
    if (stopped) doneReason = 'stop'
    else if (repeats.count > maximumRepeats) doneReason = null
    if (doneReason !== 'length' || outputTokens.length >= limit) break
  }
  const remainder = doneReason === 'stop' ? '' : stream.flush()
  if (remainder !== '') onText(remainder)
  return {
    doneReason,
    promptEvalCount: prompt.length,
    promptEvalNanoseconds: Number(first - started),
    evalCount: outputTokens.length,
    evalNanoseconds: Number(last - first),
    outputTokens,
  }
}

/** Keeps what the cache and the prompt share and returns the tokens still to be evaluated: one at least. */
async function reuseCache(sequence: LlamaContextSequence, prompt: readonly Token[]): Promise<Token[]> {
  const cached = sequence.contextTokens
  let shared = 0
  while (shared < prompt.length - 1 && cached[shared] === prompt[shared]) shared++
  if (shared < cached.length) await sequence.eraseContextTokenRanges([{ start: shared, end: cached.length }])
  return prompt.slice(sequence.nextTokenIndex)
}

/** `num_predict` ≤ 0 sets no limit, as in Ollama; without context shift the context's end does. */
function outputLimit(options: ModelOptions, settings: RunnerSettings, promptTokens: number): number {
  const asked = options.num_predict > 0 ? options.num_predict : Infinity
  return settings.shift ? asked : Math.min(asked, Math.max(1, settings.numCtx - promptTokens))
}

function sampling(options: ModelOptions, recentTokens: () => Token[]): SequenceEvaluateOptions {
  const greedy = options.temperature <= 0
  const penalised = options.repeat_penalty !== 1 || options.presence_penalty !== 0 || options.frequency_penalty !== 0
  return {
    yieldEogToken: true,
    temperature: options.temperature,
    ...(greedy ? {} : { topK: options.top_k, topP: options.top_p, minP: options.min_p }),
    ...(options.seed >= 0 ? { seed: options.seed } : {}),
    ...(penalised
      ? {
          repeatPenalty: {
            punishTokens: recentTokens,
            penalty: options.repeat_penalty,
            frequencyPenalty: options.frequency_penalty,
            presencePenalty: options.presence_penalty,
          },
        }
      : {}),
  }
}
