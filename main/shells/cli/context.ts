import { createApp, type App } from '../../app.ts'
import type { Language } from '../../../preload/contract/settings.ts'
import type { Api } from '../../../preload/contract/routes.ts'
import { AttuneError } from '../../../preload/contract/errors.ts'
import { translated } from '../../words/translated.ts'
import { createClient } from '../client.ts'
import { ownProcesses } from '../own-processes.ts'
import { createCliText, type CliText } from './format.ts'
import type { Terminal } from './terminal.ts'

/** What every command works with. */
export interface Context {
  attune: App
  api: Api
  terminal: Terminal
  text: CliText
}

/**
 * Runs one command on a freshly composed program and closes it again, whatever happens. What the command throws for
 * people speaks their language.
 */
export async function withApp<T>(
  options: { host: () => string | undefined; language?: Language | undefined; terminal: Terminal },
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
    const text = createCliText(attune.language())
    return await command({ attune, api: createClient(attune.router), terminal: options.terminal, text })
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error
    throw new AttuneError(translated(error.report(), attune.language()), { cause: error })
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
