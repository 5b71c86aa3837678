import { expect, test } from 'vitest'
import type { StudyRequest } from '../../../preload/contract/goal.ts'
import { startScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { freshStudy, quickChat, runToEnd, studyDaemon } from './laboratory.ts'

/** A study of `base` on a daemon that has it loaded with a context of 2048 tokens. */
async function runOverLoaded(request: StudyRequest & { seed: number }, endsBy: 'itself' | 'pause' = 'itself') {
  await using scripted = await startScriptedDaemon({ models: [{ name: 'base' }] })
  const { daemon } = studyDaemon(scripted)
  await daemon.load('base:latest', { num_ctx: 2048 }, 300)
  const start = await freshStudy(scripted, request)
  await runToEnd(scripted, start, (_, control) => (endsBy === 'pause' ? control.pause() : undefined))
  return (await daemon.listLoaded()).map(({ name, contextLength }) => ({ name, contextLength }))
}

test('a model that was loaded before a study is loaded again at its end, with the context it had', async () => {
  expect(await runOverLoaded(quickChat('base:latest'))).toEqual([{ name: 'base:latest', contextLength: 2048 }])
})

test('a model is not loaded again where that is not wished, or where the study is only paused', async () => {
  expect(await runOverLoaded({ ...quickChat('base:latest'), reloadsModels: false })).toEqual([])
  expect(await runOverLoaded(quickChat('base:latest'), 'pause')).toEqual([])
})
