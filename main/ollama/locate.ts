import path from 'node:path'
import type { DaemonStatus } from '../../preload/contract/daemon.ts'
import { AttuneError } from '../../preload/contract/errors.ts'
import { isLocalUrl, urlOfHost } from './address.ts'
import { createDaemonClient } from './client.ts'
import { newestFeatures } from './features.ts'
import type { Fetch } from './http/call.ts'

/** What of the computer decides where Ollama is; given from outside, so that tests can describe any computer. */
export interface Surroundings {
  platform: NodeJS.Platform
  env: Readonly<Record<string, string | undefined>>
  homeFolder: string
  /** Whether a file or folder exists and may be used. */
  exists: (path: string) => boolean | Promise<boolean>
  /** Addresses of this computer's network interfaces, and its host name. */
  ownAddresses: readonly string[]
}

export interface LocateOptions extends Surroundings {
  /** Address from the settings; null: `OLLAMA_HOST`, else the default. */
  configuredUrl: string | null
  fetch?: Fetch
  /** So long may a daemon take to tell its version. */
  answerSeconds?: number
}

/** How Ollama can be started here. */
export type Installation =
  /** A desktop application that keeps the server running and has an icon of its own. */
  | { kind: 'app'; path: string }
  /** A system service under Linux. */
  | { kind: 'service'; path: string }
  /** The bare program. */
  | { kind: 'program'; path: string }

export function daemonUrl({ configuredUrl, env }: Pick<LocateOptions, 'configuredUrl' | 'env'>): string {
  return urlOfHost(configuredUrl ?? env['OLLAMA_HOST'])
}

/** Whether Ollama runs, and if not, why not and what to do. What is wrong with the daemon is told, never thrown. */
export async function findDaemon(options: LocateOptions): Promise<DaemonStatus> {
  const url = daemonUrl(options)
  const isLocal = isLocalUrl(url, options.ownAddresses)
  const status = { kind: 'ollama', url, isLocal, version: null, features: newestFeatures } as const
  const client = createDaemonClient({
    kind: 'ollama',
    url,
    ...(options.fetch ? { fetch: options.fetch } : {}),
    patience: { answerSeconds: options.answerSeconds ?? 5 },
  })
  try {
    const { version, features } = await client.version()
    return {
      ...status,
      state: 'running',
      version,
      features,
      problem: features.reportsContextLength ? null : oldProblem,
    }
  } catch (error) {
    if (!(error instanceof AttuneError)) throw error
    const { code, message, hint } = error
    if (code !== 'daemonUnreachable' || !isLocal) return { ...status, state: 'unreachable', problem: { message, hint } }
  }
  const installation = await findInstallation(options)
  return installation
    ? { ...status, state: 'stopped', problem: stoppedProblem }
    : { ...status, state: 'missing', problem: missingProblem }
}

/** Older than the first version whose word about a load can be checked; those lack all that came later as well. */
const oldProblem = {
  message:
    'This Ollama is too old: it does not tell with how much context it loads a model, uses no flash attention by itself and does not choose how many tokens it reads at once.',
  hint: 'Update it to version 0.10 or newer; until then studies run, but less can be checked.',
}
const stoppedProblem = { message: 'Ollama is installed but does not run.', hint: 'Start it.' }
const missingProblem = {
  message: 'Ollama was not found on this computer.',
  hint: "Install it from ollama.com, or use Attune's built-in engine.",
}

/** Looks where Ollama's installers put it, then along the search path. Null if it is nowhere. */
export async function findInstallation(surroundings: Surroundings): Promise<Installation | null> {
  const { exists } = surroundings
  for (const candidate of candidates(surroundings)) {
    // A unit file alone starts nothing: containers often lack systemd.
    if ((await exists(candidate.path)) && (candidate.kind !== 'service' || (await exists('/run/systemd/system')))) {
      return candidate
    }
  }
  return null
}

/** Path of the bare program, which can serve beside a daemon that runs already; null if it is nowhere. */
export async function findProgram(surroundings: Surroundings): Promise<string | null> {
  const { exists, platform } = surroundings
  for (const { kind, path: place } of candidates(surroundings)) {
    const isBundle = kind === 'app' && platform === 'darwin'
    const file = isBundle ? path.posix.join(place, 'Contents/Resources/ollama') : place
    if ((kind === 'program' || isBundle) && (await exists(file))) return file
  }
  return null
}

function candidates(surroundings: Surroundings): Installation[] {
  const { platform, env, homeFolder } = surroundings
  if (platform === 'win32') {
    const { win32 } = path
    const folder = win32.join(env['LOCALAPPDATA'] ?? win32.join(homeFolder, 'AppData', 'Local'), 'Programs', 'Ollama')
    return [
      { kind: 'app', path: win32.join(folder, 'ollama app.exe') },
      program(win32.join(folder, 'ollama.exe')),
      ...onSearchPath(surroundings, win32, 'ollama.exe'),
    ]
  }
  const { posix } = path
  const places: Installation[] =
    platform === 'darwin'
      ? [
          { kind: 'app', path: '/Applications/Ollama.app' },
          { kind: 'app', path: posix.join(homeFolder, 'Applications/Ollama.app') },
          program('/opt/homebrew/bin/ollama'),
        ]
      : [
          { kind: 'service', path: '/etc/systemd/system/ollama.service' },
          { kind: 'service', path: '/usr/lib/systemd/system/ollama.service' },
          program('/usr/bin/ollama'),
          program('/bin/ollama'),
          program(posix.join(homeFolder, '.local/bin/ollama')),
        ]
  return [...places, program('/usr/local/bin/ollama'), ...onSearchPath(surroundings, posix, 'ollama')]
}

function program(file: string): Installation {
  return { kind: 'program', path: file }
}

/** Windows spells the variable as it likes. */
function onSearchPath({ env }: Surroundings, system: path.PlatformPath, file: string): Installation[] {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(system.delimiter).filter(Boolean)
  return folders.map((folder) => program(system.join(folder, file)))
}
