import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AttuneError } from '../../preload/contract/errors.ts'
import type { Study, StudySummary } from '../../preload/contract/study.ts'
import { studySchema } from '../../preload/contract/study.ts'
import { ignoreMissing, removeAbandoned } from './atomic-write.ts'
import type { Recovery } from './durable-file.ts'
import { DurableFile } from './durable-file.ts'
import { LatestWriter } from './latest-writer.ts'
import { byNewest, summariseStudy } from './library.ts'
import type { VersionedFormat } from './versioned.ts'

/** All studies, one file each in `<data folder>/studies`. */
export interface StudyStore {
  /** The library, newest first. A study that cannot be read is left out and never hides the others. */
  list(): Promise<StudySummary[]>
  /** The studies of the library as a whole, in the same order. */
  all(): Promise<Study[]>
  /** Rejects with `notFound`, or `fileInvalid` where the file is a newer program's. */
  get(id: string): Promise<Study>
  /** Resolves once this state or a later one is on the disk. The study must not be changed afterwards. */
  save(study: Study): Promise<void>
  /** Removes the study with its backup and older copies; rejects with `notFound`. */
  delete(id: string): Promise<void>
  /** Resolves once every save is on the disk. */
  close(): Promise<void>
}

export interface StudyStoreOptions {
  dataFolder: string
  now: () => Date
  /** Told when a damaged file was found, so that the user can be told. */
  onRecovery: (recovery: Recovery) => void
}

/** How studies are stored; a new version adds a migration here and a fixture of the old one to the tests. */
export const studyFormat: VersionedFormat<Study> = { schema: studySchema, version: 1, migrations: {} }

interface OpenStudy {
  file: DurableFile<Study>
  writer: LatestWriter<Study>
}

export async function openStudyStore({ dataFolder, now, onRecovery }: StudyStoreOptions): Promise<StudyStore> {
  const folder = join(dataFolder, 'studies')
  const opened = new Map<string, OpenStudy>()
  await removeAbandoned(folder)

  function open(id: string): OpenStudy {
    if (!studySchema.shape.id.safeParse(id).success) throw notFound(id)
    const known = opened.get(id)
    if (known) return known
    const file = new DurableFile<Study>({ ...studyFormat, path: join(folder, `${id}.json`), now, onRecovery })
    const fresh = { file, writer: new LatestWriter<Study>((study) => file.write(study)) }
    opened.set(id, fresh)
    return fresh
  }

  async function read(id: string): Promise<Study> {
    const { file, writer } = open(id)
    const study = await writer.exclusive(() => file.read())
    if (study) return { ...study, id }
    throw file.newerVersion === null ? notFound(id) : newer()
  }

  async function readAll(): Promise<Study[]> {
    const studies = await Promise.all((await storedIds(folder)).map((id) => read(id).catch(() => null)))
    return studies.filter((study) => study !== null).sort(byNewest)
  }

  return {
    list: async () => (await readAll()).map(summariseStudy),
    all: readAll,
    get: read,
    save: async (study) => open(study.id).writer.write(study),
    async delete(id) {
      await read(id)
      await open(id).writer.exclusive(() => removeStudy(folder, id))
    },
    async close() {
      await Promise.all([...opened.values()].map(({ writer }) => writer.exclusive(() => Promise.resolve())))
    },
  }
}

async function removeStudy(folder: string, id: string): Promise<void> {
  const name = `${id}.json`
  const copies = (await readdir(folder)).filter((other) => other.startsWith(`${name}.`))
  // The copies first: a backup without its study would bring it back.
  for (const each of [...copies, name]) await rm(join(folder, each), { force: true })
}

/** Ids with a file or, after a write that was cut off, only a backup. */
async function storedIds(folder: string): Promise<string[]> {
  const names = (await ignoreMissing(readdir(folder))) ?? []
  const ids = names.flatMap((name) => /^([a-z0-9-]+)\.json(?:\.bak)?$/.exec(name)?.[1] ?? [])
  return [...new Set(ids)]
}

function notFound(id: string): AttuneError {
  return new AttuneError({
    code: 'notFound',
    message: `There is no study ${id}.`,
    hint: 'Choose one from the library.',
  })
}

function newer(): AttuneError {
  return new AttuneError({
    code: 'fileInvalid',
    message: 'This study was written by a newer version of Attune.',
    hint: 'Install the newest version of Attune to open it.',
  })
}
