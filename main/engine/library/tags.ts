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

/** The tags, held in memory and written through to one file each. */
export interface Library {
  list(): Tag[]
  /** Names are compared without case, as in Ollama. */
  find(name: string): Tag | undefined
  /** Adds the tag or overwrites the one of that name. Rejects with `storeUnwritable`. */
  save(tag: Tag): Promise<void>
  /** Rejects with `storeUnwritable`. */
  remove(tag: Tag): Promise<void>
}

/** Reads the library in `folder`, making the folder if need be. Files that are not tags are left alone and not listed. */
export async function openLibrary(folder: string): Promise<Library> {
  const tags = new Map<string, Tag>()
  await guard(folder, () => mkdir(folder, { recursive: true }))
  for (const file of await readdir(folder)) {
    const tag = file.endsWith('.json') ? await readTag(join(folder, file)) : null
    if (tag !== null) tags.set(key(tag.name), tag)
  }
  return {
    list: () => [...tags.values()].sort((a, b) => b.modifiedAt.localeCompare(a.modifiedAt)),
    find: (name) => tags.get(key(name)),
    async save(tag) {
      await guard(folder, () => writeAtomically(fileOf(folder, tag.name), JSON.stringify(tag, null, 2)))
      tags.set(key(tag.name), tag)
    },
    async remove(tag) {
      await guard(folder, () => rm(fileOf(folder, tag.name), { force: true }))
      tags.delete(key(tag.name))
    },
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

function key(name: string): string {
  return name.toLowerCase()
}

function fileOf(folder: string, name: string): string {
  return join(folder, `${encodeURIComponent(key(name))}.json`)
}

async function readTag(path: string): Promise<Tag | null> {
  try {
    return tagSchema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch {
    return null
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
