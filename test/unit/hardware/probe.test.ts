import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beliefsFrom } from '../../../main/hardware/probe/beliefs.ts'
import { pieceOf } from '../../../main/hardware/probe/crew.ts'
import { loopKinds, runTask } from '../../../main/hardware/probe/loops.ts'
import { summarise, threadCounts } from '../../../main/hardware/probe/probe.ts'
import type { ProbeResult } from '../../../preload/contract/machine.ts'

const seed = { seed: 20_260_105, numRuns: 200 }

/** A computer whose cores each read so much until the bus is full, and compute without end. */
function probed(coreReads: number, busReads: number, threads: readonly number[], cores = Infinity): ProbeResult {
  const steps = threads.map((count) => ({
    threads: count,
    readBytesPerSecond: Math.min(coreReads * Math.min(count, cores), busReads),
    copyBytesPerSecond: Math.min(coreReads * Math.min(count, cores), busReads) / 2,
    multiplyAddsPerSecond: 3e9 * Math.min(count, cores),
  }))
  return { steps, bufferMiB: 256, spread: 0, seconds: 2 }
}

describe('the numbers of threads that are tried', () => {
  it.each([
    [1, [1]],
    [2, [1, 2]],
    [4, [1, 2, 3, 4]],
    [10, [1, 2, 3, 4, 6, 8, 10]],
    [16, [1, 2, 3, 4, 6, 8, 12, 16]],
    [64, [1, 2, 12, 16, 24, 32, 48, 64]],
    [0, [1]],
    [NaN, [1]],
  ])('for %d cores are %j', (cores, counts) => {
    expect(threadCounts(cores)).toEqual(counts)
  })

  it('rise from one to all cores and fit the time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1024 }), (cores) => {
        const counts = threadCounts(cores)
        expect(counts[0]).toBe(1)
        expect(counts.at(-1)).toBe(cores)
        expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b))
        expect(counts.length).toBeLessThanOrEqual(8)
      }),
      seed,
    )
  })
})

describe('the pieces of the memory', () => {
  it('lie in it one after the other, each of whole pages', () => {
    const threads = fc.integer({ min: 1, max: 300 })
    fc.assert(
      fc.property(threads, fc.integer({ min: 2, max: 1024 }), (count, sizeMiB) => {
        const bytes = sizeMiB * 2 ** 20
        const pieces = Array.from({ length: count }, (_, i) => pieceOf(bytes, count, i))
        const last = pieces.at(-1)
        expect((last?.offsetBytes ?? 0) + (last?.lengthBytes ?? 0)).toBeLessThanOrEqual(bytes)
        expect(pieces.every(({ lengthBytes }) => lengthBytes > 0 && lengthBytes % 4096 === 0)).toBe(true)
        expect(pieces.every(({ offsetBytes, lengthBytes }, i) => offsetBytes === i * lengthBytes)).toBe(true)
      }),
      seed,
    )
  })
})

describe('a task', () => {
  it.each(loopKinds)('to %s tells a rate, even where there is no time for it', (kind) => {
    const memory = new Float64Array(2 ** 16).fill(1)
    const { amountPerSecond } = runTask(memory, { kind, offsetBytes: 4096, lengthBytes: 2 ** 18, seconds: 0 })
    expect(amountPerSecond).toBeGreaterThan(0)
    expect(Number.isFinite(amountPerSecond)).toBe(true)
  })

  it('to copy stays in its own piece', () => {
    const memory = new Float64Array(1536).fill(1)
    memory.fill(2, 512, 1024)
    memory.fill(3, 768, 1024)
    runTask(memory, { kind: 'copy', offsetBytes: 4096, lengthBytes: 4096, seconds: 0 })
    expect(memory.subarray(0, 512).every((value) => value === 1)).toBe(true)
    expect(memory.subarray(512, 1024).every((value) => value === 3)).toBe(true)
    expect(memory.subarray(1024).every((value) => value === 1)).toBe(true)
  })
})

describe('two rounds', () => {
  const { steps } = probed(10e9, 40e9, [1, 2, 4])

  it('are one where they agree', () => {
    expect(summarise(steps, steps)).toEqual({ steps, spread: 0 })
  })

  it('meet half-way where they do not, and say how far they differ', () => {
    const [slow, fast] = [probed(5e9, 40e9, [1]).steps, probed(20e9, 160e9, [1]).steps]
    const { steps, spread } = summarise(slow, fast)
    expect(steps[0]?.readBytesPerSecond).toBeCloseTo(10e9, -3)
    // Reading and copying differ fourfold, computing not at all.
    expect(spread).toBeCloseTo(Math.sqrt((2 * Math.log(4) ** 2) / 6), 9)
  })
})

describe('what a probe lets us believe', () => {
  const counts = [1, 2, 3, 4, 6, 8, 12, 16]

  it('of a core grows with what it reads', () => {
    const slow = beliefsFrom(probed(10e9, 40e9, counts)).coreBandwidth
    const fast = beliefsFrom(probed(20e9, 80e9, counts)).coreBandwidth
    expect((fast?.mean ?? 0) - (slow?.mean ?? 0)).toBeCloseTo(Math.log(2))
    expect(Math.exp(slow?.mean ?? 0)).toBeLessThan(10e9)
  })

  it('of the memory bus is how many cores fill it, more of llama.cpp’s than of the probe’s', () => {
    const { saturatingCores } = beliefsFrom(probed(10e9, 40e9, counts))
    expect(Math.exp(saturatingCores?.mean ?? 0)).toBeGreaterThan(4)
    expect(Math.exp(saturatingCores?.mean ?? 0)).toBeLessThan(6)
  })

  it('of the memory bus is nothing where there are but two cores', () => {
    expect(beliefsFrom(probed(10e9, 1e12, [1, 2]))).not.toHaveProperty('saturatingCores')
    expect(beliefsFrom(probed(10e9, 12e9, [1, 2]))).not.toHaveProperty('saturatingCores')
  })

  it('of the memory bus is wide and unsure where many cores could not fill it', () => {
    const seen = beliefsFrom(probed(10e9, 80e9, counts)).saturatingCores
    const unseen = beliefsFrom(probed(10e9, 1e12, counts)).saturatingCores
    expect(Math.exp(unseen?.mean ?? 0)).toBeGreaterThan(16)
    expect(unseen?.sd ?? 0).toBeGreaterThan(seen?.sd ?? 1)
  })

  it('of the memory bus is not taken for full when there are no more cores than that', () => {
    const shared = beliefsFrom(probed(10e9, 1e12, counts, 8)).saturatingCores
    expect(shared?.sd).toBe(beliefsFrom(probed(10e9, 1e12, counts)).saturatingCores?.sd)
  })

  it('is nothing without a single thread’s figures', () => {
    expect(beliefsFrom(probed(10e9, 40e9, [2, 4]))).toEqual({})
  })

  it('is the less sure, the further its rounds differed', () => {
    const calm = beliefsFrom(probed(10e9, 40e9, counts))
    const disturbed = beliefsFrom({ ...probed(10e9, 40e9, counts), spread: 1 })
    expect(disturbed.coreBandwidth?.mean).toBe(calm.coreBandwidth?.mean)
    expect(disturbed.coreBandwidth?.sd).toBeGreaterThan(1)
    expect(disturbed.saturatingCores?.sd).toBeGreaterThan(Math.SQRT2)
  })

  it('is always a finite number with a spread', () => {
    const rate = fc.double({ min: 1, max: 1e13, noNaN: true })
    const step = fc.record({ readBytesPerSecond: rate, copyBytesPerSecond: rate, multiplyAddsPerSecond: rate })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (list) => {
        const steps = list.map((figures, i) => ({ threads: i + 1, ...figures }))
        for (const { mean, sd } of Object.values(beliefsFrom({ steps, bufferMiB: 256, spread: 0.1, seconds: 2 }))) {
          expect(Number.isFinite(mean)).toBe(true)
          expect(sd).toBeGreaterThan(0)
        }
      }),
      seed,
    )
  })
})
