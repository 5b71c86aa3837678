import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRandom } from '../../../main/search/random.ts'
import { openStudyStore } from '../../../main/store/study-store.ts'
import { Child } from './child.ts'

let dataFolder = ''
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'attune-kill-'))
})
afterEach(() => rm(dataFolder, { recursive: true, force: true }))

test('a writer killed at any instant leaves the last state it reported, or the one it was writing', async () => {
  const random = createRandom(1)
  const recoveries: unknown[] = []
  let reported = 0
  for (let kill = 0; kill < 25; kill++) {
    const writer = new Child('endless-writer.ts', dataFolder, String(reported + 1))
    // Alive and writing before it is killed at an instant that has nothing to do with its steps.
    reported = Number(await writer.nextLine())
    await delay(random() * 20)
    await writer.kill()
    for (let line = await writer.nextLine(); line !== null; line = await writer.nextLine()) reported = Number(line)

    const store = await openStudyStore({ dataFolder, now: () => new Date(), onRecovery: (it) => recoveries.push(it) })
    const { activeSeconds } = await store.get('study-0001')
    expect([reported, reported + 1]).toContain(activeSeconds)
    reported = activeSeconds
    expect((await readdir(join(dataFolder, 'studies'))).filter((name) => name.endsWith('.tmp'))).toEqual([])
  }
  expect(recoveries).toEqual([])
})
