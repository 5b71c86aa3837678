import os from 'node:os'
import type { ProbeResult, ProbeStep } from '../../../preload/contract/machine.ts'
import { type Crew, hireCrew, pieceOf } from './crew.ts'
import { type LoopKind, loopKinds } from './loops.ts'

export interface ProbeOptions {
  signal: AbortSignal
  /** Told after each number of threads in each round, 0 to 1. */
  onProgress?: (share: number) => void
  /** The most threads to try: the cores that may be used (`cpu.allowedCores`). */
  threads?: number
  /** Memory to read and write, all threads together; by default well beyond the caches. */
  bufferMiB?: number
  /** For all that is measured; starting and stopping the threads comes on top. */
  seconds?: number
}

/** A chunk of 4 MiB a thread takes about half a millisecond, so that this still holds dozens. */
const shortestLoopSeconds = 0.03
const mostSteps = 8
/** Each number of threads is measured so often, a moment apart: how far they differ tells how far to trust them. */
const rounds = 2
/** Processors of few cores have up to 128 MiB of cache, servers up to 12 MiB a core. */
const leastBufferMiB = 256
const pieceMiB = 16

/** Memory that a probe with so many threads takes by default. */
export function probeMemoryMiB(threads: number): number {
  return Math.max(leastBufferMiB, pieceMiB * threads)
}

/**
 * A quick look at what processor and memory can do, in threads of its own: bytes read and copied a second and
 * multiplications with additions a second, at several numbers of threads. Takes under three seconds. The numbers are
 * gone through upwards and then downwards, so that a processor that warms up or is disturbed for a while is noticed.
 * Rejects with the signal's reason when cancelled, with a RangeError where the memory cannot be had.
 */
export async function probeMachine(options: ProbeOptions): Promise<ProbeResult> {
  const { signal, onProgress = () => undefined, threads = os.availableParallelism(), seconds = 1.5 } = options
  signal.throwIfAborted()
  const counts = threadCounts(threads)
  const most = counts.at(-1) ?? 1
  const bufferMiB = options.bufferMiB ?? probeMemoryMiB(most)
  const began = performance.now()
  const bytes = bufferMiB * 2 ** 20
  const crew = await hireCrew(most, bytes)
  const { promise: cancelled, reject } = Promise.withResolvers<never>()
  const cancel = () => reject(signal.reason)
  signal.addEventListener('abort', cancel, { once: true })
  try {
    const loopSeconds = Math.max(shortestLoopSeconds, seconds / (rounds * counts.length * loopKinds.length))
    const measured: ProbeStep[] = []
    for (const threads of [...counts, ...counts.toReversed()]) {
      signal.throwIfAborted()
      measured.push(await Promise.race([measureStep(crew, threads, bytes, loopSeconds), cancelled]))
      onProgress(measured.length / (rounds * counts.length))
    }
    const [upwards, downwards] = [measured.slice(0, counts.length), measured.slice(counts.length).toReversed()]
    return { ...summarise(upwards, downwards), bufferMiB, seconds: (performance.now() - began) / 1000 }
  } finally {
    signal.removeEventListener('abort', cancel)
    await crew.dismiss()
  }
}

async function measureStep(crew: Crew, threads: number, bytes: number, seconds: number): Promise<ProbeStep> {
  const rateOf = async (kind: LoopKind) => {
    const tasks = Array.from({ length: threads }, (_, i) => ({ kind, ...pieceOf(bytes, threads, i), seconds }))
    const answers = await crew.work(tasks)
    return answers.reduce((total, { amountPerSecond }) => total + amountPerSecond, 0)
  }
  return {
    threads,
    readBytesPerSecond: await rateOf('read'),
    copyBytesPerSecond: await rateOf('copy'),
    multiplyAddsPerSecond: await rateOf('multiplyAdd'),
  }
}

const rateNames = ['readBytesPerSecond', 'copyBytesPerSecond', 'multiplyAddsPerSecond'] as const

/**
 * Two rounds over the same numbers of threads as one: geometric means, and the standard deviation of ln rate within
 * pairs, √(Σd²/2n) over all n of them.
 */
export function summarise(
  first: readonly ProbeStep[],
  second: readonly ProbeStep[],
): Pick<ProbeResult, 'steps' | 'spread'> {
  const pairs = first.flatMap((step, i) => {
    const other = second[i]
    return other === undefined ? [] : [[step, other] as const]
  })
  const differences = pairs.flatMap(([a, b]) => rateNames.map((name) => Math.log(a[name] / b[name])))
  const squares = differences.reduce((total, difference) => total + difference ** 2, 0)
  const steps = pairs.map(([a, b]) => ({
    threads: a.threads,
    readBytesPerSecond: Math.sqrt(a.readBytesPerSecond * b.readBytesPerSecond),
    copyBytesPerSecond: Math.sqrt(a.copyBytesPerSecond * b.copyBytesPerSecond),
    multiplyAddsPerSecond: Math.sqrt(a.multiplyAddsPerSecond * b.multiplyAddsPerSecond),
  }))
  return { steps, spread: Math.sqrt(squares / (2 * differences.length)) }
}

/** 1, 2, 3, 4, 6, 8, 12, 16, … up to and with the number given; of more than fit the time, those in the middle go. */
export function threadCounts(most: number): number[] {
  const limit = Math.max(1, Math.floor(most) || 1)
  const counts = [1, 2, 3]
  for (let power = 4; power <= limit; power *= 2) counts.push(power, 1.5 * power)
  const fitting = [...new Set([...counts.filter((count) => count < limit), limit])]
  const surplus = Math.max(0, fitting.length - mostSteps)
  return fitting.filter((_, i) => i < 2 || i >= 2 + surplus)
}
