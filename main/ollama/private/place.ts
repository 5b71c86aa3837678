import { AttuneError } from '../../../preload/contract/errors.ts'
import { createDaemonClient } from '../client.ts'
import type { Clock } from '../clock.ts'
import type { Daemon } from '../daemon.ts'
import { findInstallation, findProgram, type Installation, type Surroundings } from '../locate.ts'
import { decisiveOf, readServerEnvironment, tunableVariables } from './environment.ts'
import type { EnvironmentSources, Variables } from './environment.ts'
import { launchServer, type LaunchOptions } from './launcher.ts'
import { createPrivateDaemon, type PrivateDaemon } from './private-daemon.ts'

/** Where and how a second Ollama can run beside the user's. */
export interface PrivatePlace {
  installation: Installation['kind']
  /** The tunable variables as the user's daemon has them. */
  variables: Variables
  /** False where its environment could not be read and this program's stands for it. */
  isEnvironmentKnown: boolean
  /** A daemon that runs with these tunable variables unless it is asked for others; nothing is started yet. */
  open(variables: Variables): PrivateDaemon
}

export interface PlaceOptions extends Surroundings, EnvironmentSources, Pick<LaunchOptions, 'note' | 'startProcess'> {
  /** The user's daemon. */
  usual: Daemon
  clock: Clock
}

/** Looks how a second Ollama can be started. Rejects with `daemonMissing` where its program is not on this computer. */
export async function findPrivatePlace(options: PlaceOptions): Promise<PrivatePlace> {
  const { usual, clock, note, startProcess, env } = options
  const program = await findProgram(options)
  if (program === null) throw noProgram()
  const installation = (await findInstallation(options))?.kind ?? 'program'
  const { variables, homeFolder, isKnown } = await readServerEnvironment(usual.url, installation, options, options)
  const models = variables['OLLAMA_MODELS'] ?? (await modelsFolder(homeFolder, options))
  const environment = {
    ...without(env, Object.keys(decisiveOf(env))),
    ...without(variables, tunableVariables),
    ...(models === null ? {} : { OLLAMA_MODELS: models }),
    // It must not tidy up in a folder that is another daemon's.
    OLLAMA_NOPRUNE: '1',
  }
  return {
    installation,
    variables: Object.fromEntries(Object.entries(variables).filter(([name]) => isTunable(name))),
    isEnvironmentKnown: isKnown,
    open: (own) =>
      createPrivateDaemon({
        usual,
        variables: own,
        launch: (tunable, signal) =>
          launchServer({ program, environment: { ...environment, ...tunable }, note, startProcess, clock, signal }),
        connect: (url) => createDaemonClient({ kind: 'ollama', url, clock }),
      }),
  }
}

/** The folder of the user's daemon where it is not this user's own, which a second one would take by itself. */
async function modelsFolder(homeFolder: string | null, surroundings: Surroundings): Promise<string | null> {
  if (homeFolder === null || homeFolder === surroundings.homeFolder) return null
  const folder = `${homeFolder}/.ollama/models`
  return (await surroundings.exists(folder)) ? folder : null
}

function isTunable(name: string): boolean {
  return tunableVariables.some((variable) => variable === name)
}

function without<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)))
}

function noProgram(): AttuneError {
  return new AttuneError({
    code: 'daemonMissing',
    message: "Ollama's program was not found on this computer, so no second one can be started.",
    hint: 'Run the study without a second Ollama.',
  })
}
