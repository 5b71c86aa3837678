import open from 'open'
import type { App } from '../../app.ts'
import { startWebHost } from './host.ts'

/** Tried first, so that a page left open finds its host again after a restart. */
const preferredPort = 4774

export interface BrowserModeOptions {
  attune: App
  rendererFolder: string
  opensBrowser: boolean
  /** Prints a line for the person at the terminal. */
  print: (line: string) => void
}

/** Serves the window as a web page on this computer. Resolves once it is being served; the function returned ends it. */
export async function startBrowserMode(options: BrowserModeOptions): Promise<() => Promise<void>> {
  const { attune, rendererFolder, opensBrowser, print } = options
  const { router, events, language } = attune
  const host = await startWebHost({ router, events, language, rendererFolder, preferredPort })
  print(`Attune is ready: ${host.url}`)
  print('The address works on this computer only. Press Ctrl-C to end Attune; a running study is kept.')
  // Without a browser to open, the printed address is all that is needed.
  if (opensBrowser) await open(host.url).catch(() => undefined)
  return async () => {
    await host.close()
    await attune.close()
  }
}
