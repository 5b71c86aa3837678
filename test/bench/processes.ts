import { readdirSync, readFileSync } from 'node:fs'
import { parseProcessStat, type ProcessTimes } from '../../main/hardware/processor/process-times.ts'

/** All processes of this computer by id, at one instant (Linux only). */
export function readProcesses(): Map<number, ProcessTimes> {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const processes = pids.flatMap((pid) => parseProcessStat(readIfThere(`/proc/${pid}/stat`)) ?? [])
  return new Map(processes.map((entry) => [entry.pid, entry]))
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // A process may end between the listing and the reading.
    return ''
  }
}

/** Memory that a process holds, MiB. */
export function residentMiB(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}
