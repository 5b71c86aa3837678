import { spawn } from 'node:child_process'
import { access } from 'node:fs/promises'
import { homedir, hostname, networkInterfaces } from 'node:os'
import type { DaemonKind, DaemonStatus } from '../../preload/contract/daemon.ts'
import type { AttuneEvent } from '../../preload/contract/events.ts'
import type { Handlers } from '../../preload/contract/routes.ts'
import type { Engine } from '../engine/launcher.ts'
import { toolLimitSeconds } from '../hardware/profile.ts'
import { realSources } from '../hardware/sources.ts'
import { blindWatch, createProcessorWatch, ollamaProcessNames } from '../measure/processor-watch.ts'
import { isLocalUrl } from '../ollama/address.ts'
import { createDaemonClient } from '../ollama/client.ts'
import { systemClock } from '../ollama/clock.ts'
import type { Daemon } from '../ollama/daemon.ts'
import { newestFeatures } from '../ollama/features.ts'
import { daemonUrl, findDaemon, type LocateOptions } from '../ollama/locate.ts'
import type { LaunchOptions } from '../ollama/private/launcher.ts'
import { findPrivatePlace } from '../ollama/private/place.ts'
import { startDaemon } from '../ollama/start.ts'
import type { DaemonPlace, StudyDaemon } from '../study/prepare.ts'
import { watchesOf } from './own-computer.ts'

/** The two daemons as the rest of the program sees them. */
export interface Daemons {
  /** Ollama's client, or the built-in engine's after starting it. */
  clientFor(kind: DaemonKind): Promise<Daemon>
  ollamaStatus(): Promise<DaemonStatus>
  /** The same with what measuring needs to know of its whereabouts. */
  studyDaemonFor(place: DaemonPlace): Promise<StudyDaemon>
}

interface DaemonsOptions {
  engine: Engine
  /** Notes a process that has to be ended, so that it is even after a crash. */
  noteProcess: LaunchOptions['note']
  startProcess: LaunchOptions['startProcess']
  /** Address from the command line or the settings, asked anew each time; null: `OLLAMA_HOST`, else the default. */
  configuredUrl: () => string | null
  /** The address from the command line alone: it comes before that of a study, too. */
  namedUrl: () => string | undefined
}

export function createDaemons(options: DaemonsOptions): Daemons {
  const { engine, noteProcess, startProcess, configuredUrl, namedUrl } = options
  const located = (studied?: string) => locateOptions(namedUrl() ?? studied ?? configuredUrl())
  const watches = watchesOf(process.platform)

  async function clientFor(kind: DaemonKind, studied?: string): Promise<Daemon> {
    const url = kind === 'ollama' ? daemonUrl(located(studied)) : await engine.start()
    return createDaemonClient({ kind, url })
  }

  return {
    ollamaStatus: () => findDaemon(located()),
    clientFor: (kind) => clientFor(kind),
    async studyDaemonFor({ kind, url }) {
      const daemon = await clientFor(kind, url)
      if (kind === 'builtIn') {
        const processorWatch = createProcessorWatch(() => ({ names: [], rootPid: engine.pid }))
        return { daemon, isLocal: true, processorWatch, ...watches }
      }
      const isLocal = isLocalUrl(daemon.url, located(url).ownAddresses)
      const ollamaWatch = createProcessorWatch(() => ({ names: ollamaProcessNames, rootPid: null }))
      if (!isLocal) return { daemon, isLocal, processorWatch: blindWatch }
      const findPlace = () =>
        findPrivatePlace({
          ...located(url),
          ...realSources(toolLimitSeconds),
          usual: daemon,
          note: noteProcess,
          startProcess,
          clock: systemClock,
        })
      return { daemon, isLocal, processorWatch: ollamaWatch, ...watches, findPlace }
    },
  }
}

function locateOptions(configuredUrl: string | null): LocateOptions {
  const interfaces = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return {
    configuredUrl,
    platform: process.platform,
    env: process.env,
    homeFolder: homedir(),
    exists: (path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ownAddresses: [hostname(), ...interfaces.map(({ address }) => address)],
  }
}

interface DaemonHandlersOptions extends Pick<DaemonsOptions, 'engine' | 'configuredUrl'> {
  daemons: Daemons
  emit: (event: AttuneEvent) => void
}

export function daemonHandlers(options: DaemonHandlersOptions): Pick<Handlers, 'daemon.status' | 'daemon.start'> {
  const { daemons, engine, configuredUrl, emit } = options
  return {
    'daemon.status': async () => ({ ollama: await daemons.ollamaStatus(), builtIn: engineStatus(engine) }),
    async 'daemon.start'() {
      const status = await startDaemon({ ...locateOptions(configuredUrl()), spawn, clock: systemClock })
      emit({ type: 'daemon.changed', status })
      return status
    },
  }
}

/** The engine is part of Attune and starts when it is first needed: not running is nothing to worry about. */
function engineStatus(engine: Engine): DaemonStatus {
  return {
    kind: 'builtIn',
    state: engine.url === null ? 'stopped' : 'running',
    url: engine.url ?? 'http://127.0.0.1',
    isLocal: true,
    version: null,
    features: newestFeatures,
    problem: null,
  }
}
