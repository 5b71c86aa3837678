import type { Chance } from './chance.ts'
import type { Computer } from './computers.ts'

/** What a processor does with so many threads, in bytes and operations per second. */
export interface ProcessorRates {
  bytesPerSecond: number
  operationsPerSecond: number
}

/** A simulated processor; `name` keeps what is drawn for it apart from other chance. */
export type Processor = (threads: number) => ProcessorRates

/**
 * Threads take fast cores first, then slow ones, then the second halves of fast ones. Work is split evenly in advance,
 * in part handed out as threads become free, so that the slowest thread counts for a share that is drawn. Clocks fall
 * as more cores are busy, the memory bus saturates like a queue, and once every core is taken the system's own work
 * delays all. More threads than cores wait for each other's turns. On top come dips that belong to this computer alone.
 */
export function createProcessor(computer: Computer, chance: Chance): Processor {
  const { fastCores, slowCores, threadsPerFastCore } = computer.cpu
  const slowSpeed = chance.between('slow core', 0.45, 0.7)
  const sharedSpeed = chance.between('shared core', 0.55, 0.68)
  const splitInAdvance = chance.between('split in advance', 0.3, 0.9)
  const clockLoss = chance.between('clock loss', 0.08, 0.25)
  const crowded = chance.between('every core taken', 0.02, 0.1)
  const waiting = chance.between('turns', 2, 8)
  const dipAt = Math.round(chance.between('dip at', 2, fastCores + slowCores))
  const coreBytes = computer.coreBytesPerSecond * chance.factor('core bytes', 0.15)
  const busBytes = computer.busBytesPerSecond * chance.factor('bus bytes', 0.15)
  const coreOperations = computer.coreOperationsPerSecond * chance.factor('core operations', 0.15)
  const logical = fastCores * threadsPerFastCore + slowCores

  return (threads) => {
    const running = Math.min(threads, logical)
    const shared = Math.max(0, running - fastCores - slowCores)
    const speeds = Array.from({ length: running }, (_, i) => {
      if (i >= fastCores + slowCores || i < shared) return sharedSpeed
      return i < fastCores ? 1 : slowSpeed
    })
    const sum = speeds.reduce((total, speed) => total + speed, 0)
    const evenly = running * Math.min(...speeds)
    const busyCores = Math.min(running, fastCores + slowCores)
    const clock = 1 - (clockLoss * (busyCores - 1)) / Math.max(1, fastCores + slowCores - 1)
    const together = (splitInAdvance * evenly + (1 - splitInAdvance) * sum) * clock
    const undisturbed =
      (busyCores === fastCores + slowCores ? 1 - crowded : 1) / waiting ** Math.max(0, threads - logical)
    const own = chance.factor(`threads ${threads}`, 0.02) * (threads === dipAt ? 0.9 : 1)
    return {
      bytesPerSecond: busBytes * -Math.expm1((-together * coreBytes) / busBytes) * undisturbed * own,
      operationsPerSecond: coreOperations * together * undisturbed * own,
    }
  }
}
