import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeMemory } from '../../../main/models/placement.ts'
import { splitAcrossGpus } from '../../../main/models/split.ts'
import { factsOf, llama8b, newDaemon, oldDaemon } from './shapes.ts'

const facts = factsOf(llama8b)
const state = {
  facts,
  features: newDaemon,
  gpuLayers: 33,
  contextLength: 4096,
  batch: 512,
  parallel: 1,
  isMapped: false,
  hasFlashAttention: true,
}
const vramOf = (parts: ReturnType<typeof placeMemory>) => parts.reduce((sum, { vramMiB }) => sum + vramMiB, 0)

describe('layers on several GPUs', () => {
  it('lie in proportion to the free memory', () => {
    const layers = splitAcrossGpus(state, [16_000, 8000]).map((share) => share.layers)
    expect(layers).toEqual([22, 11])
  })

  it('are all on the one that there is, in the memory that is predicted', () => {
    const [share] = splitAcrossGpus(state, [24_000])
    expect(share?.layers).toBe(33)
    expect(share?.vramMiB).toBeCloseTo(vramOf(placeMemory(state)))
  })

  it('leave a GPU empty that has no room', () => {
    expect(splitAcrossGpus(state, [0, 24_000])[0]).toEqual({ layers: 0, vramMiB: 0 })
  })

  it('are none lost or doubled, and each GPU adds its own scratch memory', () => {
    const cards = fc.array(fc.integer({ min: 0, max: 80_000 }), { minLength: 1, maxLength: 6 })
    const layerCounts = fc.integer({ min: 0, max: 33 })
    fc.assert(
      fc.property(cards, layerCounts, fc.constantFrom(newDaemon, oldDaemon), (freeMiB, gpuLayers, features) => {
        const asked = { ...state, gpuLayers, features }
        const shares = splitAcrossGpus(asked, freeMiB)
        const parts = placeMemory(asked)
        const scratch = parts.find(({ name }) => name === 'compute')?.vramMiB ?? 0
        const used = shares.filter(({ layers }) => layers > 0).length
        const sum = shares.reduce((total, { vramMiB }) => total + vramMiB, 0)
        expect(shares.reduce((total, { layers }) => total + layers, 0)).toBe(gpuLayers)
        expect(sum).toBeCloseTo(vramOf(parts) + (used - 1) * scratch * Math.sign(used))
      }),
      { seed: 3, numRuns: 200 },
    )
  })
})
