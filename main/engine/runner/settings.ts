import type { ResolvedOptions } from './options.ts'

/**
 * What a loaded model was loaded with, option by option as Ollama compares them (`server/sched.go`, needsReload).
 * Different settings can run alike (`num_thread` 2 where 2 is automatic): they reload all the same, as in Ollama.
 */
export interface RunnerSettings {
  numCtx: number
  numBatch: number
  numGpu: number
  mainGpu: number | null
  useMmap: boolean | null
  /** Null: llama.cpp decides by the device. */
  flashAttention: boolean | null
  numThread: number
  draftNumPredict: number
  /** Whether generation may go on past the context's end by dropping old tokens. */
  shift: boolean
  automaticContext: boolean
  automaticBatch: boolean
  /** `useMmap` was chosen here, not asked for. */
  automaticMmap: boolean
}

const compared = [
  'numCtx',
  'numBatch',
  'numGpu',
  'mainGpu',
  'useMmap',
  'flashAttention',
  'numThread',
  'draftNumPredict',
  'shift',
] as const satisfies readonly (keyof RunnerSettings)[]

/** The settings that a request asks for, before any automatic choice. Fewer than 4 tokens of context become 4. */
export function requestedSettings(resolved: ResolvedOptions, shift: boolean): RunnerSettings {
  const { options } = resolved
  return {
    numCtx: Math.max(4, options.num_ctx),
    numBatch: options.num_batch,
    numGpu: options.num_gpu,
    mainGpu: options.main_gpu,
    useMmap: options.use_mmap,
    flashAttention: options.flash_attention,
    numThread: options.num_thread,
    draftNumPredict: options.draft_num_predict,
    shift,
    automaticContext: resolved.automaticContext,
    automaticBatch: resolved.automaticBatch,
    automaticMmap: false,
  }
}

/** The same with the automatic choices made, for a model trained on `trainedContext` tokens. */
export function chosenSettings(wanted: RunnerSettings, trainedContext: number, hasGpu: boolean): RunnerSettings {
  const numCtx = Math.min(wanted.numCtx, trainedContext)
  const onCpu = !hasGpu || wanted.numGpu === 0
  return {
    ...wanted,
    numCtx,
    numBatch: wanted.automaticBatch ? automaticBatch(numCtx) : wanted.numBatch,
    useMmap: wanted.useMmap ?? !onCpu,
    automaticMmap: wanted.useMmap === null,
  }
}

/**
 * Whether the loaded model cannot serve the request. Ollama's traps are kept: `num_gpu` −1 accepts any layers that
 * are loaded; leaving out `num_batch` after an explicit one compares with 512; leaving out `num_thread` or `main_gpu`
 * after an explicit one reloads.
 */
export function needsReload(loaded: RunnerSettings, wanted: RunnerSettings, trainedContext: number): boolean {
  const next = { ...wanted, numCtx: Math.min(wanted.numCtx, trainedContext) }
  if (loaded.automaticContext && wanted.automaticContext) next.numCtx = loaded.numCtx
  if (loaded.automaticBatch && wanted.automaticBatch) next.numBatch = loaded.numBatch
  if (loaded.automaticMmap && wanted.useMmap === null) next.useMmap = loaded.useMmap
  if (wanted.numGpu < 0) next.numGpu = loaded.numGpu
  return compared.some((name) => loaded[name] !== next[name])
}

/** Tokens per prefill step by context length, as Ollama ≥ 0.30 chooses. */
export function automaticBatch(contextLength: number): number {
  if (contextLength <= 4096) return 512
  return contextLength <= 32_768 ? 1024 : 2048
}

/** Default context length by graphics memory in all, as Ollama ≥ 0.15.5 chooses. */
export function defaultContext(totalVramBytes: number): number {
  const gibibytes = totalVramBytes / 2 ** 30
  if (gibibytes >= 47) return 262_144
  return gibibytes >= 23 ? 32_768 : 4096
}
