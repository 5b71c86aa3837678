import os from 'node:os'
import type { ProbeResult, ProbeStep } from '../../../preload/contract/machine.ts'
import { type Crew, hireCrew, pieceOf } from './crew.ts'
import { type LoopKind, loopKinds } from './loops.ts'

export interface ProbeOptions {
  signal: AbortSignal
  /** Told after each number of threads, 0 to 1. */
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
/** Processors of few cores have up to 128 MiB of cache, servers up to 12 MiB a core. */
const leastBufferMiB = 256
const pieceMiB = 16

/**
 * A quick look at what processor and memory can do, in threads of its own: bytes read and copied a second and
 * multiplications with additions a second, at several numbers of threads. Takes under three seconds.
 * Rejects with the signal's reason when cancelled, with a RangeError where the memory cannot be had.
 */
export async function probeMachine(options: ProbeOptions): Promise<ProbeResult> {
  const { signal, onProgress = () => undefined, threads = os.availableParallelism(), seconds = 2 } = options
  signal.throwIfAborted()
  const counts = threadCounts(threads)
  const most = counts.at(-1) ?? 1
  const bufferMiB = options.bufferMiB ?? Math.max(leastBufferMiB, pieceMiB * most)
  const began = performance.now()
  const bytes = bufferMiB * 2 ** 20
  const crew = await hireCrew(most, bytes)
  const { promise: cancelled, reject } = Promise.withResolvers<never>()
  const cancel = () => reject(signal.reason)
  signal.addEventListener('abort', cancel, { once: true })
  try {
    const loopSeconds = Math.max(shortestLoopSeconds, seconds / (counts.length * loopKinds.length))
    const steps: ProbeStep[] = []
    for (const threads of counts) {
      signal.throwIfAborted()
      steps.push(await Promise.race([measureStep(crew, threads, bytes, loopSeconds), cancelled]))
      onProgress(steps.length / counts.length)
    }
    return { steps, bufferMiB, seconds: (performance.now() - began) / 1000 }
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

/** 1, 2, 3, 4, 6, 8, 12, 16, … up to and with the number given; of more than fit the time, those in the middle go. */
export function threadCounts(most: number): number[] {
  const limit = Math.max(1, Math.floor(most) || 1)
  const counts = [1, 2, 3]
  for (let power = 4; power <= limit; power *= 2) counts.push(power, 1.5 * power)
  const fitting = [...new Set([...counts.filter((count) => count < limit), limit])]
  const surplus = Math.max(0, fitting.length - mostSteps)
  return fitting.filter((_, i) => i < 2 || i >= 2 + surplus)
}
