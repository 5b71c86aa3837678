import { describe, expect, it } from 'vitest'
import { hireCrew } from '../../../main/hardware/probe/crew.ts'
import { probeMachine } from '../../../main/hardware/probe/probe.ts'
import { probeResultSchema } from '../../../preload/contract/machine.ts'

const quick = { threads: 2, bufferMiB: 16, seconds: 0.2 }

describe('the probe', () => {
  it('measures one thread and two in two rounds, and tells how far it is', async () => {
    const shares: number[] = []
    const { signal } = new AbortController()
    const result = await probeMachine({ ...quick, signal, onProgress: (share) => shares.push(share) })
    expect(probeResultSchema.parse(result)).toEqual(result)
    expect(result.steps.map(({ threads }) => threads)).toEqual([1, 2])
    expect(result.bufferMiB).toBe(16)
    expect(shares).toEqual([0.25, 0.5, 0.75, 1])
  })

  it('leaves the event loop free while it measures', async () => {
    let turns = 0
    const timer = setInterval(() => (turns += 1), 1)
    await probeMachine({ ...quick, signal: new AbortController().signal })
    clearInterval(timer)
    expect(turns).toBeGreaterThan(3)
  })

  it('ends after a step if it is cancelled then', async () => {
    const controller = new AbortController()
    const onProgress = () => controller.abort(new Error('enough'))
    await expect(probeMachine({ ...quick, signal: controller.signal, onProgress })).rejects.toThrow('enough')
  })

  it('ends in the middle of a measurement, too', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('enough')), 300)
    await expect(probeMachine({ ...quick, seconds: 600, signal: controller.signal })).rejects.toThrow('enough')
  })

  it('does not begin if it is cancelled before', async () => {
    await expect(probeMachine({ ...quick, signal: AbortSignal.abort(new Error('early')) })).rejects.toThrow('early')
  })

  it('rejects if a thread ends early', async () => {
    const crew = await hireCrew(1, 2 ** 20)
    const working = crew.work([{ kind: 'read', offsetBytes: 0, lengthBytes: 2 ** 20, seconds: 600 }])
    await Promise.all([expect(working).rejects.toThrow('ended early'), crew.dismiss()])
  })
})
