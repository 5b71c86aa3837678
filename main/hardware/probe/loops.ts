/** What the probe lets a thread do; each runs over a piece of memory and tells how much it did. */
export type LoopKind = 'read' | 'copy' | 'multiplyAdd'
export const loopKinds: readonly LoopKind[] = ['read', 'copy', 'multiplyAdd']

/** One thread's part in one measurement: a piece of the shared memory, in bytes, and how long to work. */
export interface Task {
  kind: LoopKind
  offsetBytes: number
  lengthBytes: number
  seconds: number
}

/** Amounts are bytes read, bytes copied, or multiplications with an addition each. */
export interface TaskAnswer {
  amountPerSecond: number
}

const bytesPerNumber = 8
/** Long enough for the clock, short enough to leave hiccups out: 4 MiB take about half a millisecond. */
const chunkNumbers = 2 ** 19
const multiplyAddRounds = 2 ** 17
/** Independent sums, so that no addition waits for the one before. */
const lanes = 8

/**
 * Does the task until its time is over, chunk by chunk and around its piece of memory again, and tells the rate of the
 * median chunk: interruptions by other programs lengthen a few chunks and leave the median alone.
 */
export function runTask(memory: Float64Array, { kind, offsetBytes, lengthBytes, seconds }: Task): TaskAnswer {
  const first = offsetBytes / bytesPerNumber
  const chunk = Math.min(chunkNumbers, lengthBytes / bytesPerNumber)
  const chunks = Math.floor(lengthBytes / bytesPerNumber / chunk)
  const rates: number[] = []
  const end = performance.now() + 1000 * seconds
  let began = performance.now()
  for (let turn = 0; began < end || rates.length === 0; turn += 1) {
    const amount = runChunk(kind, memory, first + (turn % chunks) * chunk, chunk)
    const ended = performance.now()
    // A coarse clock may see no time pass.
    rates.push(amount / Math.max(1e-6, (ended - began) / 1000))
    began = ended
  }
  return { amountPerSecond: rates.toSorted((a, b) => a - b)[rates.length >> 1] ?? 0 }
}

function runChunk(kind: LoopKind, memory: Float64Array, first: number, count: number): number {
  switch (kind) {
    case 'read':
      keep(sumOf(memory, first, first + count))
      return count * bytesPerNumber
    case 'copy':
      copyHalf(memory, first, count >> 1)
      return (count >> 1) * bytesPerNumber
    case 'multiplyAdd':
      keep(multiplyAdd(multiplyAddRounds))
      return multiplyAddRounds * lanes
  }
}

let kept = 0

/** Uses a result, so that the loop that made it is not optimised away. */
function keep(value: number): void {
  kept = Math.max(kept, value)
}

function sumOf(memory: Float64Array, first: number, end: number): number {
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0]
  for (let i = first; i + lanes <= end; i += lanes) {
    a += memory[i] ?? 0
    b += memory[i + 1] ?? 0
    c += memory[i + 2] ?? 0
    d += memory[i + 3] ?? 0
    e += memory[i + 4] ?? 0
    f += memory[i + 5] ?? 0
    g += memory[i + 6] ?? 0
    h += memory[i + 7] ?? 0
  }
  return a + b + c + d + e + f + g + h
}

function copyHalf(memory: Float64Array, first: number, half: number): void {
  for (let i = first; i < first + half; i += 1) memory[i] = memory[i + half] ?? 0
}

/** Stays near 1 and never leaves the range of ordinary numbers, which would be slower. */
function multiplyAdd(rounds: number): number {
  const [factor, summand] = [0.999_999, 1e-6]
  let [a, b, c, d, e, f, g, h] = [1, 1, 1, 1, 1, 1, 1, 1]
  for (let i = 0; i < rounds; i += 1) {
    a = a * factor + summand
    b = b * factor + summand
    c = c * factor + summand
    d = d * factor + summand
    e = e * factor + summand
    f = f * factor + summand
    g = g * factor + summand
    h = h * factor + summand
  }
  return a + b + c + d + e + f + g + h
}
