import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import type { Recovery } from '../../../main/store/durable-file.ts'
import { openStudyStore } from '../../../main/store/study-store.ts'
import { sampleStudy } from './sample-study.ts'

let dataFolder = ''
let studies = ''
let recoveries: Recovery[] = []
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'attune-store-'))
  studies = join(dataFolder, 'studies')
  recoveries = []
})
afterEach(() => rm(dataFolder, { recursive: true, force: true }))

const open = () =>
  openStudyStore({
    dataFolder,
    now: () => new Date('2026-11-21T09:00:00.000Z'),
    onRecovery: (recovery) => recoveries.push(recovery),
  })

describe('saving and reading', () => {
  test('a saved study is read back by the next opening as it was', async () => {
    const store = await open()
    await store.save(sampleStudy())
    expect(await (await open()).get('study-0001')).toEqual(sampleStudy())
    expect(await readdir(studies)).toEqual(['study-0001.json'])
  })

  test('of saves made at once the last wins', async () => {
    const store = await open()
    await Promise.all([1, 2, 3, 4, 5].map((activeSeconds) => store.save(sampleStudy({ activeSeconds }))))
    expect((await (await open()).get('study-0001')).activeSeconds).toBe(5)
  })

  test('reading after a save that was not awaited sees the saved state', async () => {
    const store = await open()
    const saving = store.save(sampleStudy({ state: 'finished' }))
    expect((await store.get('study-0001')).state).toBe('finished')
    await saving
  })

  test('asking for a study while it is first saved disturbs nothing', async () => {
    const store = await open()
    const asking = store.get('study-0001').catch(() => null)
    await Promise.all([asking, store.save(sampleStudy()), store.save(sampleStudy({ activeSeconds: 4 }))])
    expect(await store.get('study-0001')).toMatchObject({ activeSeconds: 4 })
  })

  test('closing waits until everything is on the disk', async () => {
    const store = await open()
    const saving = store.save(sampleStudy({ activeSeconds: 9 }))
    await store.close()
    expect(JSON.parse(await readFile(join(studies, 'study-0001.json'), 'utf8'))).toMatchObject({ activeSeconds: 9 })
    await saving
  })

  test.each(['study-9999', '../../etc/passwd', '', 'STUDY-0001'])('there is no study %j', async (id) => {
    await expect((await open()).get(id)).rejects.toMatchObject({ code: 'notFound' })
  })

  test('a study of version 1 is read forever', async () => {
    await cp(join(import.meta.dirname, '../../fixtures/studies-v1'), studies, { recursive: true })
    expect(await (await open()).get('study-0001')).toEqual(sampleStudy())
  })

  test('what writers left behind when they were killed is cleared away', async () => {
    await mkdir(studies, { recursive: true })
    await writeFile(join(studies, 'study-0001.json.4194305.tmp'), '{')
    await writeFile(join(studies, `study-0001.json.${process.pid}.tmp`), '{')
    await open()
    expect(await readdir(studies)).toEqual([`study-0001.json.${process.pid}.tmp`])
  })
})

describe('the library', () => {
  test('no studies are an empty list', async () => {
    expect(await (await open()).list()).toEqual([])
  })

  test('lists the newest first, with the tags that are still there', async () => {
    const store = await open()
    const certificate = {
      configuration: { ...automatic, num_thread: 4 },
      registeredAt: '2026-11-21T08:10:00.000Z',
      promised: { decodeTokensPerSecond: 20, turnSeconds: 7 },
      measured: null,
      promiseKept: null,
    }
    const certificates = [
      { ...certificate, tag: 'kept', undoneAt: null },
      { ...certificate, tag: 'undone', undoneAt: '2026-11-21T08:11:00.000Z' },
    ]
    await store.save(sampleStudy({ id: 'study-old1', createdAt: '2026-11-20T08:00:00.000Z' }))
    await store.save(sampleStudy({ id: 'study-new1', createdAt: '2026-11-22T08:00:00.000Z', certificates }))
    const list = await store.list()
    expect(list.map(({ id, tags }) => [id, tags])).toEqual([
      ['study-new1', ['kept']],
      ['study-old1', []],
    ])
    expect(list[1]).toMatchObject({ goal: 'chat', trialCount: 1, verdict: null, model: { name: 'llama3.2:3b' } })
  })

  test('broken, newer and foreign files never hide the other studies', async () => {
    const store = await open()
    await store.save(sampleStudy())
    await writeFile(join(studies, 'study-brok.json'), '{"schemaVersion":1,"id":')
    await writeFile(join(studies, 'study-newr.json'), '{"schemaVersion":99}')
    await writeFile(join(studies, 'notes.txt'), 'mine')
    await mkdir(join(studies, 'study-fold.json'))
    expect((await store.list()).map(({ id }) => id)).toEqual(['study-0001'])
    expect(recoveries).toMatchObject([{ kind: 'lost', path: join(studies, 'study-brok.json') }])
    await expect(store.get('study-newr')).rejects.toMatchObject({ code: 'fileInvalid' })
  })

  test('a damaged study comes back from its backup', async () => {
    const store = await open()
    await store.save(sampleStudy({ activeSeconds: 1 }))
    await store.save(sampleStudy({ activeSeconds: 2 }))
    await writeFile(join(studies, 'study-0001.json'), 'zap')
    expect(await (await open()).list()).toMatchObject([{ activeSeconds: 1 }])
    expect(recoveries).toMatchObject([{ kind: 'restored' }])
  })
})

describe('deleting', () => {
  test('removes the study and every copy of it, and leaves its neighbours', async () => {
    const store = await open()
    await store.save(sampleStudy())
    await store.save(sampleStudy({ activeSeconds: 70 }))
    await store.save(sampleStudy({ id: 'study-00011' }))
    await store.delete('study-0001')
    expect(await readdir(studies)).toEqual(['study-00011.json'])
    await expect(store.get('study-0001')).rejects.toMatchObject({ code: 'notFound' })
  })

  test('a deleted study can be saved anew', async () => {
    const store = await open()
    await store.save(sampleStudy())
    await store.delete('study-0001')
    await store.save(sampleStudy({ activeSeconds: 3 }))
    expect(await (await open()).get('study-0001')).toMatchObject({ activeSeconds: 3 })
    expect(await readdir(studies)).toEqual(['study-0001.json'])
  })

  test('an unknown study cannot be deleted', async () => {
    await expect((await open()).delete('study-9999')).rejects.toMatchObject({ code: 'notFound' })
  })
})
