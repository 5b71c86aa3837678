/**
 * Whether Attune measures what llama.cpp does: the built-in engine answers prompts on the practice model, measured as
 * in any trial, and each answer's speeds are compared with timings taken in the engine's process.
 *
 *     npm run bench:measure [-- --answers 10]
 *
 * Prefill is compared with `llama_perf_context`. That counts decode steps without the sampler and the way from step to
 * step, whereas llama.cpp's server, Ollama and Attune count from the first to the last token; so decode is compared
 * with the moments at which llama.cpp's sampler gave its tokens, and what `llama_perf_context` says is shown beside it.
 *
 * Prints a table; the exit code is 1 if the median difference of either speed exceeds 1 %. The computer must be quiet.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { median } from 'simple-statistics'
import { z } from 'zod'
import { createEngine } from '../../main/engine/launcher.ts'
import { createEngineLibrary } from '../../main/engine/library-client.ts'
import { blindWatch } from '../../main/measure/processor-watch.ts'
import { measureTrial } from '../../main/measure/trial.ts'
import { createDaemonClient } from '../../main/ollama/client.ts'
import { systemClock } from '../../main/ollama/clock.ts'
import type { Daemon } from '../../main/ollama/daemon.ts'
import { createRandom } from '../../main/search/random.ts'
import { automatic } from '../../preload/contract/model.ts'
import type { Repetition } from '../../preload/contract/trial.ts'
import { print } from './printing.ts'

const largestDifferencePercent = 1
const timingsSchema = z.object({
  /** By `llama_perf_context`. */
  perf: z.object({ promptTokens: z.number(), promptSeconds: z.number(), steps: z.number(), stepSeconds: z.number() }),
  /**
   * Tokens that the sampler gave, and the seconds from the first to the last of them; of these, those from the call of
   * a step to its answer, and of the sampler to its answer.
   */
  sampled: z.object({ count: z.number(), seconds: z.number(), stepSeconds: z.number(), samplerSeconds: z.number() }),
})
type Timings = z.infer<typeof timingsSchema>

const { values } = parseArgs({ options: { answers: { type: 'string', default: '10' } } })
const dataFolder = await mkdtemp(join(tmpdir(), 'attune-bench-'))
const timedEngine = fileURLToPath(new URL('measure/timed-engine.ts', import.meta.url))
let child: ChildProcess | null = null
const engine = createEngine({
  dataFolder,
  startProcess(_entry, _parameters, environment) {
    child = fork(timedEngine, [], { env: environment, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    return child
  },
})
try {
  const client = createDaemonClient({ kind: 'builtIn', url: await engine.start() })
  const model = await createEngineLibrary({ dataFolder, engine }).writePractice(() => undefined)
  const timings: Timings[] = []
  const timed: Daemon = {
    ...client,
    async load(...parameters) {
      const loaded = await client.load(...parameters)
      await readTimings()
      return loaded
    },
    async generate(...parameters) {
      const generation = await client.generate(...parameters)
      timings.push(await readTimings())
      return generation
    },
  }
  const answers = Number(values.answers)
  const outcome = await measureTrial({
    daemon: timed,
    model,
    configuration: { ...automatic, num_thread: Math.max(1, Math.min(2, availableParallelism())) },
    baseParameters: {},
    features: (await client.version()).features,
    contextLength: 2048,
    workload: { promptTokens: 400, outputTokens: 120 },
    repetitions: { minimum: answers, maximum: answers, targetRelativeError: 0 },
    abandonAboveTurnSeconds: null,
    limits: { loadSeconds: 120, repetitionSeconds: 120 },
    expectations: null,
    processorWatch: blindWatch,
    conditionsWatch: null,
    graphicsMemoryWatch: null,
    memoryGuard: null,
    clock: systemClock,
    random: createRandom(Date.now() % 2 ** 32),
    onActivity: () => undefined,
    signal: new AbortController().signal,
  })
  if (outcome.kind !== 'ok') throw new Error(outcome.message)
  process.exitCode = report(outcome.repetitions, timings) ? 0 : 1
} finally {
  await engine.stop()
  await rm(dataFolder, { recursive: true, force: true })
}

/** What llama.cpp has counted since it was last asked. */
async function readTimings(): Promise<Timings> {
  if (!child) throw new Error('the engine has not been started')
  const answered = once(child, 'message')
  child.send('timings')
  const [message] = await answered
  return timingsSchema.parse(message)
}

/** Prints one line an answer and the medians; true if both are within the bound. */
function report(repetitions: readonly Repetition[], timings: readonly Timings[]): boolean {
  print('Tokens per second.\n')
  print('| answer | prefill, Attune | llama_perf | difference | decode, Attune | sampler | difference | llama_perf |')
  print('|---|---|---|---|---|---|---|---|')
  const differences = repetitions.flatMap(({ isWarmUp, prefillTokensPerSecond, decodeTokensPerSecond }, index) => {
    const own = timings[index]
    if (!own || isWarmUp) return []
    const prefill = own.perf.promptTokens / own.perf.promptSeconds
    const decode = (own.sampled.count - 1) / own.sampled.seconds
    const stepsAlone = own.perf.steps / own.perf.stepSeconds
    const difference = {
      prefill: (prefillTokensPerSecond / prefill - 1) * 100,
      decode: (decodeTokensPerSecond / decode - 1) * 100,
      stepsAlone: (decodeTokensPerSecond / stepsAlone - 1) * 100,
    }
    const ofPrefill = [prefillTokensPerSecond.toFixed(1), prefill.toFixed(1), percent(difference.prefill)]
    const ofDecode = [decodeTokensPerSecond.toFixed(2), decode.toFixed(2), percent(difference.decode)]
    print(`| ${[index, ...ofPrefill, ...ofDecode, stepsAlone.toFixed(2)].join(' | ')} |`)
    return [difference]
  })
  const prefill = median(differences.map((difference) => difference.prefill))
  const decode = median(differences.map((difference) => difference.decode))
  const stepsAlone = median(differences.map((difference) => difference.stepsAlone))
  print(
    `\nmedian difference: prefill ${percent(prefill)}, decode ${percent(decode)}; ±${largestDifferencePercent} % allowed`,
  )
  print(`decode against steps without sampler and hand-over (llama_perf): ${percent(stepsAlone)}`)
  printSplit(timings.slice(1))
  return Math.abs(prefill) <= largestDifferencePercent && Math.abs(decode) <= largestDifferencePercent
}

/** Where a token's time goes from one token to the next, medians over answers. */
function printSplit(timings: readonly Timings[]): void {
  const parts = timings.map(({ perf, sampled }) => {
    const ofToken = (seconds: number) => (1000 * seconds) / (sampled.count - 1)
    const step = (1000 * perf.stepSeconds) / perf.steps
    const waited = ofToken(sampled.stepSeconds)
    const sampler = ofToken(sampled.samplerSeconds)
    return { step, handOver: waited - step, sampler, between: ofToken(sampled.seconds) - waited - sampler }
  })
  const middle = (part: keyof (typeof parts)[number]) => median(parts.map((split) => split[part])).toFixed(2)
  print(
    `\nmilliseconds a token: ${middle('step')} llama.cpp's step, ${middle('handOver')} to its thread and back,` +
      ` ${middle('sampler')} the sampler with its way there and back, ${middle('between')} JavaScript in between`,
  )
}

function percent(value: number): string {
  return `${value >= 0 ? '+' : ''}${value.toFixed(2)} %`
}
