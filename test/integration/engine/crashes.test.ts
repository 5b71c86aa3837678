import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { createEngine, type EngineExit } from '../../../main/engine/launcher.ts'
import { createEngineLibrary } from '../../../main/engine/library-client.ts'
import { recording } from './recordings.ts'
import { setUpEngine } from './engine-fixture.ts'

const engine = setUpEngine({ maximumWaiting: 1 })
const { call, generate } = engine

const brief = { num_ctx: 512, num_thread: 1, num_predict: 2 }
const endless = JSON.stringify({
  model: 'practice',
  raw: true,
  prompt: 'x',
  options: { num_ctx: 512, num_thread: 1, num_predict: 0 },
})

/** Starts a stream that never ends and resolves with its reader once the first piece is there. */
async function startStream() {
  const response = await fetch(`${await engine.engine.start()}/api/generate`, { method: 'POST', body: endless })
  const reader = response.body?.getReader()
  await reader?.read()
  return reader
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function untilGone(pid: number): Promise<void> {
  while (isAlive(pid)) await delay(10)
}

describe('the engine process', () => {
  it('killed in mid-stream breaks the answer off, and is started anew with all tags by the next use', async () => {
    const exits: EngineExit[] = []
    const unlisten = engine.engine.onExit((exit) => exits.push(exit))
    const reader = await startStream()
    const pid = engine.engine.pid ?? 0
    process.kill(pid, 'SIGKILL')
    const readOn = async () => {
      while (!(await reader?.read())?.done);
    }
    await expect(readOn()).rejects.toThrow()
    await untilGone(pid)
    expect((await generate()).eval_count).toBe(4)
    expect(engine.engine.pid).not.toBe(pid)
    expect(exits).toMatchObject([{ signal: 'SIGKILL', expected: false }])
    unlisten()
  })

  it('refuses with 503 at once when too many requests wait', async () => {
    const reader = await startStream()
    // One of the two waits, so the other is one too many.
    const others = [1, 2].map(() => call('POST', '/api/generate', { model: 'practice', prompt: 'x', options: brief }))
    const { status, body } = await Promise.race(others)
    expect({ status, error: body.error }).toEqual({
      status: 503,
      error: 'server busy, please try again.  maximum pending requests exceeded',
    })
    await reader?.cancel()
    expect((await Promise.all(others)).map((answer) => answer.status)).toContain(200)
  })

  it('answers foreign hosts and origins with an empty 403', async () => {
    const url = new URL(await engine.engine.start())
    const ask = (headers: Record<string, string>) =>
      new Promise<{ status: number | undefined; body: string }>((resolve) => {
        request({ host: url.hostname, port: url.port, path: '/api/version', headers }, (response) => {
          let body = ''
          response.on('data', (chunk: Buffer) => (body += chunk.toString()))
          response.on('end', () => resolve({ status: response.statusCode, body }))
        }).end()
      })
    expect(recording('err-403-foreign-host').response.status).toBe(403)
    expect(await ask({ host: 'evil.example' })).toEqual({ status: 403, body: '' })
    expect(await ask({ host: url.host, origin: 'https://evil.example' })).toEqual({ status: 403, body: '' })
    expect((await ask({ host: url.host, origin: 'http://localhost:3000' })).status).toBe(200)
  })

  it('is stopped in the middle of work, and stopping twice is harmless', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'attune-engine-stop-'))
    const other = createEngine({ dataFolder: folder })
    await other.stop()
    const [first, second] = await Promise.all([other.start(), other.start()])
    expect(first).toBe(second)
    const pid = other.pid ?? 0
    const library = createEngineLibrary({ dataFolder: folder, engine: other })
    expect(await library.isEmpty()).toBe(true)
    const writing = library.writePractice(() => undefined)
    writing.catch(() => undefined)
    await delay(300)
    await other.stop()
    await expect(writing).rejects.toMatchObject({ code: 'engineCrashed' })
    expect(isAlive(pid)).toBe(false)
    expect([other.url, other.pid]).toEqual([null, null])
    await rm(folder, { recursive: true, force: true })
  })

  it('that cannot write its folder says so', async () => {
    const broken = createEngine({ dataFolder: join(process.execPath, 'no-folder') })
    await expect(broken.start()).rejects.toMatchObject({ code: 'storeUnwritable' })
  })

  it('ends with its parent, be that killed while llama.cpp computes', async () => {
    const entry = fileURLToPath(new URL('./engine-owner.ts', import.meta.url))
    const owner = spawn(process.execPath, [entry, engine.dataFolder], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(owner.stdout, 'data')) as [Buffer]
    const { url, pid } = JSON.parse(line.toString()) as { url: string; pid: number }
    const response = await fetch(`${url}/api/generate`, { method: 'POST', body: endless })
    await response.body?.getReader().read()
    owner.kill('SIGKILL')
    await untilGone(pid)
    expect(isAlive(pid)).toBe(false)
  })
})
