import { createApp, type App } from '../../app.ts'
import type { Language } from '../../../preload/contract/settings.ts'
import type { Api } from '../../../preload/contract/routes.ts'
import { createClient } from '../client.ts'
import { ownProcesses } from '../own-processes.ts'
import type { Terminal } from './terminal.ts'

/** What every command works with. */
export interface Context {
  attune: App
  api: Api
  terminal: Terminal
}

/** Runs one command on a freshly composed program and closes it again, whatever happens. */
export async function withApp<T>(
  options: { host?: string | undefined; language?: Language | undefined; terminal: Terminal },
  command: (context: Context) => Promise<T>,
): Promise<T> {
  const attune = await createApp({
    shell: 'cli',
    ollamaUrl: options.host,
    language: options.language,
    startProcess: await ownProcesses(),
    openLink: opensNothing,
    openFolder: opensNothing,
  })
  try {
    return await command({ attune, api: createClient(attune.router), terminal: options.terminal })
  } finally {
    await attune.close()
  }
}

const opensNothing = () => Promise.reject(new Error('The command line opens nothing'))

export function printLine({ terminal }: Context, text: string): void {
  terminal.out.write(`${text}\n`)
}

export function printJson({ terminal }: Context, document: unknown): void {
  terminal.out.write(`${JSON.stringify(document, null, 2)}\n`)
}
