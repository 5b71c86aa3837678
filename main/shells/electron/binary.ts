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
  const folder = join(projectFolder, 'node_modules/electron')
  if (!existsSync(folder)) return { kind: 'missing', why: 'Electron is not installed' }
  const installed = installedBinary(folder)
  if (installed !== null) return { kind: 'found', path: installed }
  onDownload()
  const failure = await download(folder)
  const path = installedBinary(folder)
  return path === null
    ? { kind: 'missing', why: failure ?? 'Electron could not be downloaded' }
    : { kind: 'found', path }
}

function installedBinary(folder: string): string | null {
  const pathFile = join(folder, 'path.txt')
  if (!existsSync(pathFile)) return null
  const path = join(
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'),
    readFileSync(pathFile, 'utf8').trim(),
  )
  return existsSync(path) ? path : null
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
