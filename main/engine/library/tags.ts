import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { AttuneError } from '../../../preload/contract/errors.ts'
import { ggufSummarySchema } from './gguf-file.ts'

/** A model tag: a name for a GGUF file together with parameters. Several tags can share one file. */
export const tagSchema = z.object({
  schemaVersion: z.literal(1),
  /** Full name, `x:latest`. */
  name: z.string(),
  /** The GGUF file, which is never copied or changed. */
  path: z.string(),
  /** PARAMETERs, kept unchecked as Ollama does: they are checked when used. */
  parameters: z.record(z.string(), z.unknown()),
  system: z.string(),
  /** The tag this one was created from, '' if from a file. */
  parent: z.string(),
  modifiedAt: z.iso.datetime(),
  gguf: ggufSummarySchema,
})
export type Tag = z.infer<typeof tagSchema>

/**
 * The tags, one file each. Every call looks at the disk, so that several engines on one folder see each other's tags
 * at once, as several daemons do. All reject with `storeUnwritable` where the folder does not let them.
 */
export interface Library {
  /** Newest first. Files that are not tags are left alone and not listed. */
  list(): Promise<Tag[]>
  /** Names are compared without case, as in Ollama. */
  find(name: string): Promise<Tag | undefined>
  /** Adds the tag or overwrites the one of that name. */
  save(tag: Tag): Promise<void>
  remove(tag: Tag): Promise<void>
}

/** Opens the library in `folder`, making the folder if need be. */
export async function openLibrary(folder: string): Promise<Library> {
  await guard(folder, () => mkdir(folder, { recursive: true }))
  return {
    async list() {
      const files = (await guard(folder, () => readdir(folder))).filter((file) => file.endsWith('.json'))
      const tags = await Promise.all(files.map((file) => readTag(join(folder, file))))
      return tags.filter((tag) => tag !== undefined).sort((a, b) => b.modifiedAt.localeCompare(a.modifiedAt))
    },
    find: (name) => readTag(fileOf(folder, name)),
    save: (tag) => guard(folder, () => writeAtomically(fileOf(folder, tag.name), JSON.stringify(tag, null, 2))),
    remove: (tag) => guard(folder, () => rm(fileOf(folder, tag.name), { force: true })),
  }
}

/** What identifies the tag's content, as 64 hexadecimal digits: file, parameters and system text, not the name. */
export function tagDigest(tag: Tag): string {
  return sha256(JSON.stringify([tag.path, tag.gguf, sortedEntries(tag.parameters), tag.system]))
}

/** Stands for the file's content where Ollama names a blob; made of path and size, as files are never read whole. */
export function fileDigest(tag: Tag): string {
  return sha256(JSON.stringify([tag.path, tag.gguf.sizeBytes]))
}

function sha256(content: string): string {
  return createHash('sha256').update(content).digest('hex')
}

function sortedEntries(record: Record<string, unknown>): [string, unknown][] {
  return Object.entries(record).sort(([a], [b]) => a.localeCompare(b))
}

function fileOf(folder: string, name: string): string {
  return join(folder, `${encodeURIComponent(name.toLowerCase())}.json`)
}

async function readTag(path: string): Promise<Tag | undefined> {
  try {
    return tagSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return undefined
  }
}

async function writeAtomically(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`
  const file = await open(temporary, 'w')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, path)
}

async function guard<T>(folder: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (cause) {
    throw new AttuneError(
      {
        code: 'storeUnwritable',
        message: `The folder ${folder} cannot be written.`,
        hint: 'Check that the disk is not full and that the folder belongs to you.',
      },
      { cause },
    )
  }
}
