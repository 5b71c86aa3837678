import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Task, TaskAnswer } from './loops.ts'

/** What a thread is born with: the memory that all share, and the piece it is to bring into being. */
export interface WorkerSetting {
  memory: SharedArrayBuffer
  offsetBytes: number
  lengthBytes: number
}

/** Pieces begin and end at whole pages. */
const pageBytes = 4096

/** One of so many equal pieces of the memory. */
export function pieceOf(memoryBytes: number, threads: number, i: number): { offsetBytes: number; lengthBytes: number } {
  const lengthBytes = Math.floor(memoryBytes / threads / pageBytes) * pageBytes
  return { offsetBytes: i * lengthBytes, lengthBytes }
}

/** The probe's threads. */
export interface Crew {
  /** Lets the first threads do one task each at the same time; answers in the order of the tasks. */
  work(tasks: readonly Task[]): Promise<TaskAnswer[]>
  /** Ends the threads, whatever they do. */
  dismiss(): Promise<void>
}

/** Threads, each having made its equal piece of the memory. Rejects if a thread cannot be had. */
export async function hireCrew(threads: number, memoryBytes: number): Promise<Crew> {
  const memory = new SharedArrayBuffer(memoryBytes)
  const workers = Array.from({ length: threads }, (_, i) => {
    const workerData: WorkerSetting = { memory, ...pieceOf(memoryBytes, threads, i) }
    return new Worker(entryPath(), { workerData, execArgv: [] })
  })
  const dismiss = async () => {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  try {
    await Promise.all(workers.map((worker) => nextMessage(worker)))
  } catch (error) {
    await dismiss()
    throw error
  }
  return {
    work: (tasks) =>
      Promise.all(
        tasks.map((task, i) => {
          const worker = workers[i]
          if (worker === undefined) throw new RangeError('more tasks than threads')
          const answer = nextMessage(worker)
          // Threads have no origin; the rule means windows.
          // oxlint-disable-next-line unicorn/require-post-message-target-origin
          worker.postMessage(task)
          return answer as Promise<TaskAnswer>
        }),
      ),
    dismiss,
  }
}

/** Rejects if the thread fails or ends before it answers. */
function nextMessage(worker: Worker): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const onExit = () => reject(new Error('a thread of the probe ended early'))
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', onExit)
  return promise.finally(() => {
    worker.off('message', resolve)
    worker.off('error', reject)
    worker.off('exit', onExit)
  })
}

/** The thread's entry lies beside this file in the sources, and beside the bundle as `probe.js`. */
function entryPath(): string {
  const isSource = import.meta.url.endsWith('.ts')
  return fileURLToPath(new URL(isSource ? './worker.ts' : './probe.js', import.meta.url))
}
