import { expect, onTestFinished, test } from 'vitest'
import type { StudyRequest } from '../../../preload/contract/goal.ts'
import { automatic } from '../../../preload/contract/model.ts'
import { blindWatch } from '../../../main/measure/processor-watch.ts'
import { createDaemonClient } from '../../../main/ollama/client.ts'
import type { Variables } from '../../../main/ollama/private/environment.ts'
import type { OwnServer } from '../../../main/ollama/private/launcher.ts'
import { createPrivateDaemon } from '../../../main/ollama/private/private-daemon.ts'
import { acquireStudyLock } from '../../../main/store/study-lock.ts'
import { openStudyStore } from '../../../main/store/study-store.ts'
import { createStudyService } from '../../../main/study/service.ts'
import { startScriptedDaemon, type ScriptedDaemonOptions } from '../../daemon/scripted-daemon.ts'
import { machineIn } from '../../daemon/stand-in-ollama.ts'
import { calmComputer } from '../../stubs/calm-computer.ts'
import { fourCores, quickChat, wallClock } from './laboratory.ts'
import { temporaryFolder } from './service-bench.ts'

/** A user's daemon with these variables, and room beside it for daemons that a study starts with others. */
async function setUp(variables: Variables = {}, own: ScriptedDaemonOptions = {}) {
  const folder = await temporaryFolder()
  const usualDaemon = await startScriptedDaemon({ machine: machineIn(variables) })
  const { clock, fetch } = usualDaemon
  onTestFinished(async () => {
    await usualDaemon.close()
    await folder[Symbol.asyncDispose]()
  })
  const connect = (url: string) => createDaemonClient({ kind: 'ollama', url, fetch, clock })
  const usual = connect(usualDaemon.url)
  const starts: Variables[] = []
  let running = 0
  const launch = async (environment: Variables): Promise<OwnServer> => {
    starts.push(environment)
    running += 1
    const server = await startScriptedDaemon({ machine: machineIn(environment), clock, ...own })
    let isRunning = true
    return {
      url: server.url,
      get isRunning() {
        return isRunning
      },
      async stop() {
        await server.close()
        isRunning = false
        running -= 1
      },
    }
  }
  const place = { installation: 'service', variables, isEnvironmentKnown: true } as const
  const open = (recorded: Variables) => createPrivateDaemon({ usual, variables: recorded, launch, connect })
  const findPlace = () => Promise.resolve({ ...place, open })
  const ended = Promise.withResolvers<void>()
  let onTrial: () => void = () => undefined
  const service = createStudyService({
    store: await openStudyStore({ dataFolder: folder.path, now: wallClock(usualDaemon), onRecovery: () => undefined }),
    acquireLock: (daemonUrl) => acquireStudyLock({ dataFolder: folder.path, daemonUrl }),
    daemonFor: () => Promise.resolve({ daemon: usual, isLocal: true, processorWatch: blindWatch, findPlace }),
    computer: calmComputer(fourCores),
    clock,
    now: wallClock(usualDaemon),
    random: Math.random,
    emit: (event) => {
      if (event.type === 'study.trial' && event.trial.outcome !== null) onTrial()
      if (event.type === 'study.changed' && event.study.state === 'finished') ended.resolve()
    },
    reportBug: ended.reject,
  })
  return {
    usualDaemon,
    service,
    starts,
    running: () => running,
    untilEnded: () => ended.promise,
    nextTrial: () => new Promise<void>((resolve) => (onTrial = resolve)),
  }
}

const request = (wish: Partial<StudyRequest> = {}): StudyRequest => ({
  ...quickChat('base:latest'),
  sampler: 'bayes',
  privateDaemon: true,
  ...wish,
})

test('a study in a daemon of its own finds what only the environment can set, and leaves all as it was', async () => {
  const { usualDaemon, service, starts, running, untilEnded } = await setUp()
  usualDaemon.loadByAnotherProgram('base', { num_ctx: 2048 })
  const { id } = await service.start(request())
  await untilEnded()
  await service.close()
  const { study } = await service.get(id)
  expect(study.report?.verdict.kind).toBe('improved')
  expect(study.report?.best.configuration).toMatchObject({ flash_attention: false, kv_cache_type: null })
  expect(new Set(study.trials.map(({ configuration }) => configuration.kv_cache_type))).toEqual(new Set([null]))
  expect(running()).toBe(0)
  // A start for each change of the environment, the user's own first, and for nothing else.
  expect(starts[0]).toEqual({})
  expect(starts.every((variables, start) => start === 0 || isOther(variables, starts[start - 1]))).toBe(true)
  expect(starts).toContainEqual({ OLLAMA_FLASH_ATTENTION: '0' })
  // The user's daemon loaded nothing but what it had had before.
  expect(usualDaemon.loads.map(({ options }) => options.num_ctx)).toEqual([2048, 2048])
})

const isOther = (one: Variables, other: Variables | undefined) => JSON.stringify(one) !== JSON.stringify(other)

test('what belongs to the whole server is advised and not promised of a tag, whose own part is measured', async () => {
  const slow = { name: 'slow', parameters: { num_thread: 1 } }
  const { usualDaemon, service, untilEnded } = await setUp({}, { models: [slow] })
  usualDaemon.removeModel('base')
  usualDaemon.addModel(slow)
  const { id } = await service.start(request({ model: { daemon: 'ollama', name: 'slow:latest' } }))
  await untilEnded()
  const { study } = await service.get(id)
  const configuration = study.report?.best.configuration ?? study.plan.baseline
  expect(configuration).toMatchObject({ flash_attention: false, num_thread: 0 })
  expect(study.report?.verdict.reasons.map(({ code }) => code)).toContain('environment.tagBrings')
  const { advice, isHeldByTag } = await service.environment({ id, configuration })
  expect(isHeldByTag).toBe(true)
  expect(advice).toMatchObject({ variables: [{ name: 'OLLAMA_FLASH_ATTENTION', value: '0' }] })
  expect(advice?.set).toContain('systemctl')
  const { modelfile } = await service.preview({ id, name: 'quick', configuration })
  expect(modelfile).toContain('# Measured with OLLAMA_FLASH_ATTENTION=0 in the environment of Ollama')
  const certificate = await service.register({ id, name: 'quick', configuration })
  expect(certificate).toMatchObject({ promiseKept: true, configuration: { flash_attention: null, num_thread: 0 } })
})

test('nothing is saved where all that was found belongs to the whole server', async () => {
  const { service, untilEnded } = await setUp()
  const { id } = await service.start(request())
  await untilEnded()
  const configuration = (await service.get(id)).study.report?.best.configuration ?? automatic
  expect(configuration).toEqual({ ...automatic, flash_attention: false })
  expect(await service.environment({ id, configuration })).toMatchObject({ isHeldByTag: false })
  await expect(service.register({ id, name: 'quick', configuration })).rejects.toMatchObject({ code: 'conflict' })
})

test('a smaller number format of the context is tried only with the user’s consent', async () => {
  const { service, starts, untilEnded } = await setUp()
  const { id } = await service.start(request({ goal: 'memory', quantisedCache: true }))
  await untilEnded()
  const { study } = await service.get(id)
  const quantised = study.trials.find(({ configuration }) => configuration.kv_cache_type !== null)
  expect(quantised?.outcome).toMatchObject({ kind: 'ok' })
  // Some versions ignore the format where flash attention is left to them.
  expect(starts).toContainEqual({
    OLLAMA_KV_CACHE_TYPE: quantised?.configuration.kv_cache_type,
    OLLAMA_FLASH_ATTENTION: '1',
  })
})

test('room for one conversation is tried where the user’s daemon keeps it for several and memory is the goal', async () => {
  const { service, starts, untilEnded } = await setUp({ OLLAMA_NUM_PARALLEL: '4' })
  const { id } = await service.start(request({ goal: 'memory' }))
  await untilEnded()
  const { study } = await service.get(id)
  expect(study.plan.baseline.num_parallel).toBe(4)
  expect(starts[0]).toEqual({ OLLAMA_NUM_PARALLEL: '4' })
  const best = study.report?.best
  const own = study.trials.find(({ purpose }) => purpose === 'baseline')
  expect(best?.configuration.num_parallel).toBe(1)
  const ownMiB = own?.outcome?.kind === 'ok' ? own.outcome.load.memory.ramMiB : 0
  expect(ownMiB - (best?.memory.ramMiB ?? 0)).toBeGreaterThanOrEqual(3 * 300)
  const { advice } = await service.environment({ id, configuration: best?.configuration ?? study.plan.baseline })
  expect(advice?.variables).toContainEqual(expect.objectContaining({ name: 'OLLAMA_NUM_PARALLEL', value: '1' }))
  expect(advice?.remarks.map(({ code }) => code)).toContain('environment.othersWait')
})

test('room for several conversations stays where speed is the goal and no graphics memory is short', async () => {
  const { service, untilEnded } = await setUp({ OLLAMA_NUM_PARALLEL: '4' })
  const { id } = await service.start(request())
  await untilEnded()
  const { study } = await service.get(id)
  expect(new Set(study.trials.map(({ configuration }) => configuration.num_parallel))).toEqual(new Set([4]))
})

test('a paused study has nothing running, and goes on in the environment that it was planned with', async () => {
  const { service, starts, running, nextTrial, untilEnded } = await setUp({ OLLAMA_FLASH_ATTENTION: '1' })
  const trial = nextTrial()
  const { id } = await service.start(request())
  await trial
  await service.pause(id)
  expect(running()).toBe(0)
  expect((await service.get(id)).study.plan.baseline.flash_attention).toBe(true)
  const before = starts.length
  await service.resume(id)
  await untilEnded()
  await service.close()
  expect(starts[before]).toEqual({ OLLAMA_FLASH_ATTENTION: '1' })
  expect(running()).toBe(0)
})

test('a study is refused, and nothing left running, where the second daemon would be another program', async () => {
  const other = await setUp({}, { version: '0.30.1' })
  await expect(other.service.start(request())).rejects.toMatchObject({ code: 'conflict' })
  const blind = await setUp({}, { models: [{ name: 'of another user' }] })
  await expect(blind.service.start(request())).rejects.toMatchObject({ code: 'conflict' })
  for (const { running, service } of [other, blind]) {
    expect(running()).toBe(0)
    expect(await service.list()).toEqual([])
  }
})
