import { ZodError, z, type ZodType } from 'zod'
import { AttuneError } from '../../../preload/contract/errors.ts'
import { answerOfAnother } from './in-between.ts'
import { daemonSaid, failure, notUnderstood, type FailureContext } from './failures.ts'
import { readJsonLines } from './json-lines.ts'

export type Fetch = typeof globalThis.fetch

export interface CallOptions extends FailureContext {
  fetch: Fetch
  /** So long may the daemon be silent, in real seconds. */
  idleSeconds: number
  signal: AbortSignal | undefined
}

/** One request from its first byte to its last. */
export interface Call {
  /** The only fetch that a call may use: it ends with the call and throws `AttuneError` for every error answer. */
  fetch: Fetch
  /** Checks a whole answer; an `error` inside it is thrown. */
  parse<T>(schema: ZodType<T>, answer: unknown): T
  /** Sends a JSON body and yields the checked lines of the streamed answer; an error line is thrown. */
  lines<T>(path: string, body: unknown, schema: ZodType<T>): AsyncGenerator<T, void, undefined>
  /** From now on the daemon may be silent for so long. */
  allowSilence(seconds: number): void
}

const brokenConnectionCodes = ['ECONNRESET', 'EPIPE']
const causeSchema = z.object({ code: z.string() })
const inBandErrorSchema = z.object({ error: z.string() })

/**
 * Runs one request and turns whatever goes wrong with it into an `AttuneError`: aborted signals, silence, refused and
 * broken connections, error answers, answers that do not fit their schema. Errors of the caller's own pass through.
 */
export async function call<T>(options: CallOptions, work: (call: Call) => Promise<T>): Promise<T> {
  const { signal, url } = options
  const silence = watchSilence(options.idleSeconds)
  const anySignal = signal ? AbortSignal.any([signal, silence.signal]) : silence.signal
  let hasAnswered = false

  const guardedFetch: Fetch = async (input, init) => {
    const target = new URL(input instanceof Request ? input.url : input)
    if (target.origin !== new URL(url).origin) throw new Error(`a request for ${url} must not go to ${target.origin}`)
    // An Ollama never redirects; following would lead to an address that nobody configured.
    const response = await options.fetch(target, { ...init, signal: anySignal, redirect: 'manual' })
    hasAnswered = true
    silence.restart()
    const another = answerOfAnother(options, response)
    if (another) {
      await response.body?.cancel()
      throw another
    }
    if (!response.ok) throw daemonSaid(options, response.status, errorText(await response.text()))
    return response
  }

  function parse<T>(schema: ZodType<T>, answer: unknown): T {
    const inBandError = inBandErrorSchema.safeParse(answer)
    if (inBandError.success) throw daemonSaid(options, 200, inBandError.data.error)
    return schema.parse(answer)
  }

  async function* lines<T>(path: string, body: unknown, schema: ZodType<T>): AsyncGenerator<T, void, undefined> {
    const response = await guardedFetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    for await (const line of readJsonLines(response.body ?? new ReadableStream())) {
      silence.restart()
      yield parse(schema, line)
    }
  }

  try {
    return await work({ fetch: guardedFetch, parse, lines, allowSilence: (seconds) => silence.allow(seconds) })
  } catch (error) {
    if (error instanceof AttuneError) throw error
    if (signal?.aborted) throw failure(options, 'cancelled', '', error)
    if (silence.signal.aborted) throw failure(options, 'timeout', `silent for ${silence.seconds()} s`, error)
    if (error instanceof ZodError || error instanceof SyntaxError) throw notUnderstood(options, error)
    if (isNetworkError(error)) throw failure(options, networkCode(error, hasAnswered), '', error)
    throw error
  } finally {
    silence.stop()
  }
}

/** A fetch reports network trouble as a TypeError with the cause attached; a plain TypeError is a bug of ours. */
function isNetworkError(error: unknown): error is TypeError {
  return error instanceof TypeError && error.cause !== undefined
}

function networkCode(error: TypeError, hasAnswered: boolean): 'daemonDisconnected' | 'daemonUnreachable' {
  const cause = causeSchema.safeParse(error.cause)
  const isBroken = hasAnswered || (cause.success && brokenConnectionCodes.includes(cause.data.code))
  return isBroken ? 'daemonDisconnected' : 'daemonUnreachable'
}

/** Errors are `{"error": "…"}`; texts of other programs and empty bodies are passed on as they are. */
function errorText(body: string): string {
  try {
    return inBandErrorSchema.parse(JSON.parse(body)).error
  } catch {
    return body
  }
}

/** Real time on purpose, whatever clock the figures are taken with: it guards against a daemon that is stuck. */
function watchSilence(firstSeconds: number) {
  const controller = new AbortController()
  const startTimer = () => setTimeout(() => controller.abort(), seconds * 1000)
  let seconds = firstSeconds
  let timer = startTimer()
  return {
    signal: controller.signal,
    seconds: () => seconds,
    restart: () => void timer.refresh(),
    allow(newSeconds: number): void {
      clearTimeout(timer)
      seconds = newSeconds
      timer = startTimer()
    },
    stop: () => clearTimeout(timer),
  }
}
