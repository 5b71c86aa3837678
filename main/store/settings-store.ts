import { join } from 'node:path'
import { Low } from 'lowdb'
import type { RouteInput } from '../../preload/contract/routes.ts'
import type { Settings } from '../../preload/contract/settings.ts'
import { settingsSchema } from '../../preload/contract/settings.ts'
import { removeAbandoned } from './atomic-write.ts'
import type { Recovery } from './durable-file.ts'
import { DurableFile } from './durable-file.ts'
import { LatestWriter } from './latest-writer.ts'
import type { VersionedFormat } from './versioned.ts'

/** What the user set, in `<data folder>/settings.json`. */
export interface SettingsStore {
  get(): Settings
  /** Resolves with the new settings once they are on the disk; rejects with `storeUnwritable`, nothing changed. */
  set(change: RouteInput<'settings.set'>): Promise<Settings>
}

export interface SettingsStoreOptions {
  dataFolder: string
  now: () => Date
  onRecovery: (recovery: Recovery) => void
}

const defaultSettings: Settings = { schemaVersion: 1, colorScheme: 'auto', language: 'system', ollamaUrl: null }

const settingsFormat: VersionedFormat<Settings> = { schema: settingsSchema, version: 1, migrations: {} }

export async function openSettingsStore(options: SettingsStoreOptions): Promise<SettingsStore> {
  await removeAbandoned(options.dataFolder)
  const file = new DurableFile({ ...options, ...settingsFormat, path: join(options.dataFolder, 'settings.json') })
  const low = new Low<Settings>(file, defaultSettings)
  await low.read()
  const queue = new LatestWriter<Settings>(() => low.write())

  return {
    get: () => low.data,
    set: (change) =>
      queue.exclusive(async () => {
        const before = low.data
        const { colorScheme = before.colorScheme, language = before.language, ollamaUrl = before.ollamaUrl } = change
        const { remoteComputer = before.remoteComputer } = change
        const told = remoteComputer === undefined ? {} : { remoteComputer }
        low.data = { ...before, colorScheme, language, ollamaUrl, ...told }
        try {
          await low.write()
        } catch (error) {
          low.data = before
          throw error
        }
        return low.data
      }),
  }
}
