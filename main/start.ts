import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { AttuneError } from '../preload/contract/errors.ts'
import { ensureBuilt } from './shells/build.ts'
import { hasDisplay } from './shells/display.ts'
import { findElectron } from './shells/electron/binary.ts'

const projectFolder = fileURLToPath(new URL('..', import.meta.url))

const help = `npm start -- [--browser] [--no-open]
  --browser   show the window in a web browser, even where Electron can run
  --no-open   print the address without opening a browser`

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function start(): Promise<void> {
  const { values } = parseArgs({
    options: { browser: { type: 'boolean' }, 'no-open': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) return print(help)
  await ensureBuilt(projectFolder, () => print('Preparing the window (once after each update) …'))
  const display = hasDisplay(process.platform, process.env)
  const reason = values.browser ? null : await whyNoWindow(display)
  if (reason === undefined) return
  if (reason !== null) print(`Opening in browser mode, as ${reason}.`)
  // Loaded only here: with a window, all of this lives in Electron's process.
  const { runBrowserMode } = await import('./shells/web/main.ts')
  await runBrowserMode({
    rendererFolder: join(projectFolder, 'out/renderer'),
    opensBrowser: display && !values['no-open'],
  })
}

/** Opens the Electron window if that is possible (undefined), else says why not. */
async function whyNoWindow(display: boolean): Promise<string | undefined> {
  if (!display) return 'there is no display for a window'
  const electron = await findElectron(projectFolder, () => print('Downloading Electron (once) …'))
  if (electron.kind === 'missing') return electron.why
  const child = spawn(electron.path, [projectFolder], { stdio: 'inherit' })
  child.on('exit', (code) => (process.exitCode = code ?? 1))
  return undefined
}

start().catch((error: unknown) => {
  const told = error instanceof AttuneError ? `${error.message}\n${error.hint}` : String(error)
  process.stderr.write(`${told}\n`)
  process.exitCode = 1
})
