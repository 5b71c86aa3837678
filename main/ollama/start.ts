import type { DaemonStatus } from '../../preload/contract/daemon.ts'
import { AttuneError } from '../../preload/contract/errors.ts'
import type { Clock } from './clock.ts'
import { findDaemon, findInstallation, type Installation, type LocateOptions } from './locate.ts'

/** A started program that goes on by itself. */
export interface StartedProgram {
  once(event: 'error', listener: (error: Error) => void): unknown
  once(event: 'exit', listener: (code: number | null) => void): unknown
  unref(): void
}

export interface SpawnOptions {
  /** Outlives Attune, and gets no signals of Attune's terminal. */
  detached: true
  /** Nothing inherited: an inherited pipe would break when Attune ends. */
  stdio: 'ignore'
  windowsHide: true
  env: Record<string, string | undefined>
}

export interface StartOptions extends LocateOptions {
  spawn: (program: string, parameters: string[], options: SpawnOptions) => StartedProgram
  clock: Clock
  /** So long may it take to answer, seconds; default 60, as an app may first ask for permission. */
  waitSeconds?: number
  signal?: AbortSignal
}

/**
 * Starts an installed Ollama the way its platform does and resolves once it answers; at once if it already does.
 * Rejects with `daemonMissing` if it is not installed, `daemonUnreachable` if it cannot be started or its address is
 * another computer's, and `timeout` if it does not answer.
 */
export async function startDaemon(options: StartOptions): Promise<DaemonStatus> {
  const { clock, signal, waitSeconds = 60 } = options
  const before = await findDaemon(options)
  if (before.state === 'running') return before
  const installation = before.state === 'stopped' ? await findInstallation(options) : null
  if (!installation) {
    const code = before.state === 'missing' ? 'daemonMissing' : 'daemonUnreachable'
    throw new AttuneError({ code, ...(before.problem ?? notStarted('it cannot be found any more')) })
  }
  const launch = launchOf(installation, options)
  const deadline = clock.now() + waitSeconds
  while (clock.now() < deadline) {
    const status = await findDaemon(options)
    if (status.state === 'running') return status
    if (launch.failure !== null) {
      const report = installation.kind === 'service' ? serviceNotStarted : notStarted(launch.failure)
      throw new AttuneError({ code: 'daemonUnreachable', ...report })
    }
    await clock.sleep(0.25, signal)
  }
  throw new AttuneError({
    code: 'timeout',
    message: `Ollama was started but does not answer after ${waitSeconds} s.`,
    hint: 'Wait a little and try again.',
  })
}

/** Starts the program and notes if it fails. */
function launchOf(installation: Installation, options: StartOptions): { failure: string | null } {
  const { program, parameters } = commandOf(installation, options.platform)
  const launch: { failure: string | null } = { failure: null }
  // A configured address is the daemon's only if the daemon is told so; from OLLAMA_HOST it knows it anyway.
  const address = options.configuredUrl === null ? {} : { OLLAMA_HOST: options.configuredUrl }
  const child = options.spawn(program, parameters, {
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
    env: { ...options.env, ...address },
  })
  child.once('error', (error) => {
    launch.failure = error.message
  })
  child.once('exit', (code) => {
    // Launchers end at once and in peace; the server itself is not meant to end.
    if (code !== 0 || installation.kind === 'program') launch.failure = `it ended at once with code ${code}`
  })
  child.unref()
  return launch
}

function commandOf(installation: Installation, platform: NodeJS.Platform): { program: string; parameters: string[] } {
  switch (installation.kind) {
    case 'program':
      return { program: installation.path, parameters: ['serve'] }
    case 'service':
      // Where a desktop runs, it asks for the password by itself.
      return { program: 'systemctl', parameters: ['start', 'ollama'] }
    case 'app':
      return platform === 'darwin'
        ? { program: 'open', parameters: ['-j', '-a', installation.path, '--args', '--fast-startup'] }
        : { program: installation.path, parameters: ['--hide', '--fast-startup'] }
  }
}

const serviceNotStarted = {
  message: 'Ollama is a system service here, and starting it needs administrator rights.',
  hint: 'Enter "sudo systemctl start ollama" in a terminal, then try again.',
}

function notStarted(detail: string) {
  return { message: `Ollama could not be started: ${detail}.`, hint: 'Start Ollama yourself, then try again.' }
}
