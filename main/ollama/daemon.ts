import type { DaemonFeatures, DaemonKind } from '../../preload/contract/daemon.ts'
import type { CacheType, ModelFacts, ParameterValue } from '../../preload/contract/model.ts'

/** Model options as Ollama's API takes them; a key that is absent is not sent. */
export interface RunnerOptions {
  num_ctx?: number
  num_gpu?: number
  num_thread?: number
  num_batch?: number
  use_mmap?: boolean
  /** Understood by some daemons alone (`DaemonFeatures.flashAttentionOption`, `cacheTypeOption`). */
  flash_attention?: boolean
  kv_cache_type?: CacheType
  num_parallel?: number
}

/** A model tag as `/api/tags` lists it, cloud and embedding-only models already left out. */
export interface ListedModel {
  name: string
  digest: string
  sizeBytes: number
  parameterSize: string
  quantization: string
  family: string
  contextLength: number | null
}

/** What `/api/show` tells of one tag. */
export interface ShownModel {
  facts: ModelFacts
  /** PARAMETER lines of the tag; repeatable ones as lists. */
  parameters: Record<string, ParameterValue>
  capabilities: string[]
}

/** One entry of `/api/ps`. */
export interface LoadedModel {
  name: string
  digest: string
  sizeMiB: number
  vramMiB: number
  /** Null where this version does not tell. */
  contextLength: number | null
  expiresAt: Date | null
}

export interface GenerateRequest {
  model: string
  prompt: string
  /** Runner options and sampling options alike. */
  options: RunnerOptions & { num_predict?: number; temperature?: number; seed?: number }
  keepAliveSeconds: number
}

/** A piece of text as it arrived. */
export interface Token {
  text: string
  /** Seconds on the client's monotonic clock since the request was sent. */
  atSeconds: number
}

/** The figures of the final chunk, in seconds, and what the client's own clock saw. */
export interface Generation {
  doneReason: string
  promptTokens: number
  outputTokens: number
  /** The daemon's own durations. */
  totalSeconds: number
  loadSeconds: number
  promptEvalSeconds: number
  evalSeconds: number
  /** Client clock: request sent to first non-empty text. Null if no text came. */
  ttftSeconds: number | null
  /** Client clock: request sent to end of stream. */
  wallSeconds: number
  /** Number of non-empty text chunks. */
  chunks: number
}

/** What of the rest of the program needs of a daemon, be it Ollama or the built-in engine. All reject with `AttuneError`. */
export interface Daemon {
  readonly kind: DaemonKind
  readonly url: string
  version(signal?: AbortSignal): Promise<{ version: string; features: DaemonFeatures }>
  listModels(signal?: AbortSignal): Promise<ListedModel[]>
  showModel(name: string, signal?: AbortSignal): Promise<ShownModel>
  listLoaded(signal?: AbortSignal): Promise<LoadedModel[]>
  /** Loads without generating; resolves with the client's own seconds, as load-only answers carry no durations. */
  load(
    name: string,
    options: RunnerOptions,
    keepAliveSeconds: number,
    signal?: AbortSignal,
  ): Promise<{ wallSeconds: number }>
  /** Resolves once `/api/ps` no longer lists the model. */
  unload(name: string, signal?: AbortSignal): Promise<void>
  /** Streams; `onToken` is called for each non-empty piece. Aborting the signal ends the generation at once. */
  generate(request: GenerateRequest, onToken: (token: Token) => void, signal?: AbortSignal): Promise<Generation>
  /** Creates a tag `from` another with these PARAMETERs. Rejects with `nameTaken` if the tag exists: the daemon itself would overwrite it. */
  createModel(
    request: { name: string; from: string; parameters: Record<string, ParameterValue> },
    signal?: AbortSignal,
  ): Promise<void>
  deleteModel(name: string, signal?: AbortSignal): Promise<void>
}
