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

/** May the page load this address? Its own files, and what it holds in memory itself: nothing from any network. */
export function allowsRequest(url: string): boolean {
  return allowsNavigation(url) || /^(data|blob|devtools):/i.test(url)
}

/** May this be saved to disk? Only what the page made itself, which is how it hands over reports and pictures. */
export function allowsDownload(url: string): boolean {
  return url.startsWith(`blob:${appOrigin}/`)
}

/** What the page may do beyond drawing: put text on the clipboard when a copy button is pressed. */
export function allowsPermission(permission: string): boolean {
  return permission === 'clipboard-sanitized-write'
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

const longestRequest = 1024 * 1024

/** Is this a request that the page could have made? As in browser mode: JSON of at most a mebibyte of characters. */
export function allowsPayload(route: unknown, input: unknown): boolean {
  try {
    return JSON.stringify([route, input]).length <= longestRequest
  } catch {
    // Structured cloning carries what JSON does not: cycles and big integers.
    return false
  }
}
