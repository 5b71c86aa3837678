import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { identifyProcess } from '../../../main/store/process-identity.ts'
import { acquireStudyLock } from '../../../main/store/study-lock.ts'
import { Child } from './child.ts'

const daemonUrl = 'http://127.0.0.1:11434'
let dataFolder = ''
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'attune-lock-'))
})
afterEach(() => rm(dataFolder, { recursive: true, force: true }))

const acquire = (url = daemonUrl) => acquireStudyLock({ dataFolder, daemonUrl: url })
const locks = () => readdir(join(dataFolder, 'locks'))

describe('within one process', () => {
  test('a second study on the same daemon is refused until the first is over', async () => {
    const lock = await acquire()
    await expect(acquire()).rejects.toMatchObject({ code: 'studyRunning' })
    await lock.release()
    await (await acquire()).release()
    expect(await locks()).toEqual([])
  })

  test('different daemons do not wait for each other, spellings of one address do', async () => {
    await acquire()
    await acquire('http://127.0.0.1:11500')
    await expect(acquire('http://localhost:11434/')).rejects.toMatchObject({ code: 'studyRunning' })
  })

  test('releasing twice does not release the lock of the next study', async () => {
    const first = await acquire()
    await first.release()
    await acquire()
    await first.release()
    await expect(acquire()).rejects.toMatchObject({ code: 'studyRunning' })
  })

  test('of many that ask at the same moment exactly one gets it', async () => {
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => acquire()))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await locks()).toHaveLength(1)
  })

  test('a damaged lock holds nobody up', async () => {
    await (await acquire()).release()
    await acquire()
    const [name = ''] = await locks()
    await writeFile(join(dataFolder, 'locks', name), 'zap')
    await acquire()
    expect(await locks()).toEqual([name])
  })

  test('a takeover that was cut off does not keep others from it', async () => {
    await (await acquire()).release()
    await acquire()
    const [name = ''] = await locks()
    await writeFile(join(dataFolder, 'locks', name), 'zap')
    const claim = `${name}.${createHash('sha256').update('zap').digest('hex').slice(0, 16)}.claim`
    await writeFile(
      join(dataFolder, 'locks', claim),
      JSON.stringify({ pid: 2 ** 22 + 1, startedAt: null, url: daemonUrl }),
    )
    await acquire()
    expect(await locks()).toEqual([name])
  })

  test('a process id that was given to another process since does not count', async () => {
    const lock = await acquireStudyLock({
      dataFolder,
      daemonUrl,
      identify: () => Promise.resolve({ kind: 'alive', startedAt: 'long ago' }),
    })
    await acquire()
    await lock.release()
    await expect(acquire()).rejects.toMatchObject({ code: 'studyRunning' })
  })

  test('a folder that cannot be written is told with a next step', async () => {
    await writeFile(join(dataFolder, 'locks'), 'a file where the folder should be')
    await expect(acquire()).rejects.toMatchObject({ code: 'storeUnwritable' })
  })
})

describe('across processes', () => {
  test('the lock of a living process is respected and that of a killed one is taken over', async () => {
    const holder = new Child('lock-holder.ts', dataFolder, daemonUrl)
    expect(await holder.nextLine()).toBe('held')
    await expect(acquire()).rejects.toMatchObject({ code: 'studyRunning' })
    await holder.kill()
    await acquire()
    const other = new Child('lock-holder.ts', dataFolder, daemonUrl)
    expect(await other.nextLine()).toBe('studyRunning')
    await other.finish()
  })

  test('several that find a stale lock at the same moment do not both take it over', async () => {
    await mkdir(join(dataFolder, 'locks'), { recursive: true })
    const dead = new Child('lock-holder.ts', dataFolder, daemonUrl)
    await dead.nextLine()
    await dead.kill()
    const children = Array.from({ length: 4 }, () => new Child('lock-holder.ts', dataFolder, daemonUrl))
    const answers = await Promise.all(children.map((child) => child.nextLine()))
    expect(answers.filter((answer) => answer === 'held')).toHaveLength(1)
    expect(answers.filter((answer) => answer === 'studyRunning')).toHaveLength(3)
    await Promise.all(children.map((child) => child.finish()))
    expect(await locks()).toEqual([])
  })
})

test('a process is recognised as the same later on, and one that does not exist is gone', async () => {
  const own = await identifyProcess(process.pid)
  expect(own).toMatchObject({ kind: 'alive' })
  expect(await identifyProcess(process.pid)).toEqual(own)
  expect(await identifyProcess(2 ** 22 + 1)).toEqual({ kind: 'gone' })
})
