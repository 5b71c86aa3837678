/** The one origin that the window shows. */
export const appOrigin = 'app://attune'

/** May the window go to this address? Only within the app's own page; parsed, never compared as text. */
export function allowsNavigation(url: string): boolean {
  try {
    const { protocol, host } = new URL(url)
    return `${protocol}//${host}` === appOrigin
  } catch {
    return false
  }
}

/**
 * What the page may do beyond drawing: put text on the clipboard when a copy button is pressed, and tell by a
 * notification that a study is done.
 */
export function allowsPermission(permission: string): boolean {
  return permission === 'clipboard-sanitized-write' || permission === 'notifications'
}

/** A frame as far as the sender check needs it; Electron gives null for a frame that is already gone. */
export interface SenderFrame {
  readonly url: string
  readonly parent: SenderFrame | null
}

/** Requests are answered only if they come from the top frame of the app's own page. */
export function allowsSender(frame: SenderFrame | null): boolean {
  return frame !== null && frame.parent === null && allowsNavigation(frame.url)
}
