import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const downloadSeconds = 300

/** Where the Electron program is, or why there is none. */
export type ElectronBinary = { kind: 'found'; path: string } | { kind: 'missing'; why: string }

/**
 * Finds Electron's program and downloads it on first use, as its package does not carry it.
 * Nothing here imports `electron` itself: doing so outside Electron starts that download unasked.
 */
export async function findElectron(projectFolder: string, onDownload: () => void): Promise<ElectronBinary> {
  const folder = packageFolder(projectFolder)
  if (!existsSync(folder)) return { kind: 'missing', why: 'Electron is not installed' }
  const installed = installedElectron(projectFolder)
  if (installed !== null) return { kind: 'found', path: installed }
  onDownload()
  const failure = await download(folder)
  const path = installedElectron(projectFolder)
  return path === null
    ? { kind: 'missing', why: failure ?? 'Electron could not be downloaded' }
    : { kind: 'found', path }
}

/** Path of the Electron program if it has been downloaded; null otherwise. */
export function installedElectron(projectFolder: string): string | null {
  const folder = packageFolder(projectFolder)
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const distribution = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist')
  const path = join(distribution, readFileSync(pathFile, 'utf8').trim())
  return existsSync(path) ? path : null
}

function packageFolder(projectFolder: string): string {
  return join(projectFolder, 'node_modules/electron')
}

/** Runs the package's own installer; resolves with the reason if it failed. */
async function download(folder: string): Promise<string | null> {
  const child = spawn(process.execPath, [join(folder, 'install.js')], { stdio: ['ignore', 'ignore', 'pipe'] })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')))
  const timer = setTimeout(() => child.kill(), downloadSeconds * 1000)
  const code = await new Promise<number | null>((resolve) =>
    child.on('close', resolve).on('error', () => resolve(null)),
  )
  clearTimeout(timer)
  if (code === 0) return null
  if (code === null) return 'the download of Electron took too long'
  return /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT/.test(errors)
    ? 'the Electron program cannot be downloaded from here'
    : `the download of Electron failed (${errors.trim().split('\n')[0] ?? 'no reason given'})`
}
