import open from 'open'
import { createApp } from '../../app.ts'
import { ownProcesses } from '../own-processes.ts'
import { startWebHost } from './host.ts'

/** Tried first, so that a page left open finds its host again after a restart. */
const preferredPort = 4774

export interface BrowserModeOptions {
  rendererFolder: string
  opensBrowser: boolean
}

/** Serves the window as a web page on this computer, until the program is told to end. Resolves once it is served. */
export async function runBrowserMode({ rendererFolder, opensBrowser }: BrowserModeOptions): Promise<void> {
  const show = async (urlOrPath: string) => void (await open(urlOrPath))
  const startProcess = await ownProcesses()
  const attune = await createApp({ shell: 'web', startProcess, openLink: show, openFolder: show })
  const { router, events, language } = attune
  const host = await startWebHost({ router, events, language, rendererFolder, preferredPort })
  print(`Attune is ready: ${host.url}`)
  print('The address works on this computer only. Press Ctrl-C to end Attune; a running study is kept.')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      const closed = host.close().then(() => attune.close())
      void closed.finally(() => process.exit(0))
    })
  }
  // Without a browser to open, the printed address is all that is needed.
  if (opensBrowser) await open(host.url).catch(() => undefined)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
