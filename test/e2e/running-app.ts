import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Settings } from '../../preload/contract/settings.ts'

/** Attune in browser mode as a user starts it, with a data folder of its own and no Ollama in reach. */
export interface RunningApp {
  readonly url: string
  readonly home: string
  readonly process: ChildProcess
  /** Ends it as Ctrl-C does. */
  close(): Promise<void>
  /** Ends it as a power cut does. */
  kill(): Promise<void>
}

export async function startApp(home: string): Promise<RunningApp> {
  // As `npm start` does: little room for young objects, of which the host makes few, saves memory for models.
  const child = spawn(process.execPath, ['--max-semi-space-size=1', 'main/start.ts', '--browser', '--no-open'], {
    // Port 9 discards: nothing answers there, so the built-in engine has to do.
    env: { ...process.env, ATTUNE_HOME: home, OLLAMA_HOST: 'http://127.0.0.1:9' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await printedUrl(child)
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
  return { url, home, process: child, close: () => end('SIGINT'), kill: () => end('SIGKILL') }
}

async function printedUrl(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('Attune has no output')
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(line)?.[0]
    if (url) return url
  }
  throw new Error('Attune ended without printing its address')
}

/** A data folder in which nothing is set but the language, whatever that of the computer is. */
export async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'attune-e2e-'))
  const settings: Settings = { schemaVersion: 1, colorScheme: 'auto', language: 'en', ollamaUrl: null }
  await writeFile(join(home, 'settings.json'), JSON.stringify(settings))
  return home
}

export function removeHome(home: string): Promise<void> {
  return rm(home, { recursive: true, force: true })
}
