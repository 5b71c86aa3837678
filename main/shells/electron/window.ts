import { BrowserWindow, screen } from 'electron'
import type { WindowMemory } from './window-memory.ts'
import { leastSize, placeOnScreens } from './window-place.ts'

/** Makes the one window, sandboxed and isolated, where it was last time; it appears once its page can be seen. */
export function openWindow(preloadFile: string, memory: WindowMemory): BrowserWindow {
  const { bounds, isMaximised } = memory.get()
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id)
  const window = new BrowserWindow({
    ...placeOnScreens(
      bounds,
      [primary, ...others].map(({ workArea }) => workArea),
    ),
    minWidth: leastSize.width,
    minHeight: leastSize.height,
    show: false,
    title: 'Attune',
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // Electron would load dictionaries from a server of Google's.
      spellcheck: false,
    },
  })
  if (isMaximised) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => rememberPlace(window, memory))
  return window
}

export function rememberPlace(window: BrowserWindow, memory: WindowMemory): void {
  memory.set({ schemaVersion: 1, bounds: window.getNormalBounds(), isMaximised: window.isMaximized() })
}

/** Brings the window before the person's eyes. */
export function showWindow(window: BrowserWindow | undefined): void {
  if (window?.isMinimized()) window.restore()
  window?.show()
  window?.focus()
}
