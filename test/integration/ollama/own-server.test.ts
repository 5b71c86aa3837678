import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { systemClock } from '../../../main/ollama/clock.ts'
import { launchServer, type LaunchOptions } from '../../../main/ollama/private/launcher.ts'
import { endProcessTree } from '../../../main/ollama/private/process-tree.ts'
import { isAlive } from '../../../main/store/atomic-write.ts'
import { openProcessRecords } from '../../../main/store/process-records.ts'
import { parseStarts, writeStandIn, type StandInStart } from '../../daemon/stand-in-ollama.ts'

/** A folder with a program called `ollama`, and what it will have told of its starts. */
async function setUp(environment: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'attune-server-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const log = join(folder, 'starts')
  const options: LaunchOptions = {
    program: writeStandIn(folder),
    environment: { ...process.env, ...environment, STAND_IN_LOG: log },
    note: () => Promise.resolve(() => Promise.resolve()),
    clock: systemClock,
  }
  return { folder, options, starts: () => parseStarts(readFileSync(log, 'utf8')) }
}

async function untilGone({ pid, runnerPid }: StandInStart): Promise<void> {
  await vi.waitFor(() => expect([isAlive(pid), isAlive(runnerPid)]).toEqual([false, false]), { timeout: 20_000 })
}

function first(starts: readonly StandInStart[]): StandInStart {
  const [start] = starts
  if (!start) throw new Error('nothing was started')
  return start
}

/** Starts a process that owns a server, and resolves once that serves. */
async function startOwner({ folder, options }: Awaited<ReturnType<typeof setUp>>) {
  const script = join(import.meta.dirname, 'server-owner.ts')
  const owner = spawn(process.execPath, [script, folder, options.program], { env: options.environment })
  owner.stderr.pipe(process.stderr)
  for await (const line of createInterface({ input: owner.stdout })) if (line === 'serving') break
  return owner
}

describe('a server of our own', () => {
  test('answers at a loopback address with the environment it was given, and is gone with its runners once stopped', async () => {
    const { options, starts } = await setUp({ OLLAMA_FLASH_ATTENTION: '0' })
    const server = await launchServer(options)
    expect(await (await fetch(`${server.url}/api/version`)).json()).toMatchObject({ version: '0.32.15' })
    const start = first(starts())
    expect(server.url).toBe(`http://127.0.0.1:${start.port}`)
    expect(start.environment).toMatchObject({ OLLAMA_FLASH_ATTENTION: '0', OLLAMA_HOST: `127.0.0.1:${start.port}` })
    expect(server.isRunning).toBe(true)
    await server.stop()
    await untilGone(start)
    expect(server.isRunning).toBe(false)
  })

  test('that cannot serve is reported with its last words', async () => {
    const { options } = await setUp({ STAND_IN_FAILS: 'no such graphics card' })
    await expect(launchServer(options)).rejects.toMatchObject({
      code: 'daemonUnreachable',
      message: 'A second Ollama could not be started: Error: no such graphics card.',
    })
    await expect(launchServer({ ...options, program: '/no/such/ollama' })).rejects.toMatchObject({
      code: 'daemonUnreachable',
    })
  })

  test('that is killed is known not to run', async () => {
    const { options, starts } = await setUp()
    const server = await launchServer(options)
    const start = first(starts())
    process.kill(start.pid, 'SIGKILL')
    await untilGone(start)
    await vi.waitFor(() => expect(server.isRunning).toBe(false), { timeout: 20_000 })
    await server.stop()
  })

  test('is gone with its runners when the process that owns it is killed', async () => {
    const scene = await setUp()
    const owner = await startOwner(scene)
    const ended = once(owner, 'exit')
    owner.kill('SIGKILL')
    await ended
    await untilGone(first(scene.starts()))
  })

  test('that even its guardian left behind is ended by the next start of Attune, and struck off', async () => {
    const scene = await setUp()
    const owner = await startOwner(scene)
    const start = first(scene.starts())
    // The guardian is the server's parent: both go down together, as when a whole session is killed.
    process.kill(parentOf(start.pid), 'SIGKILL')
    owner.kill('SIGKILL')
    await once(owner, 'exit')
    expect(isAlive(start.pid)).toBe(true)
    const records = openProcessRecords({ dataFolder: scene.folder, end: endProcessTree })
    expect(await records.endLeftOvers()).toBe(1)
    await untilGone(start)
    expect(await readdir(join(scene.folder, 'processes'))).toEqual([])
  })
})

/** Field 4 of `/proc/<pid>/stat`. */
function parentOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}
