import { describe, expect, it, onTestFinished } from 'vitest'
import { createDaemonClient } from '../../../main/ollama/client.ts'
import type { Daemon, GenerateRequest } from '../../../main/ollama/daemon.ts'
import type { Patience } from '../../../main/ollama/http/link.ts'
import type { ErrorCode } from '../../../preload/contract/errors.ts'
import { startScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import type { Fault, Operation } from '../../daemon/scripted-faults.ts'
import { closedUrl } from './replay-server.ts'

const request: GenerateRequest = {
  model: 'base',
  prompt: 'one two three',
  options: { num_predict: 8 },
  keepAliveSeconds: 600,
}

const operations: Partial<Record<Operation, (client: Daemon, signal?: AbortSignal) => Promise<unknown>>> = {
  version: (client, signal) => client.version(signal),
  tags: (client, signal) => client.listModels(signal),
  ps: (client, signal) => client.listLoaded(signal),
  show: (client, signal) => client.showModel('base', signal),
  load: (client, signal) => client.load('base', { num_ctx: 2048 }, 600, signal),
  unload: (client, signal) => client.unload('base', signal),
  generate: (client, signal) => client.generate(request, () => {}, signal),
  create: (client, signal) => client.createModel({ name: 'new', from: 'base', parameters: {} }, signal),
  delete: (client, signal) => client.deleteModel('base', signal),
}
const everyOperation = Object.keys(operations) as Operation[]

/** `patience` is left at its generous default where the daemon does answer: a busy computer must not fail a test. */
async function setUp(patience: Partial<Patience> = {}) {
  const daemon = await startScriptedDaemon()
  onTestFinished(() => daemon.close())
  const client = createDaemonClient({
    kind: 'ollama',
    url: daemon.url,
    fetch: daemon.fetch,
    clock: daemon.clock,
    patience,
  })
  const run = (operation: Operation, signal?: AbortSignal) => {
    const ask = operations[operation]
    if (!ask) throw new Error(`no client method for ${operation}`)
    return ask(client, signal)
  }
  return { daemon, client, run }
}

const onEveryRoute: [string, Fault, ErrorCode][] = [
  ['is refused', { kind: 'refuse', status: 403, error: '' }, 'daemonRefused'],
  ['finds the queue full', { kind: 'refuse', status: 503, error: 'server busy, please try again.' }, 'daemonBusy'],
  ['meets an error without a word', { kind: 'refuse', status: 500, error: '' }, 'daemonError'],
  ['meets another program at the address', { kind: 'answer', status: 404, body: '<html>' }, 'daemonUnexpectedAnswer'],
  ['is sent elsewhere', { kind: 'answer', status: 302, body: '' }, 'daemonUnexpectedAnswer'],
  ['loses the connection', { kind: 'cut' }, 'daemonDisconnected'],
]

describe.each(onEveryRoute)('a request that %s', (_what, fault, code) => {
  it.each(everyOperation)('says so: %s', async (operation) => {
    const { daemon, run } = await setUp()
    daemon.inject(operation, fault)
    await expect(run(operation)).rejects.toMatchObject({ name: 'AttuneError', code })
    daemon.clearFaults()
    await run(operation)
  })
})

describe('a daemon that keeps silent', () => {
  const impatient = { answerSeconds: 0.1, loadSeconds: 0.1, firstTokenSeconds: 0.1, createSeconds: 0.1 }

  it.each(everyOperation)('is given up after a while: %s', async (operation) => {
    const { daemon, run } = await setUp(impatient)
    daemon.inject(operation, { kind: 'hang' })
    await expect(run(operation)).rejects.toMatchObject({ code: 'timeout' })
  })

  it('is given up in mid-stream as well', async () => {
    const { daemon, run } = await setUp({ nextTokenSeconds: 0.1 })
    daemon.inject('generate', { kind: 'stall', afterTokens: 3 })
    await expect(run('generate')).rejects.toMatchObject({ code: 'timeout' })
  })
})

describe('an answer that makes no sense', () => {
  const answered = everyOperation.filter((operation) => operation !== 'delete')

  it.each(answered)('is refused with the name of the route: %s', async (operation) => {
    const { daemon, run } = await setUp()
    for (const body of ['this is no JSON', '[]', '{"unrelated":1}']) {
      daemon.inject(operation, { kind: 'answer', body })
      await expect(run(operation)).rejects.toMatchObject({
        code: 'daemonUnexpectedAnswer',
        message: expect.stringContaining(`/api/`) as string,
      })
    }
  })

  const without = (name: string) => (answer: Record<string, unknown>) => ({ ...answer, [name]: undefined })
  const odd: [Operation, string, (answer: Record<string, unknown>) => unknown][] = [
    ['generate', 'no total_duration', without('total_duration')],
    ['generate', 'a negative duration', (answer) => ({ ...answer, eval_duration: -1 })],
    ['generate', 'a count that is text', (answer) => ({ ...answer, eval_count: '8' })],
    ['generate', 'done missing', without('done')],
    ['ps', 'no size', () => ({ models: [{ name: 'base:latest', digest: 'x', size_vram: 0 }] })],
    ['tags', 'no name', () => ({ models: [{ digest: 'x', size: 1, details: {} }] })],
    ['show', 'no model_info', without('model_info')],
    ['load', 'a load that is not done', (answer) => ({ ...answer, done: false })],
  ]
  it.each(odd)('%s: %s', async (operation, _what, change) => {
    const { daemon, run } = await setUp()
    daemon.inject(operation, { kind: 'change', change })
    await expect(run(operation)).rejects.toMatchObject({ code: 'daemonUnexpectedAnswer' })
  })

  it('ignores fields that it does not know', async () => {
    const { daemon, run } = await setUp()
    for (const operation of answered) {
      daemon.inject(operation, { kind: 'change', change: (answer) => ({ ...answer, brand_new: { deep: [1] } }) })
      await run(operation)
    }
  })
})

describe('a generation that goes wrong in mid-stream', () => {
  const faults: [string, Fault, ErrorCode][] = [
    ['the connection breaks', { kind: 'cut', afterTokens: 3 }, 'daemonDisconnected'],
    ['the runner dies', { kind: 'crash', afterTokens: 3 }, 'engineCrashed'],
    ['memory runs out', { kind: 'crash', afterTokens: 3, error: 'CUDA error: out of memory' }, 'outOfMemory'],
    ['the model repeats itself', { kind: 'noDone', afterTokens: 3 }, 'daemonError'],
  ]
  it.each(faults)('%s', async (_what, fault, code) => {
    const { daemon, client } = await setUp()
    daemon.inject('generate', fault)
    let heard = 0
    const generation = client.generate(request, () => {
      heard += 1
    })
    await expect(generation).rejects.toMatchObject({ code })
    expect(heard).toBe(3)
    await expect(client.generate(request, () => {})).resolves.toMatchObject({ outputTokens: 8 })
  })

  it('passes an error of the listener on as it is', async () => {
    const { client } = await setUp()
    const bug = new TypeError('a bug')
    const generation = client.generate(request, () => {
      throw bug
    })
    await expect(generation).rejects.toBe(bug)
  })
})

describe('memory', () => {
  it.each(['load', 'generate'] as const)('that is short is told apart from other failures: %s', async (operation) => {
    const { daemon, run } = await setUp()
    daemon.inject(operation, { kind: 'outOfMemory' })
    await expect(run(operation)).rejects.toMatchObject({ code: 'outOfMemory' })
    await run(operation)
  })
})

describe('cancelling', () => {
  it.each(everyOperation)('ends a request that waits for its answer: %s', async (operation) => {
    const { daemon, run } = await setUp()
    daemon.inject(operation, { kind: 'hang' })
    const controller = new AbortController()
    const asked = run(operation, controller.signal)
    await expect.poll(() => daemon.requests.some((request) => request.operation === operation)).toBe(true)
    controller.abort()
    await expect(asked).rejects.toMatchObject({ code: 'cancelled' })
    await expect.poll(() => daemon.requests.at(-1)?.ended).toBe('aborted')
  })

  it('needs no request when the signal is aborted beforehand', async () => {
    const { daemon, run } = await setUp()
    for (const operation of everyOperation) {
      await expect(run(operation, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' })
    }
    expect(daemon.requests).toEqual([])
  })
})

describe('a daemon that is killed', () => {
  it('is unreachable until it is back, and then serves as before', async () => {
    const { daemon, client, run } = await setUp()
    await client.load('base', {}, 600)
    daemon.inject('generate', { kind: 'stall', afterTokens: 2 })
    const generation = run('generate')
    generation.catch(() => {})
    await expect.poll(() => daemon.requests.at(-1)?.tokensSent).toBe(2)
    await daemon.kill()
    await expect(generation).rejects.toMatchObject({ code: 'daemonDisconnected' })
    for (const operation of everyOperation) {
      await expect(run(operation)).rejects.toMatchObject({ code: 'daemonUnreachable' })
    }
    await daemon.revive()
    expect(await client.listLoaded()).toEqual([])
    await expect(run('generate')).resolves.toMatchObject({ outputTokens: 8 })
  })

  it('is told by name', async () => {
    const url = await closedUrl()
    await expect(createDaemonClient({ kind: 'ollama', url }).version()).rejects.toMatchObject({
      code: 'daemonUnreachable',
      message: `Ollama does not answer at ${url}.`,
    })
    await expect(createDaemonClient({ kind: 'builtIn', url }).version()).rejects.toMatchObject({
      message: `The built-in engine does not answer at ${url}.`,
    })
  })
})
