import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import { asksForWhatIsChosen, layersByMemory, putsAllOnGpu } from '../../../main/search/automatic-layers.ts'
import { createHistory } from '../../../main/search/samplers/history.ts'
import { buildSpace } from '../../../main/search/space.ts'
import { createPhysics } from '../../../main/search/surrogate/physics.ts'
import { fitSurrogate } from '../../../main/search/surrogate/surrogate.ts'
import { machines, okOutcome, problemOf } from './problems.ts'

const problem = problemOf(machines['graphics card with room']!)
const total = 33
const memoryWith = (num_gpu: number) => problem.predictMemory({ ...automatic, num_gpu })

describe('layers told by memory', () => {
  it('are those whose memory is reported', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: total }), (layers) => {
        expect(layersByMemory(problem, automatic, memoryWith(layers))?.layers).toBeCloseTo(layers, 9)
      }),
    )
  })

  it('never fall as more memory is reported, and are never more than there are', () => {
    const memory = fc.double({ min: 0, max: 2 * memoryWith(total).vramMiB, noNaN: true })
    fc.assert(
      fc.property(memory, memory, (a, b) => {
        const [fewer, more] = [Math.min(a, b), Math.max(a, b)].map(
          (vramMiB) => layersByMemory(problem, automatic, { ramMiB: 0, vramMiB })?.layers ?? 0,
        ) as [number, number]
        expect(fewer).toBeLessThanOrEqual(more)
        expect(more).toBeLessThanOrEqual(total)
      }),
    )
  })

  it('are not told where there is no graphics card', () => {
    const onCpu = problemOf(machines['eight cores']!)
    expect(layersByMemory(onCpu, automatic, { ramMiB: 5000, vramMiB: 0 })).toBeNull()
  })
})

describe('putsAllOnGpu', () => {
  it('tells all layers from all but one', () => {
    expect(putsAllOnGpu(problem, automatic, memoryWith(total))).toBe(true)
    expect(putsAllOnGpu(problem, automatic, memoryWith(total - 1))).toBe(false)
  })

  it('says nothing of a number that was asked for', () => {
    expect(putsAllOnGpu(problem, { ...automatic, num_gpu: total }, memoryWith(total))).toBe(false)
  })
})

describe('asksForWhatIsChosen', () => {
  const asked = { ...automatic, num_gpu: total }

  it('holds for what needs no more memory', () => {
    expect(asksForWhatIsChosen(problem, asked, automatic)).toBe(true)
    expect(asksForWhatIsChosen(problem, { ...asked, num_batch: 64 }, automatic)).toBe(true)
  })

  it('leaves open what the daemon would do where more memory is needed, and what asks for fewer', () => {
    expect(asksForWhatIsChosen(problem, { ...asked, num_batch: 2048 }, automatic)).toBe(false)
    expect(asksForWhatIsChosen(problem, { ...asked, num_gpu: total - 1 }, automatic)).toBe(false)
  })
})

describe('a search whose daemon was left to choose the layers', () => {
  const after = (layers: number) => {
    const history = createHistory(problem, buildSpace(problem))
    history.tell({ configuration: automatic, outcome: okOutcome(1300, 35, memoryWith(layers)) })
    const surrogate = fitSurrogate(problem, createPhysics(problem), history.measurements())
    const tokenSeconds = (num_gpu: number) => Math.exp(surrogate.logTokenSeconds({ ...automatic, num_gpu }).mean)
    const asksForAll = history
      .open()
      .some(({ num_gpu, num_batch }) => num_gpu === total && (num_batch === 0 || num_batch <= 512))
    return { asksForAll, gain: tokenSeconds(-1) / tokenSeconds(total) }
  }

  it('does not ask for all when all are there', () => {
    expect(after(total).asksForAll).toBe(false)
    expect(after(total).gain).toBeCloseTo(1, 1)
  })

  it('expects a gain from asking for all when some are missing', () => {
    expect(after(total - 3).asksForAll).toBe(true)
    expect(after(total - 3).gain).toBeGreaterThan(1.1)
  })
})
