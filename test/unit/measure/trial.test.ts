import { expect, test } from 'vitest'
import { measureTrial } from '../../../main/measure/trial.ts'
import { createFakeClock, createFakeDaemon, trialRequest } from './fake-daemon.ts'

test('a quiet trial unloads, loads, warms up once and repeats until the turn time is known', async () => {
  const clock = createFakeClock()
  const daemon = createFakeDaemon(clock)
  const outcome = await measureTrial(trialRequest(daemon, clock))
  if (outcome.kind !== 'ok') throw new Error(JSON.stringify(outcome))
  expect(daemon.calls.slice(0, 4)).toEqual(['unload', 'load', 'listLoaded', 'generate'])
  expect(outcome.repetitions.map((repetition) => repetition.isWarmUp)).toEqual([true, false, false, false])
  expect(outcome.decodeTokensPerSecond.mean).toBeCloseTo(20)
  expect(outcome.load).toEqual({ loadSeconds: 2, memory: { ramMiB: 750, vramMiB: 250 }, contextLength: 4096 })
})
