import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Recovery } from '../../../main/store/durable-file.ts'
import { openSettingsStore } from '../../../main/store/settings-store.ts'

let dataFolder = ''
let recoveries: Recovery[] = []
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'attune-settings-'))
  recoveries = []
})
afterEach(() => rm(dataFolder, { recursive: true, force: true }))

const open = () =>
  openSettingsStore({ dataFolder, now: () => new Date(), onRecovery: (recovery) => recoveries.push(recovery) })
const defaults = { schemaVersion: 1, colorScheme: 'auto', language: 'system', ollamaUrl: null }

test('begins with the defaults and writes nothing until something is set', async () => {
  const store = await open()
  expect(store.get()).toEqual(defaults)
  expect((await open()).get()).toEqual(defaults)
})

test('a change keeps the other settings and outlives the process', async () => {
  const store = await open()
  await store.set({ ollamaUrl: 'http://127.0.0.1:11500' })
  const changed = await store.set({ colorScheme: 'dark', ollamaUrl: undefined })
  expect(changed).toEqual({
    schemaVersion: 1,
    colorScheme: 'dark',
    language: 'system',
    ollamaUrl: 'http://127.0.0.1:11500',
  })
  expect((await open()).get()).toEqual(changed)
})

test('a setting can be taken back to null', async () => {
  const store = await open()
  await store.set({ ollamaUrl: 'http://127.0.0.1:11500' })
  expect((await store.set({ ollamaUrl: null })).ollamaUrl).toBeNull()
})

test('changes made at once all count', async () => {
  const store = await open()
  await Promise.all([store.set({ colorScheme: 'light' }), store.set({ ollamaUrl: 'http://127.0.0.1:11500' })])
  expect(store.get()).toMatchObject({ colorScheme: 'light', ollamaUrl: 'http://127.0.0.1:11500' })
})

test('damaged settings fall back to the defaults and are reported', async () => {
  await writeFile(join(dataFolder, 'settings.json'), 'zap')
  expect((await open()).get()).toEqual(defaults)
  expect(recoveries).toMatchObject([{ kind: 'lost' }])
})

test("a newer program's settings are not overwritten, and the old value stays in force", async () => {
  await writeFile(join(dataFolder, 'settings.json'), '{"schemaVersion":2}')
  const store = await open()
  await expect(store.set({ colorScheme: 'dark' })).rejects.toMatchObject({ code: 'storeUnwritable' })
  expect(store.get()).toEqual(defaults)
})
