import { describe, expect, test } from 'vitest'
import type { MemoryGuard } from '../../../main/measure/memory-guard.ts'
import { measureTrial } from '../../../main/measure/trial.ts'
import { systemClock } from '../../../main/ollama/clock.ts'
import { createFakeClock, createFakeDaemon, trialRequest } from './fake-daemon.ts'

const guardOf = (watch: MemoryGuard['watch']): MemoryGuard => ({ watch, reserveMiB: 500, predictedMiB: 1000 })

/** A trial of a daemon that answers at once, with so much memory free at each look. */
async function runWith(available: (look: number) => number | null) {
  const clock = createFakeClock()
  const daemon = createFakeDaemon(clock)
  let looks = 0
  const memoryGuard = guardOf(() => Promise.resolve(available(looks++)))
  const outcome = await measureTrial(trialRequest(daemon, clock, { memoryGuard }))
  return { outcome, daemon }
}

describe('the memory guard', () => {
  test('lets a trial run that leaves enough, or where nothing can be told', async () => {
    expect((await runWith(() => 1600)).outcome.kind).toBe('ok')
    expect((await runWith(() => null)).outcome.kind).toBe('ok')
  })

  test('does not let a model be loaded that would leave too little', async () => {
    const { outcome, daemon } = await runWith(() => 1400)
    expect(outcome).toEqual({
      kind: 'outOfMemory',
      message: 'Not loaded: it needs about 1.0 GB of memory, and 0.5 GB have to stay free for other programs.',
    })
    expect(daemon.calls).toEqual(['unload'])
  })

  test('waits a little for what was just unloaded to be given back', async () => {
    expect((await runWith((look) => (look === 0 ? 900 : 1600))).outcome.kind).toBe('ok')
  })

  test('stops a trial under which memory runs out, and unloads the model', async () => {
    const daemon = createFakeDaemon(createFakeClock())
    const endless = new Promise<never>(() => undefined)
    const answering: typeof daemon = {
      ...daemon,
      generate: (_request, _onToken, signal) =>
        Promise.race([
          endless,
          new Promise<never>((_, reject) =>
            signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError'))),
          ),
        ]),
    }
    let available = 2000
    const watch = () => Promise.resolve((available -= 600))
    const request = trialRequest(answering, systemClock, { memoryGuard: { ...guardOf(watch), predictedMiB: 0 } })
    expect(await measureTrial(request)).toEqual({
      kind: 'outOfMemory',
      message: 'Stopped, because only 0.2 GB of memory were left for everything else.',
    })
    expect(daemon.calls.at(-1)).toBe('unload')
  })
})
