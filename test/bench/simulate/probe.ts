import { threadCounts } from '../../../main/hardware/probe/probe.ts'
import type { ProbeResult } from '../../../preload/contract/machine.ts'
import type { Chance } from './chance.ts'
import type { Computer } from './computers.ts'
import { createProcessor } from './processor.ts'

/**
 * Decoding relative to what JavaScript reads with one thread, as drawn for a computer: as far apart as it was measured
 * (main/hardware/probe/beliefs.ts). The bus is the same for both.
 */
const decodeShare = { low: 0.5, high: 0.96 }
/** Standard deviation of the logarithm of one rate, and what two rounds then show of it. */
const noise = 0.03

/** What a look at the simulated computer finds. */
export function simulateProbe(computer: Computer, logicalCores: number, chance: Chance): ProbeResult {
  const share = chance.between('probe', decodeShare.low, decodeShare.high)
  const processor = createProcessor({ ...computer, coreBytesPerSecond: computer.coreBytesPerSecond / share }, chance)
  const steps = threadCounts(logicalCores).map((threads) => {
    const { bytesPerSecond, operationsPerSecond } = processor(threads)
    const readBytesPerSecond = bytesPerSecond * chance.factor(`probe ${threads}`, noise)
    return {
      threads,
      readBytesPerSecond,
      copyBytesPerSecond: readBytesPerSecond / 2,
      multiplyAddsPerSecond: operationsPerSecond * chance.factor(`probe work ${threads}`, noise),
    }
  })
  return { steps, bufferMiB: 256, spread: noise, seconds: 2 }
}
