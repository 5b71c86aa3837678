import { describe, expect, it } from 'vitest'
import { judgeFit, maximumLayers } from '../../../main/models/fit.ts'
import { predictMemory } from '../../../main/models/memory.ts'
import { automatic } from '../../../preload/contract/model.ts'
import { card, factsOf, llama8b, machineWith, newDaemon, oldDaemon } from './shapes.ts'

const facts = factsOf(llama8b)

function limit(freeMiB: number[], headroomMiB = 0, features = newDaemon) {
  const machine = machineWith(freeMiB.map((free) => card(free + 500, free)))
  return maximumLayers({ facts, contextLength: 4096, batch: 512, machine, features, headroomMiB })
}

describe('the boundary of num_gpu', () => {
  it('is every layer where there is plenty of room', () => {
    expect(limit([24_000])).toMatchObject({ layers: 33, nextNeededVramMiB: null })
  })

  it('is zero without a GPU', () => {
    expect(limit([])).toMatchObject({ layers: 0, freeVramMiB: 0 })
  })

  it('lies where one more layer no longer fits beside the driver', () => {
    const { layers, neededVramMiB, nextNeededVramMiB, freeVramMiB } = limit([3480])
    expect(freeVramMiB).toBe(3480)
    expect(layers).toBeGreaterThan(10)
    expect(layers).toBeLessThan(20)
    expect(neededVramMiB).toBeLessThanOrEqual(3480 - 457)
    expect(nextNeededVramMiB).toBeGreaterThan(3480 - 457)
  })

  it('speaks of the memory that will be predicted for it', () => {
    const { layers, neededVramMiB } = limit([3480])
    const machine = machineWith([card(4096, 3480)])
    const configuration = { ...automatic, num_gpu: layers }
    const { vramMiB } = predictMemory({ facts, configuration, contextLength: 4096, machine, features: newDaemon })
    expect(vramMiB).toBeCloseTo(neededVramMiB)
  })

  it('falls with every bit of headroom, and never below zero', () => {
    const layers = [0, 500, 1000, 2000, 4000, 9000].map((headroomMiB) => limit([4500], headroomMiB).layers)
    expect(layers).toEqual([...layers].sort((a, b) => b - a))
    expect(layers.at(-1)).toBe(0)
  })

  it('rises with a second card, by less than the card’s memory allows', () => {
    const one = limit([3480]).layers
    const two = limit([3480, 3480]).layers
    expect(two).toBeGreaterThan(one)
    expect(two).toBeLessThanOrEqual(33)
  })

  it('says what each card holds, and no card holds more than it has', () => {
    const { layers, shares } = limit([3480, 2000])
    expect(shares.reduce((sum, share) => sum + share.layers, 0)).toBe(layers)
    expect(shares[0]?.vramMiB).toBeLessThanOrEqual(3480 - 457)
    expect(shares[1]?.vramMiB).toBeLessThanOrEqual(2000 - 457)
    expect(shares.every((share) => share.layers > 0)).toBe(true)
  })

  it('is on one card alone where that holds everything', () => {
    expect(limit([3480, 24_000]).shares.map((share) => share.layers)).toEqual([0, 33])
  })

  it('does not gain from a card that the driver alone fills', () => {
    expect(limit([3480, 300]).layers).toBe(limit([3480]).layers)
  })

  it('allows for the output layer, which old daemons leave to the end', () => {
    expect(limit([3480], 0, oldDaemon).layers).toBeLessThanOrEqual(limit([3480]).layers)
  })

  it('trusts nine tenths of a card whose free memory nobody knows', () => {
    const machine = machineWith([card(10_000, null)])
    const question = { facts, contextLength: 4096, batch: 512, features: newDaemon, headroomMiB: 0 }
    expect(maximumLayers({ ...question, machine }).freeVramMiB).toBe(9000)
  })
})

describe('the fit of a model judged by its size', () => {
  const GiB = 2 ** 30
  const laptop = machineWith([], 8192)
  const desktop = machineWith([card(12_288, 11_500)])
  const mac = machineWith([card(10_922, 9000, { vendor: 'apple', unified: true })], 16_384)

  it.each([
    ['4.6 GiB without a GPU', 4.6, laptop, 'cpu'],
    ['40 GiB in 8', 40, laptop, 'tooBig'],
    ['4.6 GiB on a card of 12', 4.6, desktop, 'full'],
    ['18 GiB on a card of 12', 18, desktop, 'partial'],
    ['60 GiB on a card of 12 beside 32 GiB', 60, desktop, 'tooBig'],
    ['4.6 GiB on a Mac with 16', 4.6, mac, 'full'],
    ['10 GiB on a Mac with 16', 10, mac, 'partial'],
    ['14 GiB on a Mac with 16, whose memory counts once', 14, mac, 'tooBig'],
  ] as const)('%s', (_, sizeGiB, machine, fit) => {
    expect(judgeFit(sizeGiB * GiB, machine)).toBe(fit)
  })

  it('heeds a container’s limit', () => {
    const machine = machineWith([])
    const limited = { ...machine, memory: { ...machine.memory, limitMiB: 4096 } }
    expect(judgeFit(4.6 * GiB, machine)).toBe('cpu')
    expect(judgeFit(4.6 * GiB, limited)).toBe('tooBig')
  })
})
