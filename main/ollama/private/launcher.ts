import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { AttuneError } from '../../../preload/contract/errors.ts'
import { forkNode, type OwnProcess, type StartProcess } from '../../processes/start.ts'
import { createDaemonClient } from '../client.ts'
import type { Clock } from '../clock.ts'
import { guardianMessageSchema } from './guardian-protocol.ts'
import { endProcessTree } from './process-tree.ts'

export interface LaunchOptions {
  /** Path of the `ollama` program. */
  program: string
  /** The whole environment, apart from the address. */
  environment: Readonly<Record<string, string | undefined>>
  /** Notes a server's process, so that it can be ended even after a crash; what it returns strikes it off again. */
  note: (pid: number) => Promise<() => Promise<void>>
  clock: Clock
  signal?: AbortSignal | undefined
  /** Starts the process that watches over it. */
  startProcess?: StartProcess | undefined
  /** So long may it take to answer, seconds; it looks for graphics cards first. */
  waitSeconds?: number
}

/** A server of our own on a loopback port. */
export interface OwnServer {
  readonly url: string
  /** False once its process has ended, for whatever reason. */
  readonly isRunning: boolean
  /** Resolves once it and its runners are gone. Safe to call more than once. */
  stop(): Promise<void>
}

const secondsBetweenLooks = 0.1

/**
 * Starts `ollama serve` on a free loopback port and resolves once it answers. It ends with this process, however that
 * ends. Rejects with `daemonUnreachable` where it does not come up, with the signal's reason where that aborts.
 */
export async function launchServer(options: LaunchOptions): Promise<OwnServer> {
  const { clock, signal, waitSeconds = 60 } = options
  signal?.throwIfAborted()
  const host = `127.0.0.1:${await freePort()}`
  const watched = watchOver(options, host)
  const url = `http://${host}`
  const client = createDaemonClient({ kind: 'ollama', url, clock, patience: { answerSeconds: 5 } })
  const deadline = clock.now() + waitSeconds
  try {
    for (;;) {
      const failure = watched.failure()
      if (failure !== null) throw notStarted(failure)
      if (await answers(client.version(signal))) break
      if (clock.now() >= deadline) throw notStarted(`it does not answer after ${waitSeconds} s`)
      await clock.sleep(secondsBetweenLooks, signal)
    }
  } catch (error) {
    await watched.stop()
    throw error
  }
  return {
    url,
    get isRunning() {
      return watched.failure() === null
    },
    stop: () => watched.stop(),
  }
}

interface Watched {
  /** Why the server is not running; null while it is, or is on its way. */
  failure(): string | null
  stop(): Promise<void>
}

function watchOver(options: LaunchOptions, host: string): Watched {
  const { program, environment, note, startProcess = forkNode } = options
  const guardian = startProcess(guardianPath(), [program], { ...environment, OLLAMA_HOST: host })
  // Nobody reads what it may have to say, which must not hold it up.
  guardian.stderr?.resume()
  let pid: number | null = null
  let failure: string | null = null
  let noted: Promise<() => Promise<void>> | null = null
  guardian.on('message', (value) => {
    const { data: message } = guardianMessageSchema.safeParse(value)
    if (message?.type === 'started') {
      pid = message.pid
      noted = note(pid)
      // A record that cannot be written costs the clean-up after a crash, not the study.
      noted.catch(() => undefined)
    }
    if (message?.type === 'ended') failure ??= lastLineOf(message.lastLines)
  })
  const gone = whenGone(guardian).then(async () => {
    failure ??= 'it ended'
    // The guardian ends the server, unless it was killed itself.
    if (pid !== null) await endProcessTree(pid)
    const strikeOff = await noted?.catch(() => null)
    await strikeOff?.()
  })
  return {
    failure: () => failure,
    stop() {
      if (guardian.connected) guardian.disconnect()
      return gone
    },
  }
}

/** The guardian's entry lies beside this file in the sources, and beside the bundle as `guardian.js`. */
function guardianPath(): string {
  return fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './guardian.ts' : './guardian.js', import.meta.url))
}

function whenGone(child: OwnProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  })
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function answers(question: Promise<unknown>): Promise<boolean> {
  try {
    await question
    return true
  } catch (error) {
    if (error instanceof AttuneError && error.code !== 'cancelled') return false
    throw error
  }
}

function lastLineOf(text: string): string {
  return text.split('\n').at(-1) || 'it ended at once'
}

function notStarted(why: string): AttuneError {
  return new AttuneError({
    code: 'daemonUnreachable',
    message: `A second Ollama could not be started: ${why}.`,
    hint: 'Run the study without a second Ollama.',
  })
}
