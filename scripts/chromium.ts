import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright'

const installedPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const installSeconds = 300

/** Chromium refuses its sandbox to root, which is who containers run as. */
export const sandboxArguments: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** Starts a Chromium without a window. Throws where none can be found or installed. */
export function launchChromium(tell: (line: string) => void, args: readonly string[] = []): Promise<Browser> {
  const executablePath = findOrInstallChromium(tell)
  if (executablePath === null) throw new Error('No Chromium could be found or installed')
  return chromium.launch({ executablePath, args: [...sandboxArguments, ...args] })
}

/**
 * Finds a Chromium for the browser tests, or installs one: Playwright's own, else Debian's package where this user
 * may install packages. Null where neither can be had.
 */
export function findOrInstallChromium(tell: (line: string) => void): string | null {
  const found = findChromium()
  if (found !== null) return found
  tell('No Chromium found; asking Playwright for one …')
  run('npx', ['playwright', 'install', 'chromium'])
  if (findChromium() === null && process.platform === 'linux' && process.getuid?.() === 0) {
    tell('Playwright could not; asking Debian’s packages …')
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', 'chromium'])
  }
  return findChromium()
}

function findChromium(): string | null {
  const candidates = [process.env['ATTUNE_CHROMIUM'], chromium.executablePath(), ...installedPaths]
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null
}

function run(command: string, args: string[]): void {
  // A failure shows in the absence of a browser afterwards.
  spawnSync(command, args, { stdio: 'ignore', timeout: installSeconds * 1000 })
}
