import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './shells/build.ts'
import { hasDisplay } from './shells/display.ts'
import { findElectron } from './shells/electron/binary.ts'
import type * as BrowserMode from './shells/web/main.ts'

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
  // The built one, which is there in half the time that the sources take.
  const built = pathToFileURL(join(projectFolder, 'out/main/browser.js')).href
  const { runBrowserMode } = (await import(built)) as typeof BrowserMode
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
  // By its shape: what is built has a class of errors of its own.
  const told = error instanceof Error && 'hint' in error ? `${error.message}\n${String(error.hint)}` : String(error)
  process.stderr.write(`${told}\n`)
  process.exitCode = 1
})
