import { fileURLToPath } from 'node:url'
import { app, BrowserWindow, dialog, Menu, shell } from 'electron'
import { AttuneError } from '../../../preload/contract/errors.ts'
import type { Language } from '../../../preload/contract/settings.ts'
import { createApp, type App } from '../../app.ts'
import { germanShell } from '../../words/german/shell.ts'
import { englishShell, type ShellWords } from '../../words/shell.ts'
import { createClient } from '../client.ts'
import { answerRequests, forwardEvents } from './bridge.ts'
import { guardContents, guardSession } from './guards.ts'
import { keepAwake } from './habits/awake.ts'
import { tellOfTheEnd } from './habits/end-notice.ts'
import { quitWithCare } from './habits/quit.ts'
import { watchStudies } from './habits/study-watch.ts'
import { pauseDuringSleep } from './habits/suspend.ts'
import { showOnTaskbar } from './habits/taskbar.ts'
import { menuTemplate } from './menu.ts'
import { appOrigin } from './policies.ts'
import { registerAppScheme, serveRenderer } from './protocol.ts'
import { openWindow, rememberPlace, showWindow } from './window.ts'
import { openWindowMemory } from './window-memory.ts'

// This file is bundled to out/main/electron.js; its neighbours are found from there.
const rendererFolder = fileURLToPath(new URL('../renderer', import.meta.url))
const preloadFile = fileURLToPath(new URL('../preload/index.cjs', import.meta.url))

app.enableSandbox()
registerAppScheme()

if (app.requestSingleInstanceLock()) {
  app.whenReady().then(run).catch(tellAndEnd)
} else {
  app.quit()
}

async function run(): Promise<void> {
  const attune = await createApp({
    shell: 'electron',
    openLink: (url) => shell.openExternal(url),
    openFolder: async (path) => {
      const problem = await shell.openPath(path)
      if (problem !== '') throw new Error(problem)
    },
  })
  const info = await createClient(attune.router)['app.info']({})
  const memory = await openWindowMemory(info.dataFolder)
  const words = () => allWords[attune.language()]
  const window = () => BrowserWindow.getAllWindows()[0]
  const studies = watchStudies(attune.events)
  app.setAboutPanelOptions({
    applicationName: 'Attune',
    applicationVersion: info.version,
    version: info.runtimes.map((runtime) => `${runtime.name} ${runtime.version}`).join(', '),
  })

  serveRenderer(rendererFolder, attune.language)
  guardSession()
  guardContents()
  answerRequests(attune.router)
  const guardClosing = quitWithCare({
    studies,
    window,
    words,
    async close() {
      const open = window()
      if (open) rememberPlace(open, memory)
      await Promise.all([attune.close(), memory.written()])
    },
  })
  const show = async () => {
    if (window()) return showWindow(window())
    const opened = openWindow(preloadFile, memory)
    guardClosing(opened)
    forwardEvents(attune.events, opened)
    // A language is chosen by loading the page anew.
    opened.webContents.on('did-finish-load', () => setMenu(attune, words()))
    await opened.loadURL(`${appOrigin}/`)
  }
  app.on('second-instance', () => void show())
  app.on('activate', () => void show())
  showOnTaskbar(studies, window)
  keepAwake(studies)
  pauseDuringSleep(studies, attune.router)
  tellOfTheEnd(studies, { window, words, show: () => void show() })
  setMenu(attune, words())
  await show()
}

/** Without a window yet, only the system's own box can say why there will be none. */
function tellAndEnd(error: unknown): void {
  dialog.showErrorBox('Attune', error instanceof AttuneError ? `${error.message}\n${error.hint}` : String(error))
  app.exit(1)
}

const allWords: Readonly<Record<Language, ShellWords>> = { en: englishShell, de: germanShell }

function setMenu({ router }: App, words: ShellWords): void {
  const template = menuTemplate({
    platform: process.platform,
    words,
    isPackaged: app.isPackaged,
    openFolder: (folder) => void router.handle('app.openFolder', { folder }),
    showAbout: () => app.showAboutPanel(),
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
