import type { ZodError } from 'zod'
import type { DaemonKind } from '../../../preload/contract/daemon.ts'
import { AttuneError, type ErrorCode } from '../../../preload/contract/errors.ts'
import { invalidName } from '../tags.ts'

/** The errors that a request to a daemon can end in. */
export type FailureCode = Extract<
  ErrorCode,
  | 'cancelled'
  | 'timeout'
  | 'daemonUnreachable'
  | 'daemonDisconnected'
  | 'daemonBusy'
  | 'daemonRefused'
  | 'daemonUnexpectedAnswer'
  | 'daemonError'
  | 'modelNotFound'
  | 'modelUnsupported'
  | 'nameInvalid'
  | 'outOfMemory'
  | 'diskFull'
  | 'engineCrashed'
>

/** What a failed request was about; enough to say so in a sentence. */
export interface FailureContext {
  kind: DaemonKind
  url: string
  /** "/api/show" */
  route: string
  /** The model that the request names, null where it names none. */
  model: string | null
}

/** Ollama's own list (`llm/status.go`), lower case, and below it what llama.cpp and older versions say. */
const outOfMemoryTexts = [
  'out of memory',
  'out of device memory',
  'cudamalloc failed',
  'hipmalloc failed',
  'failed to allocate',
  'allocation failed',
  'not enough memory',
  'insufficient memory',
  'vk_error_out_of_device_memory',
  'erroroutofmemory',
  'erroroutofdevicememory',
  'unable to allocate',
  'requires more system memory',
]

/** What the systems call a full disk or a full quota. */
const diskFullTexts = ['no space left on device', 'not enough space on the disk', 'disk quota exceeded']

/** What Ollama says when the process that runs the model died, under way or while loading. */
const crashTexts = [
  'process has terminated',
  'runner has terminated',
  'model runner has unexpectedly stopped',
  'error was encountered while running the model',
]

/**
 * What an error text of the daemon means. `status` is 200 for errors inside a stream, as the daemon has no other
 * way once the first byte is sent.
 */
export function codeOfDaemonError(status: number, text: string): FailureCode {
  const lower = text.toLowerCase()
  if (status === 401 || status === 403) return 'daemonRefused'
  if (status === 503) return 'daemonBusy'
  if (status === 404) return /model .*not found/.test(lower) ? 'modelNotFound' : 'daemonUnexpectedAnswer'
  if (diskFullTexts.some((needle) => lower.includes(needle))) return 'diskFull'
  if (outOfMemoryTexts.some((needle) => lower.includes(needle))) return 'outOfMemory'
  if (crashTexts.some((needle) => lower.includes(needle))) return 'engineCrashed'
  if (lower.includes('invalid model name') || /^(name|destination) ".*" is invalid/.test(lower)) return 'nameInvalid'
  // `"x" does not support thinking`, but not `raw mode does not support …`.
  if (/^\S+ does not support /.test(lower) || lower.includes('unknown model architecture')) return 'modelUnsupported'
  return 'daemonError'
}

/** The error for an answer in which the daemon itself says that something is wrong. */
export function daemonSaid(context: FailureContext, status: number, text: string): AttuneError {
  return failure(context, codeOfDaemonError(status, text), text === '' ? `HTTP status ${status}` : shorten(text))
}

/** The answer is not what this route answers: a field is missing or odd, or it is no JSON at all. */
export function notUnderstood(context: FailureContext, error: ZodError | SyntaxError): AttuneError {
  const [issue] = 'issues' in error ? error.issues : []
  const detail = issue ? `${issue.path.join('.')}: ${issue.message}` : 'it is not JSON'
  return failure(context, 'daemonUnexpectedAnswer', detail, error)
}

/** One sentence and one thing to do next for a failed request. `detail` is the daemon's own text or the cause. */
export function failure(context: FailureContext, code: FailureCode, detail: string, cause?: unknown): AttuneError {
  const isOllama = context.kind === 'ollama'
  const sentence = sentences[code]({
    ...context,
    daemon: isOllama ? 'Ollama' : 'The built-in engine',
    theDaemon: isOllama ? 'Ollama' : 'the built-in engine',
    model: context.model ?? 'the model',
    detail,
  })
  return new AttuneError({ code, ...sentence }, cause === undefined ? {} : { cause })
}

interface Subject {
  url: string
  route: string
  model: string
  detail: string
  /** The daemon's name at the beginning of a sentence and within one. */
  daemon: string
  theDaemon: string
}

const sentences: Record<FailureCode, (subject: Subject) => { message: string; hint: string }> = {
  cancelled: () => ({ message: 'The request was cancelled.', hint: 'Start it again when you want to.' }),
  timeout: ({ daemon, theDaemon, route, detail }) => ({
    message: `${daemon} did not answer ${route} in time: ${detail}.`,
    hint: `Restart ${theDaemon}, then try again.`,
  }),
  daemonUnreachable: ({ daemon, theDaemon, url }) => ({
    message: `${daemon} does not answer at ${url}.`,
    hint: `Start ${theDaemon} and try again.`,
  }),
  daemonDisconnected: ({ daemon, theDaemon, route }) => ({
    message: `${daemon} broke off the connection during ${route}.`,
    hint: `Check that ${theDaemon} is still running, then try again.`,
  }),
  daemonBusy: ({ daemon }) => ({
    message: `${daemon} has too many requests waiting.`,
    hint: 'Let other programs finish, then try again.',
  }),
  daemonRefused: ({ daemon, url }) => ({
    message: `${daemon} at ${url} refuses requests from Attune.`,
    hint: 'Use an address that it allows: on this computer that is http://127.0.0.1:11434.',
  }),
  daemonUnexpectedAnswer: ({ daemon, route, detail }) => ({
    message: `${daemon} gave an answer to ${route} that was not understood (${detail}).`,
    hint: 'Check that the address belongs to Ollama, and update Ollama if it is old.',
  }),
  daemonError: ({ daemon, theDaemon, detail }) => ({
    message: `${daemon} reported an error: ${detail}.`,
    hint: `Try again; if it stays, the log of ${theDaemon} says more.`,
  }),
  modelNotFound: ({ daemon, model }) => ({
    message: `${daemon} has no model called ${model}.`,
    hint: 'Choose a model from the list.',
  }),
  modelUnsupported: ({ daemon, model, detail }) => ({
    message: `${daemon} cannot do this with ${model}: ${detail}.`,
    hint: 'Choose another model.',
  }),
  nameInvalid: ({ model }) => invalidName(model),
  outOfMemory: ({ model }) => ({
    message: `There is not enough memory to run ${model} with these settings.`,
    hint: 'Close other programs, or choose a shorter context or a smaller model.',
  }),
  diskFull: ({ theDaemon }) => ({
    message: `The disk on which ${theDaemon} keeps its models is full.`,
    hint: 'Make room on it, then try again.',
  }),
  engineCrashed: ({ model, detail }) => ({
    message: `The process that runs ${model} ended unexpectedly: ${detail}.`,
    hint: 'Try again: it is started anew with the next request.',
  }),
}

/** llama.cpp's last lines may come along, kilobytes of them. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '')
  return line.length > 240 ? `${line.slice(0, 240)}…` : line
}
