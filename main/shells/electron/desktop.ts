import { join } from 'node:path'
import { app, BrowserWindow, Menu, shell } from 'electron'
import type { Language } from '../../../preload/contract/settings.ts'
import { createApp } from '../../app.ts'
import type { Router } from '../../router.ts'
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
import { serveRenderer } from './protocol.ts'
import { forkUtility } from './utility.ts'
import { openWindow, rememberPlace, showWindow } from './window.ts'
import { openWindowMemory } from './window-memory.ts'

interface DesktopOptions {
  rendererFolder: string
  preloadFile: string
}

const wordsIn: Readonly<Record<Language, ShellWords>> = { en: englishShell, de: germanShell }

/** The program as a window on the desktop. To be called once the app is ready; resolves once the page is loaded. */
export async function runDesktop({ rendererFolder, preloadFile }: DesktopOptions): Promise<void> {
  const attune = await createApp({
    shell: 'electron',
    startProcess: forkUtility,
    openLink: (url) => shell.openExternal(url),
    openFolder: showFolder,
    licencesFolder: app.isPackaged ? join(process.resourcesPath, 'licences') : null,
  })
  const info = await createClient(attune.router)['app.info']({})
  const memory = await openWindowMemory(info.dataFolder)
  const words = () => wordsIn[attune.language()]
  const window = () => BrowserWindow.getAllWindows()[0]
  const studies = watchStudies(attune.events)
  app.setAboutPanelOptions({
    applicationName: 'Attune',
    applicationVersion: info.version,
    version: info.runtimes.map(({ name, version }) => `${name} ${version}`).join(', '),
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
    opened.webContents.on('did-finish-load', () => setMenu(attune.router, words()))
    await opened.loadURL(`${appOrigin}/`)
  }
  app.on('second-instance', () => void show())
  app.on('activate', () => void show())
  showOnTaskbar(studies, window)
  keepAwake(studies)
  pauseDuringSleep(studies, attune.router)
  tellOfTheEnd(studies, { window, words, show: () => void show() })
  setMenu(attune.router, words())
  await show()
}

async function showFolder(path: string): Promise<void> {
  const problem = await shell.openPath(path)
  if (problem !== '') throw new Error(problem)
}

function setMenu(router: Router, words: ShellWords): void {
  const template = menuTemplate({
    platform: process.platform,
    words,
    isPackaged: app.isPackaged,
    openFolder: (folder) => void router.handle('app.openFolder', { folder }),
    showAbout: () => app.showAboutPanel(),
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
