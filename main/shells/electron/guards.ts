import { app, session } from 'electron'
import { allowsDownload, allowsNavigation, allowsPermission, allowsRequest } from './policies.ts'

/** Denies the page every permission, device, network request and download but those that the policies allow. */
export function guardSession(): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_contents, permission, decide) => decide(allowsPermission(permission)))
  defaultSession.setPermissionCheckHandler((_contents, permission) => allowsPermission(permission))
  defaultSession.setDevicePermissionHandler(() => false)
  defaultSession.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !allowsRequest(url) }))
  // The system's own dialog asks where to: Electron's way with downloads unless it is told a path.
  defaultSession.on('will-download', (event, item) => {
    if (!allowsDownload(item.getURL())) event.preventDefault()
  })
}

/** Keeps every page, whoever opened it, from leaving the app, from opening another and from embedding one. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
      // The three differ in what else they tell, which TypeScript does not take together.
      contents.on(event as 'will-navigate', (details) => {
        if (!allowsNavigation(details.url)) details.preventDefault()
      })
    }
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}
