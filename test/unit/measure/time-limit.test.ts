import { expect, test } from 'vitest'
import { systemClock } from '../../../main/ollama/clock.ts'
import { TimeLimitExceeded, withinLimit } from '../../../main/measure/time-limit.ts'
import { createFakeClock } from './fake-daemon.ts'

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted by its signal')))
  })

test('work in time gives its result', async () => {
  const { signal } = new AbortController()
  expect(await withinLimit(systemClock, 60, signal, () => Promise.resolve('done'))).toBe('done')
})

test('work that never ends is aborted when the time is up', async () => {
  const { signal } = new AbortController()
  await expect(withinLimit(systemClock, 0.02, signal, never)).rejects.toEqual(new TimeLimitExceeded(0.02))
})

test('a result that came too late on the clock is refused', async () => {
  const clock = createFakeClock()
  const { signal } = new AbortController()
  const work = async () => clock.sleep(61)
  await expect(withinLimit(clock, 60, signal, work)).rejects.toBeInstanceOf(TimeLimitExceeded)
})

test("the caller's own abort and the work's own errors come through as they are", async () => {
  const controller = new AbortController()
  const aborted = withinLimit(systemClock, 60, controller.signal, never)
  controller.abort('skip')
  await expect(aborted).rejects.toThrow('aborted by its signal')
  const failing = withinLimit(systemClock, 60, new AbortController().signal, () => Promise.reject(new Error('own')))
  await expect(failing).rejects.toThrow('own')
})
