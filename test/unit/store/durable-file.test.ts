import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Recovery } from '../../../main/store/durable-file.ts'
import { DurableFile } from '../../../main/store/durable-file.ts'

const schema = z.object({ schemaVersion: z.literal(2), value: z.number() })
type Data = z.infer<typeof schema>

let folder = ''
let path = ''
let recoveries: Recovery[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attune-file-'))
  path = join(folder, 'data.json')
  recoveries = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function open(): DurableFile<Data> {
  return new DurableFile<Data>({
    path,
    schema,
    version: 2,
    migrations: { 1: ({ amount }) => ({ value: amount }) },
    now: () => new Date('2026-11-21T08:00:00.123Z'),
    onRecovery: (recovery) => recoveries.push(recovery),
  })
}

const data = (value: number): Data => ({ schemaVersion: 2, value })
const stored = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, 'utf8'))

describe('writing', () => {
  test('a missing file reads as null without a word', async () => {
    expect(await open().read()).toBeNull()
    expect(recoveries).toEqual([])
  })

  test('folders are made as needed, and nothing but the file is left in them', async () => {
    path = join(folder, 'deep', 'er', 'data.json')
    await open().write(data(1))
    expect(await readdir(join(folder, 'deep', 'er'))).toEqual(['data.json'])
  })

  test('the state before the last write is kept beside it', async () => {
    const file = open()
    await file.write(data(1))
    await file.write(data(2))
    expect(await stored(path)).toEqual(data(2))
    expect(await stored(`${path}.bak`)).toEqual(data(1))
  })

  test('a file that cannot be written rejects with a next step and leaves the old state', async () => {
    const file = open()
    await file.write(data(1))
    await rm(folder, { recursive: true })
    await writeFile(folder, 'a file where the folder was')
    await expect(file.write(data(2))).rejects.toMatchObject({
      code: 'storeUnwritable',
      hint: expect.stringContaining(folder),
    })
  })

  test('data that does not fit the schema is refused and the old state stays', async () => {
    const file = open()
    await file.write(data(1))
    await expect(file.write(data(Number.NaN))).rejects.toThrow(/does not fit/)
    expect(await open().read()).toEqual(data(1))
  })
})

describe('recovering', () => {
  test('a damaged file is set aside and the backup takes its place', async () => {
    const file = open()
    await file.write(data(1))
    await file.write(data(2))
    await writeFile(path, '{"schemaVersion":2,"val')
    expect(await open().read()).toEqual(data(1))
    const movedTo = `${path}.corrupt-2026-11-21T08-00-00-123Z`
    expect(recoveries).toEqual([{ path, kind: 'restored', movedTo }])
    expect(await readFile(movedTo, 'utf8')).toBe('{"schemaVersion":2,"val')
  })

  test('a damaged file without a backup reads as null and says that data was lost', async () => {
    await writeFile(path, 'nonsense')
    expect(await open().read()).toBeNull()
    expect(recoveries).toMatchObject([{ kind: 'lost' }])
  })

  test('a write cut off between its two renames reads as the old state', async () => {
    const file = open()
    await file.write(data(1))
    await file.write(data(2))
    await rm(path)
    expect(await open().read()).toEqual(data(1))
    expect(recoveries).toEqual([])
  })

  test('writing without reading first does not put a damaged file in the place of a good backup', async () => {
    const file = open()
    await file.write(data(1))
    await file.write(data(2))
    await writeFile(path, 'nonsense')
    await open().write(data(3))
    expect(await stored(path)).toEqual(data(3))
    expect(await stored(`${path}.bak`)).toEqual(data(1))
  })

  test('whatever bytes the file holds, reading does not throw, and the backup survives reading and writing', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((text) => Buffer.from(text)),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        await writeFile(`${path}.bak`, JSON.stringify(data(7)))
        await writeFile(path, content)
        const file = open()
        expect(await file.read()).toEqual(data(7))
        expect(await stored(`${path}.bak`)).toEqual(data(7))
        await file.write(data(8))
        expect(await stored(`${path}.bak`)).toEqual(data(7))
        expect(await open().read()).toEqual(data(8))
      }),
      { seed: 1, numRuns: 60 },
    )
  })

  test('a folder where the file should be is told as a file that cannot be read', async () => {
    path = folder
    await expect(open().read()).rejects.toMatchObject({ code: 'fileInvalid' })
  })
})

describe('versions', () => {
  test('an old version is read as the current one and copied, dated, before it is overwritten', async () => {
    await writeFile(path, '{"schemaVersion":1,"amount":5}')
    const file = open()
    expect(await file.read()).toEqual(data(5))
    expect(await readdir(folder)).toEqual(['data.json'])
    await file.write(data(6))
    expect(await stored(`${path}.v1-2026-11-21T08-00-00-123Z`)).toEqual({ schemaVersion: 1, amount: 5 })
    await file.write(data(7))
    expect((await readdir(folder)).filter((name) => name.includes('.v1-'))).toHaveLength(1)
  })

  test('a newer version is neither read nor overwritten', async () => {
    const newer = '{"schemaVersion":3,"values":[1]}'
    await writeFile(path, newer)
    const file = open()
    expect(await file.read()).toBeNull()
    expect(file.newerVersion).toBe(3)
    await expect(file.write(data(1))).rejects.toMatchObject({
      code: 'storeUnwritable',
      hint: expect.stringMatching(/newest/),
    })
    expect(await readFile(path, 'utf8')).toBe(newer)
    expect(existsSync(`${path}.bak`)).toBe(false)
  })
})
