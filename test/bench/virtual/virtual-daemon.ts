import { AttuneError } from '../../../preload/contract/errors.ts'
import type { ErrorCode } from '../../../preload/contract/errors.ts'
import { automatic } from '../../../preload/contract/model.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Daemon, GenerateRequest, Generation, RunnerOptions, Token } from '../../../main/ollama/daemon.ts'
import type { Random } from '../../../main/search/random.ts'
import { meanTtftSeconds } from '../tables.ts'
import type { Table } from '../tables.ts'
import type { Rates, Row } from '../tables/rows.ts'
import { drawLoadEffect, drawRates, driftAt } from './noise.ts'
import type { VirtualTime } from './virtual-time.ts'

/** A load that was asked for, and what the table says becomes of it; `unknown`: the table has no such row. */
export interface VirtualLoad {
  configuration: Configuration
  outcome: Row['outcome'] | 'unknown'
}

export interface VirtualDaemonSetting {
  table: Table
  /** For the noise alone. */
  random: Random
  time: VirtualTime
  /** What else slows a repetition that begins now: the share of speed left, 1 for nothing. */
  speedLeft?: (nowSeconds: number) => number
}

export interface VirtualDaemon extends Daemon {
  readonly loads: readonly VirtualLoad[]
  /** Seconds in which the model was at work. */
  busySeconds(): number
  /** Graphics memory left on each card at present; null where the table does not tell. */
  freeVramMiB(): number[] | null
}

/** Name and digest of the one model there is. */
export const virtualModel = 'table:latest'
/** Words of the usual kind have so many tokens in this vocabulary. */
const tokensPerWord = 1.2
const version = '0.40.0'

interface Loaded {
  row: Row
  effect: number
  contextLength: number | null
}

/**
 * A daemon that answers from a table, in virtual time and with the noise of tables/README.md: loading takes the row's
 * `load_s`, an answer of n tokens TTFT + n / decode, and one that is broken off after n tokens just as much as n take.
 * Longer answers than the table's limit end in an error at the limit. The clock must begin with the study: drift goes
 * by its seconds.
 */
export function createVirtualDaemon({ table, random, time, speedLeft = () => 1 }: VirtualDaemonSetting): VirtualDaemon {
  const { facts, features } = table.problemOf('chat')
  const loads: VirtualLoad[] = []
  let loaded: Loaded | null = null
  let busySeconds = 0

  function answerRates({ row, effect }: Loaded): Rates | null {
    const speed = driftAt(table.drift, time.now()) * speedLeft(time.now())
    return row.rates && drawRates(row.rates, row.withinSd, effect, speed, random)
  }

  async function generate(
    { prompt, options }: GenerateRequest,
    onToken: (token: Token) => void,
    signal?: AbortSignal,
  ): Promise<Generation> {
    signal?.throwIfAborted()
    if (loaded === null) throw failure('daemonError', 'The model is not loaded.')
    const promptTokens = Math.round(wordsIn(prompt) * tokensPerWord)
    const outputTokens = options.num_predict ?? table.workload.outputTokens
    const rates = answerRates(loaded)
    const began = time.now()
    try {
      const stream = { rates, promptTokens, outputTokens, limitSeconds: table.repetitionLimitSeconds }
      return passAnswer(time, stream, onToken, signal)
    } finally {
      busySeconds += time.now() - began
    }
  }

  return {
    kind: features.flashAttentionOption ? 'builtIn' : 'ollama',
    url: 'http://127.0.0.1:11434',
    loads,
    busySeconds: () => busySeconds,
    freeVramMiB: () => loaded?.row.freeVramMiB ?? null,
    version: () => Promise.resolve({ version, features }),
    listModels: () =>
      Promise.resolve([
        {
          name: virtualModel,
          digest: virtualModel,
          sizeBytes: facts.totalBytes,
          parameterSize: '',
          quantization: facts.quantization,
          family: facts.architecture,
          contextLength: facts.trainedContextLength,
        },
      ]),
    showModel: () => Promise.resolve({ facts, parameters: {}, capabilities: ['completion'] }),
    listLoaded() {
      if (loaded === null) return Promise.resolve([])
      const { row, contextLength } = loaded
      const sizeMiB = row.ramMiB + row.vramMiB
      const entry = { name: virtualModel, digest: virtualModel, sizeMiB, vramMiB: row.vramMiB, contextLength }
      return Promise.resolve([{ ...entry, expiresAt: null }])
    },
    async load(_name, options, _keepAliveSeconds, signal) {
      const configuration = configurationOf(options)
      const row = table.row(configuration)
      loads.push({ configuration, outcome: row?.outcome ?? 'unknown' })
      if (!row) throw failure('daemonError', `${table.id} has no row for ${JSON.stringify(configuration)}.`)
      const began = time.now()
      if (!time.passUntil(began + row.loadSeconds, signal)) signal?.throwIfAborted()
      if (row.outcome === 'oom') throw failure('outOfMemory', 'The model needs more memory than there is.')
      loaded = { row, effect: drawLoadEffect(row, random), contextLength: options.num_ctx ?? null }
      return { wallSeconds: time.now() - began }
    },
    unload() {
      loaded = null
      return Promise.resolve()
    },
    generate,
    createModel: () => Promise.reject(failure('daemonRefused', 'A table registers no models.')),
    deleteModel: () => Promise.reject(failure('daemonRefused', 'A table registers no models.')),
  }
}

interface Answer {
  /** Null where none are known: nothing comes until the limit. */
  rates: Rates | null
  promptTokens: number
  outputTokens: number
  limitSeconds: number
}

/** Streams one answer, and lets the time pass that it takes. */
function passAnswer(
  time: VirtualTime,
  { rates, promptTokens, outputTokens, limitSeconds }: Answer,
  onToken: (token: Token) => void,
  signal?: AbortSignal,
): Generation {
  const began = time.now()
  const ttftSeconds = rates ? meanTtftSeconds(promptTokens, rates) : Infinity
  const secondsPerToken = rates ? 1 / rates.decodeTokensPerSecond : Infinity
  const pass = (seconds: number, until?: AbortSignal) => {
    const isOver = time.passUntil(began + Math.min(seconds, limitSeconds), until)
    if (!isOver) signal?.throwIfAborted()
    if (seconds > limitSeconds) throw failure('timeout', `No answer within ${limitSeconds} s.`)
  }
  for (let tokens = 1; tokens <= outputTokens; tokens++) {
    const atSeconds = ttftSeconds + (tokens - 1) * secondsPerToken
    pass(atSeconds, signal)
    onToken({ text: 'word ', atSeconds })
    if (!signal?.aborted) continue
    // Whoever breaks off is heard at the next token (tables/README.md: TTFT + tokens so far / decode).
    pass(ttftSeconds + tokens * secondsPerToken)
    signal.throwIfAborted()
  }
  const wallSeconds = ttftSeconds + outputTokens * secondsPerToken
  pass(wallSeconds, signal)
  const promptEvalSeconds = rates ? promptTokens / rates.prefillTokensPerSecond : Infinity
  const evalSeconds = (outputTokens - 1) * secondsPerToken
  return {
    doneReason: 'length',
    promptTokens,
    outputTokens,
    totalSeconds: promptEvalSeconds + evalSeconds,
    loadSeconds: 0,
    promptEvalSeconds,
    evalSeconds,
    ttftSeconds,
    wallSeconds,
    chunks: outputTokens,
  }
}

function configurationOf(options: RunnerOptions): Configuration {
  return {
    num_gpu: options.num_gpu ?? automatic.num_gpu,
    num_thread: options.num_thread ?? automatic.num_thread,
    num_batch: options.num_batch ?? automatic.num_batch,
    use_mmap: options.use_mmap ?? automatic.use_mmap,
    flash_attention: options.flash_attention ?? automatic.flash_attention,
    kv_cache_type: options.kv_cache_type ?? automatic.kv_cache_type,
    num_parallel: options.num_parallel ?? automatic.num_parallel,
  }
}

function wordsIn(text: string): number {
  return text.split(' ').length
}

function failure(code: ErrorCode, message: string): AttuneError {
  return new AttuneError({ code, message, hint: 'Replay another table.' })
}
