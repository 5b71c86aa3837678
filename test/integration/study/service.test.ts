import { describe, expect, it } from 'vitest'
import { AttuneError } from '../../../preload/contract/errors.ts'
import type { StudyRequest } from '../../../preload/contract/goal.ts'
import { acquireStudyLock } from '../../../main/store/study-lock.ts'
import { openStudyStore } from '../../../main/store/study-store.ts'
import { startScriptedDaemon } from '../../daemon/scripted-daemon.ts'
import { freshStudy, quickChat } from './laboratory.ts'
import { hasEnded, openBench, temporaryFolder } from './service-bench.ts'

const sabotaged = { name: 'base', parameters: { num_thread: 16 } }
const request: StudyRequest = quickChat('base:latest')

describe('the study service', () => {
  it('plans without loading anything', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    await using folder = await temporaryFolder()
    const { service } = await openBench(scripted, folder.path)
    const plan = await service.plan(request)
    expect(plan.baseline.num_thread).toBe(16)
    expect(plan.candidateCount).toBeGreaterThan(1)
    expect(scripted.loads).toEqual([])
  })

  it('runs a study to its end and keeps it in the library', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    await using folder = await temporaryFolder()
    const { service, until, bugs } = await openBench(scripted, folder.path)
    const ended = until(hasEnded)
    const { id } = await service.start(request)
    expect(service.current()).toEqual({ id })
    await ended
    const [summary] = await service.list()
    expect(summary).toMatchObject({ id, state: 'finished', verdict: { kind: 'improved' } })
    const { study } = await service.get(id)
    expect((await service.rescore(id, 'chat')).verdict).toEqual(study.report?.verdict)
    expect(bugs).toEqual([])
  })

  it('refuses a second study while one is running, here or in another process', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    await using folder = await temporaryFolder()
    const { service } = await openBench(scripted, folder.path)
    const { service: elsewhere } = await openBench(scripted, folder.path)
    const { id } = await service.start(request)
    await expect(service.start(request)).rejects.toMatchObject({ code: 'studyRunning' })
    await expect(elsewhere.start(request)).rejects.toMatchObject({ code: 'studyRunning' })
    await expect(service.delete(id)).rejects.toMatchObject({ code: 'studyRunning' })
    await service.stop(id)
    const { id: next } = await elsewhere.start(request)
    await elsewhere.stop(next)
  })

  it('pauses, resumes, skips and stops', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    await using folder = await temporaryFolder()
    const { service, until, events, bugs } = await openBench(scripted, folder.path)
    const second = until((event) => event.type === 'study.trial' && event.trial.number === 2)
    const { id } = await service.start(request)
    await second
    await service.pause(id)
    expect((await service.get(id)).study.state).toBe('paused')
    expect(service.current()).toEqual({ id })
    await expect(service.pause(id)).rejects.toMatchObject({ code: 'conflict' })
    await expect(service.skipTrial(id)).rejects.toMatchObject({ code: 'conflict' })

    const third = until((event) => event.type === 'study.trial' && event.trial.number === 3)
    await service.resume(id)
    await third
    const closed = until((event) => event.type === 'study.trial' && event.trial.outcome !== null)
    await service.skipTrial(id)
    expect(await closed).toMatchObject({ trial: { number: 3, outcome: { kind: 'skipped' } } })
    await service.stop(id)
    const { study, progress } = await service.get(id)
    expect(study.state).toBe('stopped')
    expect(progress).toBeNull()
    expect(service.current()).toEqual({ id: null })
    expect(events.some(({ type }) => type === 'study.progress')).toBe(true)
    await expect(service.resume(id)).rejects.toMatchObject({ code: 'conflict' })
    await service.delete(id)
    await expect(service.get(id)).rejects.toMatchObject({ code: 'notFound' })
    expect(bugs).toEqual([])
  })

  it('stops a paused study with what it found', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    await using folder = await temporaryFolder()
    const { service, until } = await openBench(scripted, folder.path)
    const third = until((event) => event.type === 'study.trial' && event.trial.number === 3)
    const { id } = await service.start(request)
    await third
    await service.pause(id)
    await service.stop(id)
    expect((await service.get(id)).study).toMatchObject({ state: 'stopped', report: { verdict: { kind: 'stopped' } } })
  })

  it('pauses what runs when the program closes', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    await using folder = await temporaryFolder()
    const { service } = await openBench(scripted, folder.path)
    const { id } = await service.start(request)
    await service.close()
    expect((await service.get(id)).study.state).toBe('paused')
    expect(scripted.loadedNames()).toEqual([])
  })

  it('marks a study whose process is gone as interrupted, and lets it go on', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    await using folder = await temporaryFolder()
    const store = await openStudyStore({ dataFolder: folder.path, now: () => new Date(), onRecovery: () => undefined })
    await store.save({ ...(await freshStudy(scripted, quickChat('base:latest'))), id: 'cut-off-study' })
    const { service, until } = await openBench(scripted, folder.path)
    await service.recover()
    expect((await service.get('cut-off-study')).study.state).toBe('interrupted')
    const ended = until(hasEnded)
    await service.resume('cut-off-study')
    expect(await ended).toMatchObject({ study: { state: 'finished', report: { verdict: { kind: 'improved' } } } })
  })

  it('leaves a study alone that another process is running', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    await using folder = await temporaryFolder()
    const store = await openStudyStore({ dataFolder: folder.path, now: () => new Date(), onRecovery: () => undefined })
    await store.save({ ...(await freshStudy(scripted, quickChat('base:latest'))), id: 'run-elsewhere' })
    const lock = await acquireStudyLock({ dataFolder: folder.path, daemonUrl: scripted.url })
    const { service } = await openBench(scripted, folder.path)
    await service.recover()
    expect((await service.get('run-elsewhere')).study.state).toBe('running')
    await lock.release()
  })

  it('does not go on with a model that has changed', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    await using folder = await temporaryFolder()
    const { service } = await openBench(scripted, folder.path)
    const { id } = await service.start(request)
    await service.pause(id)
    scripted.removeModel('base:latest')
    scripted.addModel({ name: 'base', parameters: { num_thread: 2 } })
    await expect(service.resume(id)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('says when there is no such model', async () => {
    await using scripted = await startScriptedDaemon()
    await using folder = await temporaryFolder()
    const { service } = await openBench(scripted, folder.path)
    const missing = { ...request, model: { daemon: 'ollama' as const, name: 'missing:latest' } }
    await expect(service.start(missing)).rejects.toMatchObject({ code: 'modelNotFound' })
    await expect(service.plan(missing)).rejects.toBeInstanceOf(AttuneError)
    expect(service.current()).toEqual({ id: null })
  })

  it('ends a study as failed, and tells so, when its journal cannot be saved', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    await using folder = await temporaryFolder()
    const full = new AttuneError({ code: 'storeUnwritable', message: 'The disk is full.', hint: 'Make room on it.' })
    const { service, until, bugs } = await openBench(scripted, folder.path, (store) => ({
      ...store,
      save: (study) => (study.trials.length === 3 ? Promise.reject(full) : store.save(study)),
    }))
    const ended = until(hasEnded)
    await service.start(request)
    expect(await ended).toMatchObject({ study: { state: 'failed', failure: full.report() } })
    expect(service.current()).toEqual({ id: null })
    expect(bugs).toEqual([])
  })

  it('ends a study as failed when it meets a defect, and reports that', async () => {
    await using scripted = await startScriptedDaemon({ models: [sabotaged] })
    await using folder = await temporaryFolder()
    const defect = new TypeError('x is undefined')
    const { service, until, bugs } = await openBench(scripted, folder.path, (store) => ({
      ...store,
      save: (study) =>
        study.trials.length === 3 && study.state === 'running' ? Promise.reject(defect) : store.save(study),
    }))
    const ended = until(hasEnded)
    const { id } = await service.start(request)
    await ended
    const { study } = await service.get(id)
    expect(study).toMatchObject({ state: 'failed', failure: { code: 'internal' } })
    expect(study.trials.at(-1)?.outcome).toMatchObject({ kind: 'failed' })
    expect(study.report?.verdict.kind).toBe('stopped')
    expect(bugs).toEqual([defect])
  })

  it('does not tune a model that writes no text', async () => {
    await using scripted = await startScriptedDaemon({
      version: '0.20.7',
      models: [{ name: 'embedder', capabilities: ['embedding'] }],
    })
    await using folder = await temporaryFolder()
    const { service } = await openBench(scripted, folder.path)
    const embedder = { ...request, model: { daemon: 'ollama' as const, name: 'embedder:latest' } }
    await expect(service.start(embedder)).rejects.toMatchObject({ code: 'modelUnsupported' })
  })
})
