import { fileURLToPath } from 'node:url'
import { app, dialog } from 'electron'
import { AttuneError } from '../../../preload/contract/errors.ts'
import { doorFor } from '../door.ts'
import { registerAppScheme } from './protocol.ts'

// This file is bundled to out/main/electron.js; its neighbours are found from there.
const rendererFolder = fileURLToPath(new URL('../renderer', import.meta.url))
const preloadFile = fileURLToPath(new URL('../preload/index.cjs', import.meta.url))

/** From the sources, Electron's program is told where those are first. */
const parameters = process.argv.slice(app.isPackaged ? 1 : 2)

app.enableSandbox()
registerAppScheme()

switch (doorFor(parameters)) {
  case 'window':
    if (app.requestSingleInstanceLock()) app.whenReady().then(openWindow).catch(tellByBox)
    else app.quit()
    break
  case 'browser':
    app.whenReady().then(serveBrowser).catch(tellAtTerminal)
    break
  case 'commandLine':
    app.whenReady().then(runCommand).catch(tellAtTerminal)
}

// Each door is loaded only where it is the one: the window waits for no command line.
async function openWindow(): Promise<void> {
  const { runDesktop } = await import('./desktop.ts')
  await runDesktop({ rendererFolder, preloadFile })
}

async function serveBrowser(): Promise<void> {
  app.dock?.hide()
  const { runBrowserMode } = await import('../web/main.ts')
  await runBrowserMode({ rendererFolder, opensBrowser: !parameters.includes('--no-open') })
}

async function runCommand(): Promise<void> {
  app.dock?.hide()
  await import('../cli/main.ts')
  app.exit(Number(process.exitCode ?? 0))
}

/** Without a window yet, only the system's own box can say why there will be none. */
function tellByBox(error: unknown): void {
  dialog.showErrorBox('Attune', said(error))
  app.exit(1)
}

function tellAtTerminal(error: unknown): void {
  process.stderr.write(`${said(error)}\n`)
  app.exit(1)
}

function said(error: unknown): string {
  return error instanceof AttuneError ? `${error.message}\n${error.hint}` : String(error)
}
