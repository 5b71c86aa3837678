import { app, type BrowserWindow, dialog, powerMonitor } from 'electron'
import type { ShellWords } from '../../../words/shell.ts'
import type { StudyWatch } from './study-watch.ts'

interface QuitOptions {
  studies: StudyWatch
  window: () => BrowserWindow | undefined
  words: () => ShellWords
  /** Pauses a study, writes everything down and ends the engine. */
  close: () => Promise<void>
}

/**
 * Lets the program end in good order: during a study only after asking, once, and with the study kept.
 * Returns the guard for a window's own closing, which ends the program on every system but macOS.
 */
export function quitWithCare({ studies, window, words, close }: QuitOptions): (opened: BrowserWindow) => void {
  let state: 'open' | 'asking' | 'leaving' | 'gone' = 'open'

  function leave(): void {
    if (state === 'leaving' || state === 'gone') return
    state = 'leaving'
    void close().finally(() => {
      state = 'gone'
      app.quit()
    })
  }

  async function ask(): Promise<void> {
    if (state !== 'open') return
    state = 'asking'
    const { message, detail, keep, quit } = words().quit
    const buttons = [keep, quit]
    const question = { type: 'question', message, detail, buttons, defaultId: 0, cancelId: 0 } as const
    const parent = window()
    const { response } = await (parent ? dialog.showMessageBox(parent, question) : dialog.showMessageBox(question))
    state = 'open'
    if (buttons[response] === quit) leave()
  }

  app.on('before-quit', (event) => {
    if (state === 'gone') return
    event.preventDefault()
    if (studies.runningId === null) leave()
    else void ask()
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  // Whoever shuts the computer down has decided already.
  powerMonitor.on('shutdown', leave)

  return (opened) => {
    opened.on('close', (event) => {
      const endsTheProgram = process.platform !== 'darwin'
      if (!endsTheProgram || studies.runningId === null || state === 'leaving' || state === 'gone') return
      event.preventDefault()
      void ask()
    })
  }
}
