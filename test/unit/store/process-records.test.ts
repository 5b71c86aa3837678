import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ProcessIdentity } from '../../../main/store/process-identity.ts'
import { openProcessRecords } from '../../../main/store/process-records.ts'

/** Records on a computer with these processes, each with the time it began, this one among them. */
async function setUp() {
  const dataFolder = await mkdtemp(join(tmpdir(), 'attune-records-'))
  onTestFinished(() => rm(dataFolder, { recursive: true, force: true }))
  const processes = new Map<number, string | null>([[process.pid, 'now']])
  const ended: number[] = []
  const records = openProcessRecords({
    dataFolder,
    end: (pid) => Promise.resolve(void ended.push(pid)),
    identify: (pid): Promise<ProcessIdentity> => {
      const startedAt = processes.get(pid)
      return Promise.resolve(startedAt === undefined ? { kind: 'gone' } : { kind: 'alive', startedAt })
    },
  })
  const folder = join(dataFolder, 'processes')
  return { folder, records, processes, ended, names: () => readdir(folder) }
}

test('what a crash left running is ended once and struck off', async () => {
  const { records, processes, ended, names } = await setUp()
  processes.set(70, 'then')
  await records.note(70)
  processes.set(process.pid, 'after a crash')
  expect(await records.endLeftOvers()).toBe(1)
  expect(ended).toEqual([70])
  expect(await names()).toEqual([])
  expect(await records.endLeftOvers()).toBe(0)
})

test('what belongs to an Attune that still runs is left alone', async () => {
  const { records, processes, ended, names } = await setUp()
  processes.set(70, 'then')
  await records.note(70)
  expect(await records.endLeftOvers()).toBe(0)
  expect(ended).toEqual([])
  expect(await names()).toHaveLength(1)
})

test('another process with the same number is never ended, nor one of which nothing can be told', async () => {
  const { records, processes, ended, names } = await setUp()
  processes.set(70, 'then').set(71, null)
  await records.note(70)
  await records.note(71)
  processes.set(70, 'later').set(process.pid, 'after a crash')
  await records.endLeftOvers()
  expect(ended).toEqual([])
  expect(await names()).toEqual([])
})

test('what was ended in good order leaves no record, and what is no record is cleared away', async () => {
  const { folder, records, processes, names } = await setUp()
  processes.set(70, 'then')
  const strikeOff = await records.note(70)
  await strikeOff()
  expect(await names()).toEqual([])
  await writeFile(join(folder, 'x.json'), '{"pid":')
  expect(await records.endLeftOvers()).toBe(0)
  expect(await names()).toEqual([])
})
