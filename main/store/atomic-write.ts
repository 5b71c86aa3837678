import type { FileHandle } from 'node:fs/promises'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { AttuneError } from '../../preload/contract/errors.ts'

/**
 * Puts `text` in the place of the file so that after a power cut either the old or the new text is there: written and
 * flushed beside it, then renamed. The old file becomes `keepAs` unless that is null.
 * Rejects with `storeUnwritable`.
 */
export async function replaceFile(path: string, text: string, keepAs: string | null): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeAndFlush(temporary, text)
    if (keepAs !== null) await ignoreMissing(whileBusy(() => rename(path, keepAs)))
    await whileBusy(() => rename(temporary, path))
    await flushFolder(dirname(path))
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw unwritable(path, error)
  }
}

/** Removes what writers of this folder left behind when they were killed. Running writers keep theirs. */
export async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  const abandoned = names.filter((name) => {
    const pid = /\.(\d+)\.tmp$/.exec(name)?.[1]
    return pid !== undefined && !isAlive(Number(pid))
  })
  await Promise.all(abandoned.map((name) => rm(join(folder, name), { force: true }).catch(() => undefined)))
}

/** Whether a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** The code of a system error, "ENOENT"; null for anything else. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

/** Resolves undefined where the file does not exist. */
export async function ignoreMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Virus scanners and indexers on Windows hold fresh files for a moment; elsewhere the first attempt decides. */
const busyCodes = ['EBUSY', 'EPERM', 'EACCES']
const busyAttempts = 5

/** Repeats an operation that the system refuses because another program holds the file. */
export async function whileBusy<T>(
  operation: () => Promise<T>,
  platform: NodeJS.Platform = process.platform,
  sleep: (milliseconds: number) => Promise<unknown> = delay,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation()
    } catch (error) {
      const mayPass = platform === 'win32' && busyCodes.includes(codeOf(error) ?? '')
      if (!mayPass || attempt === busyAttempts) throw error
      await sleep(20 * 2 ** attempt)
    }
  }
}

async function writeAndFlush(path: string, text: string): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(text, 'utf8')
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes the rename itself durable. Windows cannot open folders, and some file systems refuse; there it is moot. */
async function flushFolder(folder: string): Promise<void> {
  let handle: FileHandle | null = null
  try {
    handle = await open(folder, 'r')
    await handle.sync()
  } catch {
    // The file itself is safe already.
  } finally {
    await handle?.close()
  }
}

/** What a person is told when the system refuses to write this file. */
export function unwritable(path: string, error: unknown): AttuneError {
  const code = codeOf(error)
  const message = `${basename(path)} could not be saved${code === null ? '' : ` (${code})`}.`
  return new AttuneError({ code: 'storeUnwritable', message, hint: hintFor(code, dirname(path)) }, { cause: error })
}

function hintFor(code: string | null, folder: string): string {
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return `The disk is full: free some space on the drive that holds ${folder}, then try again.`
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return `Allow your user to write to ${folder}, or choose another folder by setting ATTUNE_HOME.`
  }
  return `Check that ${folder} is a folder on a working drive, or choose another one by setting ATTUNE_HOME.`
}
