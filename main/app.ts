import { homedir } from 'node:os'
import { join } from 'node:path'
import manifest from '../package.json' with { type: 'json' }
import { AttuneError } from '../preload/contract/errors.ts'
import type { AttuneEvent } from '../preload/contract/events.ts'
import type { ModelRef } from '../preload/contract/model.ts'
import type { FolderId, Handlers, RouteInput, RouteOutput } from '../preload/contract/routes.ts'
import type { Language } from '../preload/contract/settings.ts'
import { createEngine } from './engine/launcher.ts'
import { createEngineLibrary } from './engine/library-client.ts'
import { createEventBus, type EventBus } from './event-bus.ts'
import { createDaemons, daemonHandlers } from './handlers/daemons.ts'
import { modelHandlers } from './handlers/models.ts'
import { processorLookSeconds } from './handlers/own-computer.ts'
import { studyHandlers } from './handlers/studies.ts'
import { readConditions } from './hardware/conditions/read-conditions.ts'
import { recentConditions } from './hardware/conditions/recent-conditions.ts'
import { profileMachine, toolLimitSeconds } from './hardware/profile.ts'
import { realSources } from './hardware/sources.ts'
import { computerLocale, inLanguage, supportedLanguage } from './language.ts'
import { logFolder, openLog } from './log.ts'
import { systemClock } from './ollama/clock.ts'
import { endProcessTree } from './ollama/private/process-tree.ts'
import type { StartProcess } from './processes/start.ts'
import { createRouter, type Router } from './router.ts'
import { dataFolder as platformDataFolder } from './store/data-folder.ts'
import { openProcessRecords } from './store/process-records.ts'
import { openSettingsStore } from './store/settings-store.ts'
import { acquireStudyLock } from './store/study-lock.ts'
import { openStudyStore, type StudyStore } from './store/study-store.ts'
import { createStudyService } from './study/service.ts'

export interface AppOptions {
  shell: 'electron' | 'web' | 'cli'
  /** Address of Ollama for this run, before the settings' one; asked whenever it is needed. */
  ollamaUrl?: () => string | undefined
  /** For this run, before the settings' one. */
  language?: Language | undefined
  /** Starts the engine and what watches over a second Ollama. */
  startProcess: StartProcess
  /** Opens a page of the list below in the user's browser. */
  openLink: (url: string) => Promise<void>
  /** Shows one of Attune's own folders in the system's file manager. */
  openFolder: (path: string) => Promise<void>
  /** Where a package keeps the licences of what it carries; null or absent where there is no package. */
  licencesFolder?: string | null
}

/** The whole program behind its one door. */
export interface App {
  readonly router: Router
  readonly events: EventBus
  /** What sentences are in at the moment. */
  readonly language: () => Language
  /** Pauses a running study, ends the engine and leaves everything on disk. */
  close(): Promise<void>
}

const links: Record<RouteInput<'app.openLink'>['link'], string> = {
  ollamaDownload: 'https://ollama.com/download',
  ollamaLibrary: 'https://ollama.com/library',
}

/** Composition root: every part is built and wired here, and nowhere else. */
export async function createApp(options: AppOptions): Promise<App> {
  const {
    shell,
    ollamaUrl = () => undefined,
    language: asked,
    startProcess,
    openLink,
    openFolder,
    licencesFolder = null,
  } = options
  const dataFolder = platformDataFolder({ platform: process.platform, env: process.env, homeFolder: homedir() })
  const log = openLog(dataFolder)
  const events = createEventBus()
  const emit = (event: AttuneEvent) => events.emit(event)
  const storeOptions = {
    dataFolder,
    now: () => new Date(),
    onRecovery: (recovery: unknown) => log.warn({ recovery }, 'a damaged file was recovered'),
  }
  const [settings, store] = await Promise.all([openSettingsStore(storeOptions), openStudyStore(storeOptions)])

  const engineFolder = join(dataFolder, 'engine')
  const engine = createEngine({ dataFolder: engineFolder, startProcess })
  engine.onExit((exit) => {
    if (!exit.expected) log.error({ exit }, 'the engine ended unexpectedly')
  })
  const library = createEngineLibrary({ dataFolder: engineFolder, engine })
  const configuredUrl = () => ollamaUrl() ?? settings.get().ollamaUrl
  const processes = openProcessRecords({ dataFolder, end: endProcessTree })
  const noteProcess = (pid: number) => processes.note(pid)
  const daemons = createDaemons({ engine, noteProcess, startProcess, configuredUrl, namedUrl: ollamaUrl })

  const remoteComputer = () => settings.get().remoteComputer
  const profile = () => profileMachine(realSources(toolLimitSeconds))
  const wait = () => systemClock.sleep(processorLookSeconds)
  const look = () => readConditions(realSources(toolLimitSeconds), { diskFolder: dataFolder, wait })
  const studies = createStudyService({
    store,
    acquireLock: (daemonUrl) => acquireStudyLock({ dataFolder, daemonUrl }),
    daemonFor: (place) => daemons.studyDaemonFor(place),
    computer: { profile, conditions: recentConditions(look, () => systemClock.now()) },
    clock: systemClock,
    now: () => new Date(),
    random: Math.random,
    emit,
    reportBug: (error) => log.error({ err: error }, 'a study met a defect'),
  })
  const leftOvers = await processes.endLeftOvers()
  if (leftOvers > 0) log.warn({ leftOvers }, 'servers that a crash had left running were ended')
  await studies.recover()

  const systemLanguage = supportedLanguage(
    computerLocale(process.env, new Intl.DateTimeFormat().resolvedOptions().locale),
  )
  const language = (): Language => {
    const chosen = asked ?? settings.get().language
    return chosen === 'system' ? systemLanguage : chosen
  }

  const folders: Record<FolderId, string | null> = {
    data: dataFolder,
    logs: logFolder(dataFolder),
    licences: licencesFolder,
  }
  const handlers: Handlers = {
    'app.info': async () => ({
      version: manifest.version,
      shell,
      dataFolder,
      runtimes: runtimesOf(process.versions),
      hasLicences: licencesFolder !== null,
    }),
    async 'app.openLink'({ link }) {
      await openLink(links[link])
      return {}
    },
    async 'app.openFolder'({ folder }) {
      const path = folders[folder]
      if (path === null) throw noLicences()
      await openFolder(path)
      return {}
    },
    'settings.get': async () => settings.get(),
    'settings.set': (change) => settings.set(change),
    'machine.profile': profile,
    ...daemonHandlers({ daemons, engine, configuredUrl, emit }),
    ...modelHandlers({ daemons, library, profile, remoteComputer, attunedTags: () => attunedTags(store), emit }),
    ...studyHandlers({
      studies,
      exporting: () => ({ version: manifest.version, language: language() }),
      remoteComputer,
    }),
  }

  const router = createRouter(handlers, (route, error) => log.error({ route, err: error }, 'a request met a defect'))
  return {
    ...inLanguage({ router, events }, language),
    language,
    async close() {
      await studies.close()
      await engine.stop()
      await store.close()
    },
  }
}

function noLicences(): AttuneError {
  return new AttuneError({
    code: 'notFound',
    message: 'Only an installed Attune carries the licences of its parts in a folder.',
    hint: 'See the folder node_modules for those of its sources.',
  })
}

/** The programs that people are asked for the versions of, where something goes wrong. */
function runtimesOf(versions: Readonly<Record<string, string | undefined>>): RouteOutput<'app.info'>['runtimes'] {
  const names = { electron: 'Electron', chrome: 'Chromium', node: 'Node' }
  return Object.entries(names).flatMap(([key, name]) => {
    const version = versions[key]
    return version === undefined ? [] : [{ name, version }]
  })
}

/** Tags that studies registered and that have not been removed again. */
async function attunedTags(store: StudyStore): Promise<ModelRef[]> {
  const summaries = await store.list()
  return summaries.flatMap(({ model, tags }) => tags.map((name) => ({ daemon: model.daemon, name })))
}
