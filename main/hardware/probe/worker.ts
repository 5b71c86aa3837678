import { parentPort, workerData } from 'node:worker_threads'
import { loopKinds, runTask, type Task, type TaskAnswer } from './loops.ts'
import type { WorkerSetting } from './crew.ts'

/** Enough for the loops to be compiled before anything is measured. */
const warmUpSeconds = 0.01

// One thread of the probe: brings its piece of the memory into being, then does one task for each message.
const { memory, offsetBytes, lengthBytes } = workerData as WorkerSetting
const numbers = new Float64Array(memory)
numbers.fill(1, offsetBytes / 8, (offsetBytes + lengthBytes) / 8)
for (const kind of loopKinds) runTask(numbers, { kind, offsetBytes, lengthBytes, seconds: warmUpSeconds })
parentPort?.on('message', (task: Task) => answer(runTask(numbers, task)))
answer('ready')

function answer(message: TaskAnswer | 'ready'): void {
  // Threads have no origin; the rule means windows.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(message)
}
