import { createHash } from 'node:crypto'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { AttuneError } from '../../preload/contract/errors.ts'
import { codeOf, ignoreMissing, removeAbandoned, unwritable } from './atomic-write.ts'
import type { ProcessIdentity } from './process-identity.ts'
import { identifyProcess } from './process-identity.ts'
import { parseJson } from './versioned.ts'

/** One study at a time for each daemon, whichever window or command line runs it: two would measure each other. */
export interface StudyLock {
  /** Safe to call more than once. */
  release(): Promise<void>
}

export interface StudyLockOptions {
  dataFolder: string
  daemonUrl: string
  identify?: (pid: number) => Promise<ProcessIdentity>
}

const holderSchema = z.object({ pid: z.int().positive(), startedAt: z.string().nullable(), url: z.string() })

/**
 * Takes the lock of this daemon, a file that appears in one step with its content. A lock whose process is gone is
 * taken over. Rejects with `studyRunning` while a living process holds it, this one included.
 */
export async function acquireStudyLock(options: StudyLockOptions): Promise<StudyLock> {
  const { dataFolder, daemonUrl, identify = identifyProcess } = options
  const path = join(dataFolder, 'locks', `${nameOf(daemonUrl)}.lock`)
  await removeAbandoned(dirname(path))
  const self = await identify(process.pid)
  const startedAt = self.kind === 'alive' ? self.startedAt : null
  // The nonce tells two locks of one process apart.
  const content = JSON.stringify({ pid: process.pid, startedAt, url: daemonUrl, nonce: crypto.randomUUID() })

  for (let attempt = 0; attempt < takeOverAttempts; attempt++) {
    if (await publish(path, content)) return { release: () => releaseOwn(path, content) }
    const held = await ignoreMissing(readFile(path, 'utf8'))
    if (held === undefined) continue
    if (await isHeld(held, identify)) throw studyRunning()
    await removeStale(path, held, content, identify)
  }
  throw studyRunning()
}

/** Others may take a stale lock over at the same moment; then it is held, and the next attempt sees it. */
const takeOverAttempts = 5

/** The file name for a daemon: names of this computer are one, and so are spellings of one address. */
function nameOf(daemonUrl: string): string {
  const { protocol, hostname, port } = new URL(daemonUrl)
  const host = ['localhost', '[::1]', '0.0.0.0'].includes(hostname) ? '127.0.0.1' : hostname
  return shortHash(`${protocol}//${host}:${port}`)
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/**
 * False where the lock exists. A link makes name and content appear at once, so no one ever reads half a lock.
 * Rejects with `storeUnwritable`.
 */
async function publish(path: string, content: string): Promise<boolean> {
  const temporary = temporaryName(path)
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(temporary, content)
    return await linkUnlessTaken(temporary, path)
  } catch (error) {
    throw unwritable(path, error)
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}

async function linkUnlessTaken(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

async function isHeld(content: string, identify: (pid: number) => Promise<ProcessIdentity>): Promise<boolean> {
  const holder = holderSchema.safeParse(parseJson(content))
  if (!holder.success) return false
  const found = await identify(holder.data.pid)
  if (found.kind === 'gone') return false
  const { startedAt } = holder.data
  return startedAt === null || found.startedAt === null || startedAt === found.startedAt
}

/**
 * Removes the lock if it still is the stale one. Whoever does so holds a claim on it meanwhile, which only one of
 * several processes can have: so nobody removes the fresh lock of one that was quicker.
 */
async function removeStale(
  path: string,
  stale: string,
  content: string,
  identify: (pid: number) => Promise<ProcessIdentity>,
): Promise<void> {
  const claim = claimPath(path, stale)
  if (!(await publish(claim, content))) {
    const claimant = await ignoreMissing(readFile(claim, 'utf8'))
    if (claimant !== undefined && !(await isHeld(claimant, identify))) await rm(claim, { force: true })
    return
  }
  try {
    if ((await ignoreMissing(readFile(path, 'utf8'))) === stale) await rm(path, { force: true })
  } finally {
    await rm(claim, { force: true })
  }
}

function claimPath(path: string, stale: string): string {
  return `${path}.${shortHash(stale)}.claim`
}

/** Unique, and with the process id that lets `removeAbandoned` know it. */
function temporaryName(path: string): string {
  return `${path}.${crypto.randomUUID()}.${process.pid}.tmp`
}

async function releaseOwn(path: string, content: string): Promise<void> {
  const held = await ignoreMissing(readFile(path, 'utf8'))
  if (held === content) await rm(path, { force: true })
}

function studyRunning(): AttuneError {
  return new AttuneError({
    code: 'studyRunning',
    message: 'Another study is already running on this model server.',
    hint: 'Wait until it is finished, or stop it there.',
  })
}
