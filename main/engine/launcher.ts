import { fileURLToPath } from 'node:url'
import { AttuneError } from '../../preload/contract/errors.ts'
import { forkNode, type OwnProcess, type StartProcess } from '../processes/start.ts'
import { environmentFor, startMessageSchema } from './process-protocol.ts'

export interface EngineExit {
  code: number | null
  signal: NodeJS.Signals | null
  /** Whether `stop` asked for it. */
  expected: boolean
  /** The last lines that the process wrote to its error output, "" if none: llama.cpp says there why it aborts. */
  lastLines: string
}

export interface EngineLauncherOptions {
  /** Where tags and the practice model are kept; made if missing. */
  dataFolder: string
  /** Requests that may wait behind the running one before the engine answers 503. */
  maximumWaiting?: number
  /** How long the process may take to come up. */
  startTimeoutSeconds?: number
  /** Starts the process; replaceable where a plain Node cannot be forked. */
  startProcess?: StartProcess
}

/** The built-in engine, seen from the program that owns it. */
export interface Engine {
  /**
   * Starts the process unless it runs and tells the address of its API. After a crash the next call starts it anew,
   * with all tags. Rejects with `engineCrashed` where the process does not come up, with `storeUnwritable` where its
   * data folder cannot be written.
   */
  start(): Promise<string>
  /** Ends the process at once and resolves when it is gone; running requests break off. */
  stop(): Promise<void>
  /** The address while the process runs, else null. */
  readonly url: string | null
  /** The process id while the process runs, else null. */
  readonly pid: number | null
  /** Calls back after every end of the process; the function returned takes the listener off again. */
  onExit(listener: (exit: EngineExit) => void): () => void
}

interface Running {
  child: OwnProcess
  url: Promise<string>
  ended: Promise<EngineExit>
}

const keptCharacters = 2000

/**
 * One worker thread for everything that does not run in JavaScript, so that every step of llama.cpp runs on the same
 * one. With several they take turns, each new to its core, and the threads that llama.cpp starts for a step land on a
 * busy core: on two cores, two threads then decode at less than half their speed.
 */
const oneWorker = { UV_THREADPOOL_SIZE: '1' }

/** Prepares an engine; nothing runs before the first `start`. */
export function createEngine(options: EngineLauncherOptions): Engine {
  const { dataFolder, maximumWaiting = 512, startTimeoutSeconds = 60, startProcess = forkNode } = options
  const listeners = new Set<(exit: EngineExit) => void>()
  let running: Running | null = null
  let url: string | null = null
  let stopping = false

  const launch = (): Running => {
    const settings = environmentFor({ dataFolder, maximumWaiting })
    const child = startProcess(entryPath(), [], { ...process.env, ...oneWorker, ...settings })
    const ended = whenEnded(child, () => stopping)
    const current = { child, ended, url: whenReady(child, ended, startTimeoutSeconds * 1000) }
    void ended.then((exit) => {
      if (running === current) {
        running = null
        url = null
      }
      for (const listener of listeners) listener(exit)
    })
    return current
  }

  return {
    async start() {
      stopping = false
      running ??= launch()
      const current = running
      const address = await current.url
      if (running === current) url = address
      return address
    },
    async stop() {
      if (running === null) return
      stopping = true
      running.child.kill('SIGKILL')
      await running.ended
    },
    get url() {
      return url
    },
    get pid() {
      return running?.child.pid ?? null
    },
    onExit(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** The process's entry lies beside this file in the sources, and beside the bundle as `engine.js`. */
function entryPath(): string {
  const isSource = import.meta.url.endsWith('.ts')
  return fileURLToPath(new URL(isSource ? './process.ts' : './engine.js', import.meta.url))
}

function whenEnded(child: OwnProcess, isExpected: () => boolean): Promise<EngineExit> {
  let lastLines = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastLines = (lastLines + text).slice(-keptCharacters)
  })
  return new Promise((resolve) => {
    child.once('error', (error) =>
      resolve({ code: null, signal: null, expected: isExpected(), lastLines: error.message }),
    )
    child.once('close', (code, signal) =>
      resolve({ code, signal, expected: isExpected(), lastLines: lastLines.trim() }),
    )
  })
}

function whenReady(child: OwnProcess, ended: Promise<EngineExit>, timeoutMilliseconds: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (error: AttuneError) => {
      reject(error)
      child.kill('SIGKILL')
    }
    const timer = setTimeout(() => fail(crashed('The built-in engine did not start in time.')), timeoutMilliseconds)
    child.on('message', (value) => {
      const { data: message } = startMessageSchema.safeParse(value)
      if (message?.type === 'ready') resolve(message.url)
      if (message?.type === 'failed') fail(new AttuneError(message.report))
      clearTimeout(timer)
    })
    void ended.then(() => {
      clearTimeout(timer)
      reject(crashed('The built-in engine ended while it was starting.'))
    })
  })
}

function crashed(message: string): AttuneError {
  return new AttuneError({
    code: 'engineCrashed',
    message,
    hint: 'Try again; if it happens every time, reinstall Attune.',
  })
}
