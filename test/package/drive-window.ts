/**
 * Starts a bundle's main as the window door, with the stub in Electron's place, plays its page, and prints what came
 * of it as JSON: `node --import electron-hooks.ts drive-window.ts <main file>`.
 */
import { pathToFileURL } from 'node:url'
import { setTimeout as delay } from 'node:timers/promises'
import * as electron from '../stubs/electron.ts'

const [mainFile = ''] = process.argv.splice(2)
const ownFrame = { url: 'app://attune/', parent: null }
const ask = (route: string, input: unknown) =>
  electron.ipcMain.handlers.get('attune:request')?.({ senderFrame: ownFrame }, route, input)
const serve = async (path: string) => {
  const response = await electron.protocol.handlers.get('app')?.(new Request(`app://attune${path}`))
  return { status: response?.status, text: (await response?.text()) ?? '' }
}

await import(pathToFileURL(mainFile).href)
while (electron.BrowserWindow.opened[0]?.shown !== true) await delay(20)
const page = await serve('/')
const script = /src="\.?(\/[^"]+\.js)"/.exec(page.text)?.[1] ?? 'none'
/** One token of the practice model, for which the engine loads llama.cpp. */
async function generate(): Promise<number> {
  const status = (await ask('daemon.status', {})) as { data: { builtIn: { url: string } } }
  const response = await fetch(`${status.data.builtIn.url}/api/generate`, {
    method: 'POST',
    body: JSON.stringify({ model: 'practice', prompt: 'a', stream: false, options: { num_predict: 1, num_ctx: 256 } }),
  })
  return response.status
}

const result = {
  isSandboxed: electron.app.isSandboxed,
  url: electron.BrowserWindow.opened[0].url,
  menu: electron.Menu.shown.length,
  info: await ask('app.info', {}),
  // Starts the engine, as a utility process.
  practice: await ask('model.preparePractice', {}),
  generated: await generate(),
  page: { status: page.status, hasNonce: page.text.includes('__CSP_NONCE__') },
  script: (await serve(script)).status,
  outside: (await serve('/..%2f..%2fpackage.json')).status,
}
electron.app.quit()
while (!electron.app.hasQuit) await delay(20)
process.stdout.write(JSON.stringify(result))
process.exit()
