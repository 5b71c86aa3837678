import type { Clock } from '../../../main/ollama/clock.ts'
import type { Daemon, GenerateRequest, Generation, LoadedModel, RunnerOptions } from '../../../main/ollama/daemon.ts'
import { newestFeatures } from '../../../main/ollama/features.ts'
import type { TrialRequest } from '../../../main/measure/trial.ts'
import { blindWatch } from '../../../main/measure/processor-watch.ts'
import { automatic } from '../../../preload/contract/model.ts'
import type { Reason } from '../../../preload/contract/estimate.ts'
import { createRandom } from '../../../main/search/random.ts'

/** A clock that only moves when something sleeps or the fake daemon works. */
export interface FakeClock extends Clock {
  pass(seconds: number): void
}

export function createFakeClock(): FakeClock {
  let now = 100
  return {
    now: () => now,
    pass: (seconds) => void (now += seconds),
    sleep(seconds, signal) {
      signal?.throwIfAborted()
      now += seconds
      return Promise.resolve()
    },
  }
}

/** What one answer of the fake daemon is like; every field overrides the well-behaved default. */
export interface Behaviour extends Partial<Generation> {
  /** Default 0.05. */
  secondsPerToken?: number
  tokensPerWord?: number
  error?: Error
  /** The error comes in mid-stream, not before it. */
  errorAfterTokens?: number
  /** Runs at every token. */
  onToken?: (daemon: FakeDaemon) => void
  /** Runs before the answer ends, for what happens in the world meanwhile. */
  meanwhile?: (daemon: FakeDaemon) => void
}

export interface FakeDaemon extends Daemon {
  readonly calls: string[]
  readonly requests: GenerateRequest[]
  readonly loads: RunnerOptions[]
  loaded: LoadedModel[]
  /** Another program has just used this model. */
  addForeign(name: string): void
}

export interface FakeDaemonScript {
  /** Behaviour of the n-th answer, the warm-up being answer 0. */
  answer?: (index: number) => Behaviour
  load?: (daemon: FakeDaemon) => void
  contextLength?: (asked: number) => number | null
}

/** A daemon in memory that keeps the rules of `Daemon` and answers by a script, in the time of a fake clock. */
export function createFakeDaemon(clock: FakeClock, script: FakeDaemonScript = {}): FakeDaemon {
  const calls: string[] = []
  const requests: GenerateRequest[] = []
  const loads: RunnerOptions[] = []
  const expiry = (seconds: number) => new Date(1_700_000_000_000 + (clock.now() + seconds) * 1000)
  const entryFor = (name: string, { num_ctx: asked = 4096 }: RunnerOptions): LoadedModel => {
    const contextLength = script.contextLength?.(asked) ?? asked
    return { name, digest: 'd', sizeMiB: 1000, vramMiB: 250, contextLength, expiresAt: null }
  }
  const unsupported = () => Promise.reject(new Error('not part of a trial'))
  const daemon: FakeDaemon = {
    calls,
    requests,
    loads,
    loaded: [],
    addForeign(name) {
      const entry = { name, digest: 'f', sizeMiB: 10, vramMiB: 0, contextLength: 4096, expiresAt: expiry(300) }
      daemon.loaded = [...daemon.loaded.filter((other) => other.name !== name), entry]
    },
    kind: 'ollama',
    url: 'http://127.0.0.1:11434',
    version: unsupported,
    listModels: unsupported,
    showModel: unsupported,
    createModel: unsupported,
    deleteModel: unsupported,
    listLoaded() {
      calls.push('listLoaded')
      return Promise.resolve(daemon.loaded.map((entry) => ({ ...entry })))
    },
    load(name, options, keepAliveSeconds) {
      calls.push('load')
      loads.push(options)
      clock.pass(2)
      const entry = { ...entryFor(name, options), expiresAt: expiry(keepAliveSeconds) }
      daemon.loaded = [...daemon.loaded.filter((other) => other.name !== name), entry]
      script.load?.(daemon)
      return Promise.resolve({ wallSeconds: 2 })
    },
    unload(name, signal) {
      signal?.throwIfAborted()
      calls.push('unload')
      daemon.loaded = daemon.loaded.filter((entry) => entry.name !== name)
      return Promise.resolve()
    },
    async generate(request, onToken, signal) {
      calls.push('generate')
      const behaviour = script.answer?.(requests.length) ?? {}
      requests.push(request)
      const { secondsPerToken = 0.05, tokensPerWord = 1.1, meanwhile, error, errorAfterTokens = 0, ...rest } = behaviour
      const { onToken: atToken, ...overrides } = rest
      const promptTokens = Math.round(request.prompt.split(' ').length * tokensPerWord)
      const outputTokens = overrides.outputTokens ?? request.options.num_predict ?? 10
      const promptEvalSeconds = promptTokens / 500
      for (let token = 0; token < outputTokens; token++) {
        // Lets an abort that another part of the program scheduled take effect between tokens.
        await Promise.resolve()
        if (error && token === errorAfterTokens) throw error
        atToken?.(daemon)
        signal?.throwIfAborted()
        onToken({ text: 'word ', atSeconds: promptEvalSeconds + token * secondsPerToken })
      }
      const evalSeconds = (outputTokens - 1) * secondsPerToken
      const totalSeconds = 0.005 + promptEvalSeconds + evalSeconds
      clock.pass(totalSeconds)
      // A model that is not there is loaded by the request.
      const entry = daemon.loaded.find(({ name }) => name === request.model) ?? entryFor(request.model, request.options)
      const expiresAt = expiry(request.keepAliveSeconds)
      daemon.loaded = [...daemon.loaded.filter(({ name }) => name !== request.model), { ...entry, expiresAt }]
      meanwhile?.(daemon)
      return {
        doneReason: 'length',
        promptTokens,
        outputTokens,
        totalSeconds,
        loadSeconds: 0.001,
        promptEvalSeconds,
        evalSeconds,
        ttftSeconds: promptEvalSeconds,
        wallSeconds: totalSeconds,
        chunks: outputTokens,
        ...overrides,
      }
    },
  }
  return daemon
}

export interface RecordedTrialRequest extends TrialRequest {
  activities: Reason[]
}

/** A trial of the automatic configuration with 400 tokens in and 100 out; fields override. */
export function trialRequest(
  daemon: Daemon,
  clock: Clock,
  overrides: Partial<TrialRequest> = {},
): RecordedTrialRequest {
  const activities: Reason[] = []
  return {
    daemon,
    clock,
    model: 'llama3.2:3b',
    configuration: automatic,
    baseParameters: {},
    features: newestFeatures,
    contextLength: 4096,
    workload: { promptTokens: 400, outputTokens: 100 },
    repetitions: { minimum: 3, maximum: 10, targetRelativeError: 0.02 },
    abandonAboveTurnSeconds: null,
    limits: { loadSeconds: 300, repetitionSeconds: 300 },
    expectations: null,
    processorWatch: blindWatch,
    conditionsWatch: null,
    graphicsMemoryWatch: null,
    memoryGuard: null,
    random: createRandom(1),
    onActivity: (activity) => activities.push(activity),
    signal: new AbortController().signal,
    activities,
    ...overrides,
  }
}
