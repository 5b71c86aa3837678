import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { isAlive } from './atomic-write.ts'

/** `gone`, or alive with the time it started; null where the system does not tell. */
export type ProcessIdentity = { kind: 'gone' } | { kind: 'alive'; startedAt: string | null }

/** Tells a process from a later one that was given the same id. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity> {
  if (!isAlive(pid)) return { kind: 'gone' }
  const startedAt = await readStart(pid).catch(() => null)
  return { kind: 'alive', startedAt }
}

async function readStart(pid: number): Promise<string | null> {
  if (process.platform === 'linux') {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ])
    return startOfStat(stat, boot)
  }
  if (process.platform === 'darwin') {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)])
    return stdout.trim() || null
  }
  if (process.platform === 'win32') {
    const question = `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`
    const { stdout } = await promisify(execFile)('powershell.exe', ['-NoProfile', '-Command', question])
    return stdout.trim() || null
  }
  return null
}

/** Start in clock ticks since boot (field 22 of `/proc/<pid>/stat`) with the id of that boot; null for other text. */
export function startOfStat(stat: string, bootId: string): string | null {
  // The name in parentheses may contain spaces and parentheses; after the last one fields are counted from the third.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields[19]
  return ticks !== undefined && /^\d+$/.test(ticks) ? `${ticks}@${bootId.trim()}` : null
}
