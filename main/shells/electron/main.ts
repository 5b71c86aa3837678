import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, shell } from 'electron'
import { createApp, type App } from '../../app.ts'
import { answerRequests, forwardEvents } from './bridge.ts'
import { registerAppScheme, serveRenderer } from './protocol.ts'
import { guardPermissions, openWindow } from './window.ts'

// This file is bundled to out/main/electron.js; its neighbours are found from there.
const rendererFolder = fileURLToPath(new URL('../renderer', import.meta.url))
const preloadFile = fileURLToPath(new URL('../preload/index.cjs', import.meta.url))

app.enableSandbox()
registerAppScheme()

if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(run)
} else {
  app.quit()
}

async function run(): Promise<void> {
  const attune = await createApp({ shell: 'electron', openLink: (url) => shell.openExternal(url) })
  serveRenderer(rendererFolder, attune.language)
  guardPermissions()
  answerRequests(attune.router)
  await showWindow(attune)

  app.on('second-instance', () => {
    const window = BrowserWindow.getAllWindows()[0]
    if (window?.isMinimized()) window.restore()
    window?.focus()
  })
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void showWindow(attune)
  })
  app.on('window-all-closed', () => app.quit())
  quitCleanly(attune)
}

async function showWindow(attune: App): Promise<void> {
  forwardEvents(attune.events, await openWindow(preloadFile))
}

/** Lets a running study write its journal and ends the engine before the process goes. */
function quitCleanly(attune: App): void {
  let closed = false
  app.on('before-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void attune.close().finally(() => {
      closed = true
      app.quit()
    })
  })
}
