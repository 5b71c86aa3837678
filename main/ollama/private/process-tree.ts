import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/**
 * Ends a process and everything that it started, at once. Outside Windows it must lead a process group of its own,
 * which its children share. Resolves as well where it is gone already.
 */
export async function endProcessTree(pid: number, platform: NodeJS.Platform = process.platform): Promise<void> {
  if (platform === 'win32') {
    await promisify(execFile)('taskkill', ['/PID', String(pid), '/T', '/F'], { windowsHide: true }).catch(() => null)
    return
  }
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing of the group is left.
  }
}
