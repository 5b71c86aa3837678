import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStudyStore } from '../../../main/store/study-store.ts'
import { sampleStudy } from './sample-study.ts'

let dataFolder = ''
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'attune-store-'))
})
afterEach(() => rm(dataFolder, { recursive: true, force: true }))

const open = () => openStudyStore({ dataFolder, now: () => new Date(), onRecovery: () => undefined })

test('a saved study is read back by another process as it was', async () => {
  const store = await open()
  await store.save(sampleStudy())
  await store.close()
  expect(await (await open()).get('study-0001')).toEqual(sampleStudy())
  expect(await readdir(join(dataFolder, 'studies'))).toEqual(['study-0001.json'])
})
