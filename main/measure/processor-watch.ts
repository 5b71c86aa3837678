import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { promisify } from 'node:util'
import type { ProcessTimes } from '../hardware/processor/process-times.ts'
import {
  daemonSeconds,
  parseAllowedCores,
  parseBusySeconds,
  parseProcessList,
  parseProcessStat,
} from '../hardware/processor/process-times.ts'

/** Cumulative processor seconds at one instant; only differences of two readings mean anything. */
export interface ProcessorReading {
  /** Monotonic clock. */
  atSeconds: number
  /** Number of cores that `busySeconds` is about: those this process may run on. */
  cores: number
  busySeconds: number
  /** Of the daemon under test, by process id. */
  daemonSeconds: ReadonlyMap<number, number>
  /** Of this process itself. */
  ownSeconds: number
}

/** Tells how much of the processor other programs take. Read before and after a repetition, never during one. */
export interface ProcessorWatch {
  /** Null where the system does not tell, or where no process of the daemon can be seen from here. */
  read(): Promise<ProcessorReading | null>
}

/** Which processes are the daemon's: by name (Ollama and its runners), or one process and its children. */
export interface DaemonProcesses {
  names: readonly string[]
  rootPid: number | null
}

/** Names of Ollama's processes; Linux cuts names to 15 characters, hence the odd one of versions before 0.13. */
export const ollamaProcessNames = ['ollama', 'ollama.exe', 'llama-server', 'llama-server.exe', 'ollama_llama_se']

/** A watch for machines of which nothing can be read, such as one that only a network reaches. */
export const blindWatch: ProcessorWatch = { read: () => Promise.resolve(null) }

/** Linux reads `/proc`, macOS asks `ps`; Windows has no cheap way to sum a program's time, so nothing is claimed. */
export function createProcessorWatch(processes: () => DaemonProcesses, platform = process.platform): ProcessorWatch {
  if (platform === 'linux') return createWatch(processes, linuxBusy, async (leftOut) => readLinuxProcesses(leftOut))
  if (platform === 'darwin') return createWatch(processes, systemBusy, macProcesses)
  return blindWatch
}

type Busy = { cores: number; busySeconds: number } | null

/** A computer has hundreds of processes that are none of the daemon's; they are looked at again after so long. */
const foreignSeconds = 30

/** @param listProcesses may leave out those it is told to */
function createWatch(
  processes: () => DaemonProcesses,
  readBusy: () => Promise<Busy>,
  listProcesses: (leftOut: ReadonlySet<number>) => Promise<ProcessTimes[]>,
): ProcessorWatch {
  const foreign = new Set<number>()
  let forgetAtSeconds = 0
  return {
    async read() {
      const { names, rootPid } = processes()
      const nowSeconds = performance.now() / 1000
      if (nowSeconds > forgetAtSeconds) {
        foreign.clear()
        forgetAtSeconds = nowSeconds + foreignSeconds
      }
      if (rootPid !== null) foreign.delete(rootPid)
      const [busy, listed] = await Promise.all([readBusy(), listProcesses(foreign)]).catch(() => [null, []] as const)
      const ofDaemon = daemonSeconds(listed, names, rootPid)
      for (const { pid } of listed) if (!ofDaemon.has(pid)) foreign.add(pid)
      if (busy === null || ofDaemon.size === 0) return null
      const own = process.cpuUsage()
      return {
        ...busy,
        atSeconds: performance.now() / 1000,
        daemonSeconds: ofDaemon,
        ownSeconds: (own.user + own.system) / 1e6,
      }
    },
  }
}

/** Below this the ticks of the processor clock (10 ms) say nothing. */
const shortestSpanSeconds = 0.2

/** Who used the processor between two readings, as shares of all cores, 0 to 1. */
export interface ProcessorUse {
  cores: number
  daemonShare: number
  /** All that was busy, less the daemon and less ourselves. */
  otherShare: number
}

/** Null where a reading is missing or the span is too short to judge. */
export function processorUse(before: ProcessorReading | null, after: ProcessorReading | null): ProcessorUse | null {
  if (before === null || after === null) return null
  const span = after.atSeconds - before.atSeconds
  if (span < shortestSpanSeconds) return null
  let daemon = 0
  for (const [pid, seconds] of after.daemonSeconds) {
    daemon += Math.max(0, seconds - (before.daemonSeconds.get(pid) ?? 0))
  }
  const busy = after.busySeconds - before.busySeconds
  const others = busy - daemon - (after.ownSeconds - before.ownSeconds)
  const share = (seconds: number) => Math.min(1, Math.max(0, seconds / (span * after.cores)))
  return { cores: after.cores, daemonShare: share(daemon), otherShare: share(others) }
}

/** Read synchronously, as below: these are no disk files, and handing them to threads costs ten times the time. */
async function linuxBusy(): Promise<Busy> {
  const allowed = parseAllowedCores(readFileSync('/proc/self/status', 'utf8'))
  const busySeconds = allowed && parseBusySeconds(readFileSync('/proc/stat', 'utf8'), allowed)
  return allowed && busySeconds !== null ? { cores: allowed.size, busySeconds } : null
}

/** All processes at one instant but those left out (Linux only). */
export function readLinuxProcesses(leftOut: ReadonlySet<number>): ProcessTimes[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && !leftOut.has(Number(name)))
  return pids.flatMap((pid) => parseProcessStat(readIfThere(`/proc/${pid}/stat`)) ?? [])
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // A process that ended between listing and reading is none of ours to worry about.
    return ''
  }
}

function systemBusy(): Promise<Busy> {
  const times = cpus().map((core) => core.times)
  const busy = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0)
  return Promise.resolve(times.length > 0 ? { cores: times.length, busySeconds: busy / 1000 } : null)
}

async function macProcesses(): Promise<ProcessTimes[]> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,ppid=,time=,comm='], { maxBuffer: 8 << 20 })
  return parseProcessList(stdout)
}
