import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDaemonClient } from '../../../main/ollama/client.ts'
import type { Daemon } from '../../../main/ollama/daemon.ts'
import { parseParametersText } from '../../../main/ollama/parameters.ts'
import type { ErrorCode } from '../../../preload/contract/errors.ts'
import {
  closedUrl,
  lastAnswer,
  readRecordings,
  startReplayServer,
  type Recording,
  type ReplayServer,
} from './replay-server.ts'

const versions = ['0.32.15', '0.20.7']
const recordings = versions.flatMap(readRecordings)

/** Exchanges that no client of ours has. */
const neverAsked: Record<string, RegExp> = {
  'other routes': /\/(root|blob-.*|copy-.*|err-method|err-path|err-embed-cap)$/,
  'answers of the chat route': /\/chat-(load|nostream|stream)$/,
  'creating from files': /\/create-(files.*|nostream)$/,
  'requests that no caller can form': /\/(create-no-model|err-empty-body)$/,
}

/** What fails, and as what; every other recording is a success. */
const failures: Partial<Record<ErrorCode, string[]>> = {
  daemonUnreachable: ['daemon-down'],
  daemonRefused: ['err-403-foreign-host', 'err-403-foreign-origin'],
  daemonBusy: ['err-503-busy'],
  timeout: ['opt-thread-8'],
  daemonDisconnected: ['stream-daemon-sigkill', 'stream-daemon-sigterm'],
  modelNotFound: names(`delete-404 err-404 err-404-chat err-404-generate err-404-show err-no-model
    generate-deleted-404 show-404`),
  nameInvalid: ['err-bad-name', 'create-bad-name', 'delete-bad-name'],
  modelUnsupported: ['err-suffix', 'err-think', 'err-thinking', 'err-tools'],
  outOfMemory: ['generate-ctx-too-large-500', 'generate-stream-ctx-too-large', 'load-ctx-too-large-500'],
  engineCrashed: names(`chat-stream-runner-killed generate-kv-quant-without-fa generate-kv-type-bogus
    generate-runner-killed-in-load nostream-child-killed nostream-runner-killed nostream-runner-killed-in-prefill
    stream-child-killed stream-runner-killed stream-runner-killed-in-prefill 0.32.15/opt-batch-1 0.20.7/opt-batch-0`),
  daemonError: names(`create-empty create-from-missing create-no-from err-keepalive err-malformed err-opt-bool
    err-opt-string err-options-notobj gen-bad2 gen-string-param generate-over-ctx-truncate-false
    generate-raw-with-system-400 generate-string-parameter-500 generate-string-parameter-overridden
    load-string-parameter nostream-repeat-limit-done-false opt-ctx-bool opt-ctx-string opt-maingpu-string opt-mmap-int
    opt-mmap-string opt-predict-neg2 opt-stop-int opt-stop-string opt-temp-string`),
}

function names(text: string): string[] {
  return text.split(/\s+/)
}

function expectedFailure({ name }: Recording): ErrorCode | null {
  const short = name.split('/')[1] ?? ''
  const found = Object.entries(failures).find(([, names]) => names.includes(short) || names.includes(name))
  return (found?.[0] as ErrorCode | undefined) ?? null
}

const isAsked = ({ name }: Recording) => !Object.values(neverAsked).some((pattern) => pattern.test(name))

describe('every recorded exchange with a real Ollama', () => {
  let server: ReplayServer
  let nobody: string
  beforeAll(async () => {
    server = await startReplayServer()
    nobody = await closedUrl()
  })
  afterAll(() => server.close())

  function clientOf(recording: Recording): Daemon {
    const isRefused = recording.response.cut?.error.includes('refused') ?? false
    return createDaemonClient({
      kind: 'ollama',
      url: isRefused ? nobody : server.url,
      patience: { firstTokenSeconds: recording.response.status === null ? 0.2 : 20 },
    })
  }

  const successes = recordings.filter((recording) => isAsked(recording) && expectedFailure(recording) === null)
  const failing = recordings.filter((recording) => isAsked(recording) && expectedFailure(recording) !== null)

  it('has an expectation that names existing recordings only', () => {
    const known = new Set(recordings.flatMap(({ name }) => [name, name.split('/')[1]]))
    expect(
      Object.values(failures)
        .flat()
        .filter((name) => !known.has(name)),
    ).toEqual([])
    expect(successes.length + failing.length).toBeGreaterThan(180)
  })

  it.each(failing)('$name fails with the right code', async (recording) => {
    server.replay(recording, sideAnswers(recording))
    await expect(ask(clientOf(recording), recording)).rejects.toMatchObject({ code: expectedFailure(recording) })
  })

  it.each(successes)('$name is understood', async (recording) => {
    server.replay(recording, sideAnswers(recording))
    const result = await ask(clientOf(recording), recording)
    expect(server.requests).toContain(`${recording.request.method} ${recording.request.path}`)
    expectMatch(result, recording)
  })
})

interface Body {
  model?: string
  prompt?: string
  from?: string
  keep_alive?: unknown
}

function bodyOf({ request }: Recording): Body {
  return typeof request.body === 'object' && request.body !== null ? request.body : {}
}

/** What the client asks besides the recorded request. */
function sideAnswers(recording: Recording): Record<string, unknown> {
  const { from } = bodyOf(recording)
  if (recording.request.path === '/api/create') {
    const entry = { name: from ?? 'base', digest: '', size: 1, details: {} }
    return { 'GET /api/tags': { models: [entry] } }
  }
  return isUnload(recording) ? { 'GET /api/ps': { models: [] } } : {}
}

function isUnload(recording: Recording): boolean {
  const body = bodyOf(recording)
  return recording.request.path === '/api/generate' && body.keep_alive === 0 && !body.prompt
}

/** Sends through the client what the recorder sent by hand. */
async function ask(client: Daemon, recording: Recording): Promise<unknown> {
  const { model = '', prompt = 'x', from = 'base' } = bodyOf(recording)
  const { method, path } = recording.request
  const isLoad = /\/(load|load-.*|err-403-foreign-origin)$/.test(recording.name) || /"load"/.test(lastText(recording))
  switch (`${method} ${path}`) {
    case 'GET /api/version':
      return client.version()
    case 'GET /api/tags':
      return client.listModels()
    case 'GET /api/ps':
      return client.listLoaded()
    case 'POST /api/show':
      return client.showModel(model)
    case 'DELETE /api/delete':
      return client.deleteModel(model)
    case 'POST /api/create':
      return client.createModel({ name: recording.name.endsWith('bad-name') ? model : 'new', from, parameters: {} })
    case 'POST /api/generate':
    case 'POST /api/chat':
      if (isUnload(recording)) return client.unload(model)
      if (isLoad) return client.load(model, {}, 60)
      return client.generate({ model, prompt, options: {}, keepAliveSeconds: 60 }, () => {})
    default:
      throw new Error(`nothing asks ${method} ${path}`)
  }
}

function lastText({ response }: Recording): string {
  return response.lines?.at(-1)?.line ?? response.body ?? ''
}

/** Compares what the client made of it with what the daemon wrote. */
function expectMatch(result: unknown, recording: Recording): void {
  const { path } = recording.request
  if (path === '/api/delete' || path === '/api/create' || isUnload(recording)) {
    expect(result).toBeUndefined()
    return
  }
  const answer = lastAnswer(recording)
  switch (path) {
    case '/api/version':
      expect(result).toMatchObject({ version: answer['version'] })
      break
    case '/api/tags':
    case '/api/ps': {
      const listed = (answer['models'] as { name: string }[]).map(({ name }) => name)
      expect((result as { name: string }[]).map(({ name }) => name)).toEqual(listed)
      break
    }
    case '/api/show': {
      const info = answer['model_info'] as Record<string, unknown>
      expect(result).toMatchObject({
        facts: { architecture: 'llama', blockCount: info['llama.block_count'] },
        parameters: parseParametersText((answer['parameters'] as string | undefined) ?? ''),
        capabilities: answer['capabilities'],
      })
      break
    }
    default:
      if (answer['done_reason'] === 'load') {
        expect(result).toEqual({ wallSeconds: expect.any(Number) as number })
      } else {
        expect(result).toMatchObject({
          doneReason: answer['done_reason'],
          promptTokens: answer['prompt_eval_count'],
          outputTokens: answer['eval_count'],
          totalSeconds: expect.closeTo(Number(answer['total_duration']) / 1e9, 9) as number,
          promptEvalSeconds: expect.closeTo(Number(answer['prompt_eval_duration']) / 1e9, 9) as number,
          evalSeconds: expect.closeTo(Number(answer['eval_duration'] ?? 0) / 1e9, 9) as number,
          ttftSeconds: expect.any(Number) as number,
        })
      }
  }
}
