import { readdirSync, readFileSync } from 'node:fs'

/** One process of this computer as /proc tells of it (Linux only). */
export interface ProcessEntry {
  name: string
  parent: number
  /** User and system time together. */
  seconds: number
}

/** Linux counts processor time in hundredths of a second on every architecture that Node supports. */
const ticksPerSecond = 100

/** All processes by id, at one instant. */
export function readProcesses(): Map<number, ProcessEntry> {
  const entries = new Map<number, ProcessEntry>()
  for (const folder of readdirSync('/proc')) {
    const match = /^\d+$/.test(folder) ? /^\d+ \((.*)\) (.*)$/s.exec(readIfThere(`/proc/${folder}/stat`)) : null
    if (match === null) continue
    const fields = match[2]?.split(' ') ?? []
    const seconds = (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
    entries.set(Number(folder), { name: match[1] ?? '', parent: Number(fields[1]), seconds })
  }
  return entries
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
