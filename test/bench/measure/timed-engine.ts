/**
 * The built-in engine's process, unchanged but for llama.cpp's own timing being switched on and its sampler being
 * watched: answers each message `timings` with what was counted since the last one. Started by `measure.ts`.
 */
import { setTimeout } from 'node:timers/promises'
import { LlamaLogLevel, LlamaModel, type LlamaContext } from 'node-llama-cpp'
import { parsePerformance } from './performance.ts'

const waitMilliseconds = 20
const mostWaits = 100

let context: LlamaContext | null = null
let lines: string[] = []
/** Milliseconds at which llama.cpp's binding handed over each sampled token. */
let sampledAt: number[] = []
/** Milliseconds from the call to its answer, since the first token: of steps, and of the sampler. */
let waited = { decodeBatch: 0, sampleToken: 0 }

const create = Reflect.get(LlamaModel.prototype, 'createContext')
LlamaModel.prototype.createContext = async function (options) {
  const { llama } = this
  llama.logLevel = LlamaLogLevel.info
  llama.logger = (_level, message) => lines.push(message)
  context = await create.call(this, { ...options, performanceTracking: true })
  watchSampler(context)
  return context
}

function watchSampler(watched: LlamaContext): void {
  const binding: object = Reflect.get(watched, '_ctx')
  watchCalls(binding, 'decodeBatch', () => undefined)
  watchCalls(binding, 'sampleToken', () => {
    if (sampledAt.length === 0) waited = { decodeBatch: 0, sampleToken: 0 }
    sampledAt.push(performance.now())
  })
}

function watchCalls(binding: object, name: keyof typeof waited, onAnswer: () => void): void {
  const call: (...parameters: unknown[]) => Promise<unknown> = Reflect.get(binding, name)
  Object.defineProperty(binding, name, {
    async value(...parameters: unknown[]) {
      const began = performance.now()
      const answer = await call.apply(binding, parameters)
      waited[name] += performance.now() - began
      onAnswer()
      return answer
    },
  })
}

process.on('message', (message) => {
  if (message === 'timings') void tellTimings()
})

async function tellTimings(): Promise<void> {
  lines = []
  await context?.printTimings()
  // The log comes from other threads, a moment later.
  let perf = parsePerformance(lines.join('\n'))
  for (let wait = 0; perf === null && wait < mostWaits; wait++) {
    await setTimeout(waitMilliseconds)
    perf = parsePerformance(lines.join('\n'))
  }
  const [first = 0] = sampledAt
  const sampled = {
    count: sampledAt.length,
    seconds: ((sampledAt.at(-1) ?? first) - first) / 1000,
    stepSeconds: waited.decodeBatch / 1000,
    samplerSeconds: waited.sampleToken / 1000,
  }
  sampledAt = []
  process.send?.({ perf, sampled })
}

await import('../../../main/engine/process.ts')
