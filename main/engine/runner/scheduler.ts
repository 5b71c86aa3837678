import { ApiError } from '../errors.ts'
import { defaultKeepAliveSeconds } from './keep-alive.ts'
import type { Tag } from '../library/tags.ts'
import type { Runner } from './load.ts'
import { chosenSettings, needsReload, type RunnerSettings } from './settings.ts'

/** One line of `/api/ps`. */
export interface LoadedModel {
  tag: Tag
  memory: Runner['memory']
  contextLength: number
  expiresAt: Date
}

export interface Job<T> {
  tag: Tag
  settings: RunnerSettings
  /** Null: what the loaded model has, else the default. */
  keepAliveSeconds: number | null
  signal: AbortSignal
  /** `loadNanoseconds` has Ollama's meaning: waiting behind others counts only if a load was needed. */
  work(runner: Runner, loadNanoseconds: number, settings: RunnerSettings): Promise<T>
}

/**
 * One request at a time in the order of arrival, one loaded model at a time: another model evicts it, as Ollama does
 * when memory is short.
 */
export interface Scheduler {
  /** Rejects with 503 when too many requests wait, with the signal's reason when aborted, or as load and work do. */
  run<T>(job: Job<T>): Promise<T>
  /** Unloads the file's model as soon as nobody uses it; `/api/ps` drops it at once if nobody does. */
  expire(path: string): void
  list(): LoadedModel[]
}

export interface SchedulerParts {
  load(tag: Tag, settings: RunnerSettings, signal: AbortSignal): Promise<Runner>
  hasGpu: boolean
  now: () => Date
  /** Requests that may wait, the running one not counted. Ollama's default is 512. */
  maximumWaiting: number
}

interface Loaded {
  tag: Tag
  runner: Runner
  settings: RunnerSettings
  keepAliveSeconds: number
  expiresAt: Date
  timer: NodeJS.Timeout | undefined
}

/** JavaScript timers overflow beyond this. */
const longestTimerMilliseconds = 2 ** 31 - 1
/** Ollama's "for ever": the longest Go duration. */
const foreverSeconds = 2 ** 63 / 1e9

export function createScheduler(parts: SchedulerParts): Scheduler {
  let loaded: Loaded | null = null
  let users = 0
  let turn: Promise<unknown> = Promise.resolve()

  const release = (): Promise<void> => {
    const entry = loaded
    loaded = null
    if (entry === null) return Promise.resolve()
    clearTimeout(entry.timer)
    return entry.runner.dispose()
  }

  /** For releases outside a turn: later turns wait for them. */
  const releaseInTurn = (): void => {
    const released = release()
    turn = Promise.allSettled([turn, released])
  }

  /** What happens when nobody uses the model any more: its time begins to run out. */
  const rest = (): void => {
    if (loaded === null || users > 0) return
    const entry = loaded
    clearTimeout(entry.timer)
    entry.expiresAt = expiry(parts.now(), entry.keepAliveSeconds)
    if (entry.keepAliveSeconds === 0) return releaseInTurn()
    if (entry.keepAliveSeconds === Infinity) return
    entry.timer = setTimeout(releaseInTurn, Math.min(entry.keepAliveSeconds * 1000, longestTimerMilliseconds))
    entry.timer.unref()
  }

  const ensureLoaded = async <T>(job: Job<T>): Promise<{ entry: Loaded; reloaded: boolean }> => {
    if (loaded?.tag.path === job.tag.path && !needsReload(loaded.settings, job.settings, job.tag.gguf.contextLength)) {
      clearTimeout(loaded.timer)
      loaded.keepAliveSeconds = job.keepAliveSeconds ?? loaded.keepAliveSeconds
      return { entry: loaded, reloaded: false }
    }
    await release()
    const settings = chosenSettings(job.settings, job.tag.gguf.contextLength, parts.hasGpu)
    const runner = await parts.load(job.tag, settings, job.signal)
    const keepAliveSeconds = job.keepAliveSeconds ?? defaultKeepAliveSeconds
    const entry = {
      tag: job.tag,
      runner,
      settings,
      keepAliveSeconds,
      expiresAt: expiry(parts.now(), keepAliveSeconds),
      timer: undefined,
    }
    loaded = entry
    return { entry, reloaded: true }
  }

  const take = async <T>(job: Job<T>, arrived: bigint): Promise<T> => {
    job.signal.throwIfAborted()
    const began = process.hrtime.bigint()
    const { entry, reloaded } = await ensureLoaded(job)
    job.signal.throwIfAborted()
    const loadNanoseconds = Number(process.hrtime.bigint() - (reloaded ? arrived : began))
    return job.work(entry.runner, loadNanoseconds, entry.settings)
  }

  return {
    async run(job) {
      if (users > parts.maximumWaiting) {
        throw new ApiError(503, 'server busy, please try again.  maximum pending requests exceeded')
      }
      users++
      const arrived = process.hrtime.bigint()
      const result = turn.then(() => take(job, arrived))
      turn = result.catch(() => undefined)
      try {
        return await result
      } finally {
        users--
        rest()
      }
    },
    expire(path) {
      if (loaded?.tag.path !== path) return
      loaded.keepAliveSeconds = 0
      rest()
    },
    list: () =>
      loaded === null
        ? []
        : [
            {
              tag: loaded.tag,
              memory: loaded.runner.memory,
              contextLength: loaded.settings.numCtx,
              expiresAt: loaded.expiresAt,
            },
          ],
  }
}

function expiry(now: Date, keepAliveSeconds: number): Date {
  return new Date(now.getTime() + Math.min(keepAliveSeconds, foreverSeconds) * 1000)
}
