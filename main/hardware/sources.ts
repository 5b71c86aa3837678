import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { readFile, readdir, statfs } from 'node:fs/promises'
import os from 'node:os'
import { delimiter, join } from 'node:path'
import systemInformation from 'systeminformation'

/** What Node itself knows of the computer, without asking any tool. */
export interface Basics {
  /** `process.platform`. */
  platform: string
  /** `process.arch`. */
  architecture: string
  /** Release of the kernel or of Windows. */
  release: string
  /** Marketing name of the system where Node knows it ("Windows 11 Pro"), else a longer version text. */
  systemName: string
  cpuName: string
  logicalCores: number
  /** Threads that the system lets this process run at once, as far as Node can tell. */
  availableParallelism: number
  totalMemoryBytes: number
  freeMemoryBytes: number
}

/** Processor time so far of all cores added up; only differences of two readings mean anything. */
export interface ProcessorTimes {
  busySeconds: number
  totalSeconds: number
}

/**
 * Everywhere that facts about the computer come from. All of it can be played from a folder of captured outputs.
 * Nothing here rejects: what cannot be read is null or empty.
 */
export interface MachineSources {
  basics: Basics
  /** Text of a small file; null if it cannot be read. */
  readFile(path: string): Promise<string | null>
  /** Names in a folder; null if it cannot be read. */
  listFolder(path: string): Promise<string[] | null>
  /** What a tool prints, also when it ends with an error; null if it is missing or takes too long. */
  run(command: string, parameters: string[]): Promise<string | null>
  /** Room for this user on the disk that holds a folder; null if it cannot be told. */
  freeDiskBytes(folder: string): Promise<number | null>
  processorTimes(): ProcessorTimes
  /** Answers of the systeminformation library, unparsed; null if it fails. */
  systemInformation: {
    cpu(): Promise<unknown>
    memory(): Promise<unknown>
    graphics(): Promise<unknown>
  }
}

const maximumOutputBytes = 4 * 1024 * 1024

/** The computer itself. `timeLimitSeconds` bounds each tool. */
export function realSources(timeLimitSeconds: number): MachineSources {
  return {
    basics: {
      platform: process.platform,
      architecture: process.arch,
      release: os.release(),
      systemName: os.version(),
      cpuName: os.cpus()[0]?.model.trim() ?? '',
      logicalCores: os.cpus().length,
      availableParallelism: os.availableParallelism(),
      totalMemoryBytes: os.totalmem(),
      freeMemoryBytes: os.freemem(),
    },
    readFile: (path) => readText(path).catch(() => null),
    listFolder: (path) => readdir(path).catch(() => null),
    run: (command, parameters) => run(command, parameters, timeLimitSeconds),
    freeDiskBytes: (folder) =>
      statfs(folder)
        .then(({ bavail, bsize }) => bavail * bsize)
        .catch(() => null),
    processorTimes,
    systemInformation: {
      cpu: () => systemInformation.cpu().catch(() => null),
      memory: () => systemInformation.mem().catch(() => null),
      graphics: () => systemInformation.graphics().catch(() => null),
    },
  }
}

/** What the kernel tells out of its own memory, at once: handing such a file to a thread costs ten times the reading. */
const fromMemory = /^\/(proc|sys\/fs\/cgroup)\//

async function readText(path: string): Promise<string> {
  return fromMemory.test(path) ? readFileSync(path, 'utf8') : readFile(path, 'utf8')
}

function processorTimes(): ProcessorTimes {
  const times = os.cpus().map((core) => core.times)
  const idle = times.reduce((sum, core) => sum + core.idle, 0)
  const busy = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0)
  return { busySeconds: busy / 1000, totalSeconds: (busy + idle) / 1000 }
}

/**
 * Whether to try a tool at all: to start a process only to learn that its program is missing costs ten milliseconds of
 * the processor, in the middle of a study. Windows learns it cheaply, and has its own ways to find programs.
 */
function isThere(command: string): boolean {
  const { PATH } = process.env
  if (process.platform === 'win32' || PATH === undefined) return true
  if (command.includes('/')) return existsSync(command)
  return PATH.split(delimiter).some((folder) => existsSync(join(folder, command)))
}

async function run(command: string, parameters: string[], timeLimitSeconds: number): Promise<string | null> {
  if (!isThere(command)) return null
  const options = {
    timeout: 1000 * timeLimitSeconds,
    killSignal: 'SIGKILL',
    maxBuffer: maximumOutputBytes,
    windowsHide: true,
    env: { ...process.env, LC_ALL: 'C' },
  } as const
  return new Promise((resolve) => {
    execFile(command, parameters, options, (error, stdout) => {
      const didEnd = error === null || typeof error.code === 'number'
      resolve(didEnd ? stdout : null)
    })
  })
}
