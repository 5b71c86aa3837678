import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEngineLibrary } from '../../../main/engine/library-client.ts'
import type { Engine } from '../../../main/engine/launcher.ts'
import { createEngine } from '../../../main/engine/launcher.ts'
import { blindWatch, createProcessorWatch, processorUse } from '../../../main/measure/processor-watch.ts'
import type { TrialRequest } from '../../../main/measure/trial.ts'
import { measureTrial } from '../../../main/measure/trial.ts'
import { createDaemonClient } from '../../../main/ollama/client.ts'
import { systemClock } from '../../../main/ollama/clock.ts'
import type { Daemon } from '../../../main/ollama/daemon.ts'
import { automatic } from '../../../preload/contract/model.ts'

let dataFolder = ''
let engine: Engine
let daemon: Daemon
let model = ''
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'attune-measure-'))
  engine = createEngine({ dataFolder })
  daemon = createDaemonClient({ kind: 'builtIn', url: await engine.start() })
  model = await createEngineLibrary({ dataFolder, engine }).writePractice(() => undefined)
})
afterAll(async () => {
  await engine.stop()
  await rm(dataFolder, { recursive: true, force: true })
})

/** A short trial on the real engine. Other tests may keep this computer busy, so nobody watches the processor. */
async function trial(overrides: Partial<TrialRequest> = {}) {
  return measureTrial({
    daemon,
    model,
    configuration: { ...automatic, num_thread: 1 },
    baseParameters: {},
    features: (await daemon.version()).features,
    contextLength: 1024,
    workload: { promptTokens: 200, outputTokens: 24 },
    repetitions: { minimum: 2, maximum: 2, targetRelativeError: 0.05 },
    abandonAboveTurnSeconds: null,
    limits: { loadSeconds: 120, repetitionSeconds: 120 },
    expectations: null,
    processorWatch: blindWatch,
    conditionsWatch: null,
    graphicsMemoryWatch: null,
    memoryGuard: null,
    clock: systemClock,
    random: Math.random,
    onActivity: () => undefined,
    signal: new AbortController().signal,
    ...overrides,
  })
}

test('a trial on the built-in engine gives figures that agree with each other', async () => {
  const outcome = await trial()
  if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome))
  expect(outcome.load.contextLength).toBe(1024)
  expect(outcome.load.memory.ramMiB).toBeGreaterThan(60)
  expect(outcome.repetitions).toHaveLength(3)
  for (const repetition of outcome.repetitions.slice(1)) {
    const { promptTokens, outputTokens, ttftSeconds, totalSeconds, prefillTokensPerSecond, queueSeconds } = repetition
    expect(outputTokens).toBe(24)
    expect(Math.abs(promptTokens / 200 - 1)).toBeLessThan(0.15)
    // Nothing came from the prompt cache: the time to the first token is the prefill of the whole prompt.
    expect(ttftSeconds).toBeGreaterThan((0.9 * promptTokens) / prefillTokensPerSecond)
    expect(totalSeconds).toBeGreaterThan(ttftSeconds)
    expect(queueSeconds).toBeLessThan(0.15)
  }
})

test('a setting that cannot win is cut short on the token stream', async () => {
  const outcome = await trial({
    workload: { promptTokens: 50, outputTokens: 900 },
    abandonAboveTurnSeconds: 0.01,
  })
  if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome))
  expect(outcome.stoppedEarly).toBe(true)
  expect(outcome.repetitions).toHaveLength(1)
  expect(outcome.repetitions[0]?.outputTokens).toBeLessThan(900)
})

test('the engine killed in mid-trial fails the trial, and the next one works', async () => {
  let stopped = Promise.resolve()
  const failed = await trial({
    onActivity: ({ code }) => {
      if (code === 'measure.warmingUp') stopped = setImmediate(undefined).then(() => engine.stop())
    },
  })
  await stopped
  expect(failed.kind).toBe('failed')
  daemon = createDaemonClient({ kind: 'builtIn', url: await engine.start() })
  expect((await trial()).kind).toBe('ok')
})

test.runIf(process.platform === 'linux')("the engine's own work is not taken for that of others", async () => {
  const watch = createProcessorWatch(() => ({ names: [], rootPid: engine.pid }))
  await daemon.load(model, { num_ctx: 1024, num_thread: 1 }, 60)
  const before = await watch.read()
  const options = { num_ctx: 1024, num_thread: 1, num_predict: 60, temperature: 0 }
  await daemon.generate({ model, prompt: 'Tell a story.', options, keepAliveSeconds: 60 }, () => undefined)
  const after = await watch.read()
  if (!before || !after || engine.pid === null) throw new Error('Linux tells')
  const worked = (after.daemonSeconds.get(engine.pid) ?? 0) - (before.daemonSeconds.get(engine.pid) ?? 0)
  expect(worked).toBeGreaterThan(0.1)
  const others = (processorUse(before, after)?.otherShare ?? 0) * after.cores * (after.atSeconds - before.atSeconds)
  // Whatever else runs here, the busy time is split between the engine and others, not counted twice.
  expect(others + worked).toBeLessThanOrEqual(after.busySeconds - before.busySeconds + 0.1)
})
