import { join } from 'node:path'
import { DurableFile } from '../../store/durable-file.ts'
import { LatestWriter } from '../../store/latest-writer.ts'
import { windowPlaceSchema, type WindowPlace } from './window-place.ts'

/** The place of the window over restarts, in `<data folder>/window.json`. */
export interface WindowMemory {
  get(): WindowPlace
  /** A place that cannot be written is forgotten: that the window opens elsewhere is no reason to trouble anybody. */
  set(place: WindowPlace): void
  /** Resolves once what was set is on the disk. */
  written(): Promise<void>
}

const unknownPlace: WindowPlace = { schemaVersion: 1, bounds: null, isMaximised: false }

export async function openWindowMemory(dataFolder: string): Promise<WindowMemory> {
  const file = new DurableFile<WindowPlace>({
    path: join(dataFolder, 'window.json'),
    schema: windowPlaceSchema,
    version: 1,
    migrations: {},
    now: () => new Date(),
    onRecovery: () => undefined,
  })
  let place = (await file.read().catch(() => null)) ?? unknownPlace
  let written = Promise.resolve()
  const writer = new LatestWriter<WindowPlace>((latest) => file.write(latest))
  return {
    get: () => place,
    set(next) {
      place = next
      written = writer.write(next).catch(() => undefined)
    },
    written: () => written,
  }
}
