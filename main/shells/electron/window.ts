import { BrowserWindow, session } from 'electron'
import { allowsNavigation, allowsPermission, appOrigin } from './policies.ts'

/** Denies every permission but the one the policy allows, whether asked for or merely checked. */
export function guardPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(allowsPermission(permission)),
  )
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => allowsPermission(permission))
}

/** Opens the one window: sandboxed, isolated, unable to leave the app's own page or to open another. */
export async function openWindow(preloadFile: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1280,
    height: 860,
    minWidth: 380,
    minHeight: 560,
    show: false,
    title: 'Attune',
    webPreferences: { preload: preloadFile, sandbox: true, contextIsolation: true, nodeIntegration: false },
  })
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  window.webContents.on('will-navigate', (event) => {
    if (!allowsNavigation(event.url)) event.preventDefault()
  })
  window.webContents.on('will-attach-webview', (event) => event.preventDefault())
  window.once('ready-to-show', () => window.show())
  await window.loadURL(`${appOrigin}/`)
  return window
}
