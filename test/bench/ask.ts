/**
 * How long `bayes` thinks before each trial, on a space far larger than any that the gate leaves:
 *
 *     npm run bench:ask [-- --trials 200 --candidates 30000]
 *
 * Every layer count × thread count × batch × switch of a computer with 32 cores and a small graphics card; most of the
 * trials are told beforehand, drawn at random, and the last fifty asked for.
 */
import { parseArgs } from 'node:util'
import { predictMemory } from '../../main/models/memory.ts'
import { createSampler } from '../../main/search/create-sampler.ts'
import type { SamplerKind } from '../../main/search/create-sampler.ts'
import { distinctStates, totalLayers } from '../../main/search/engine-state.ts'
import { usableVramMiB } from '../../main/search/fit.ts'
import { createRandom, drawNormal, shuffle } from '../../main/search/random.ts'
import { buildSpace } from '../../main/search/space.ts'
import { createPhysics } from '../../main/search/surrogate/physics.ts'
import type { Problem } from '../../main/search/types.ts'
import type { Configuration } from '../../preload/contract/model.ts'
import type { TrialOutcome } from '../../preload/contract/trial.ts'
import { machineOf, okOutcome, outOfMemory, problemOf } from '../unit/search/problems.ts'
import { quantile } from './figures.ts'
import { print, printTable } from './printing.ts'
import { everyConfiguration, type Knobs } from './record/space.ts'

const noise = 0.02
const asked = 50

/** How long one `ask` took: on the clock, and of the processor, which other programs do not lengthen as much. */
export interface AskTime {
  milliseconds: number
  processorMilliseconds: number
}

/** The time of each `ask` once `trials` − 50 trials are known, up to `trials`. */
export function timeAsks(kind: SamplerKind, trials: number, candidateCount: number): AskTime[] {
  const random = createRandom(1)
  const problem = largeProblem()
  const candidates = distinctStates(problem, problem.baseline, everyConfiguration(knobsOf(problem))).slice(
    0,
    candidateCount,
  )
  const measure = simulate(problem, random)
  const sampler = createSampler(kind)({
    problem,
    space: { ...buildSpace(problem), candidates },
    random,
    maximumTrials: 10 * trials,
  })
  const order = shuffle(candidates, random)
  const tellOne = (configuration: Configuration) => sampler.tell({ configuration, outcome: measure(configuration) })
  tellOne(problem.baseline)
  for (const configuration of order.splice(0, Math.max(0, trials - asked - 1))) tellOne(configuration)
  return Array.from({ length: Math.min(asked, trials - 1) }, () => {
    const [began, used] = [performance.now(), process.threadCpuUsage()]
    const suggestion = sampler.ask()
    const [milliseconds, { user, system }] = [performance.now() - began, process.threadCpuUsage(used)]
    tellOne(suggestion.kind === 'trial' ? suggestion.configuration : (order.pop() ?? problem.baseline))
    return { milliseconds, processorMilliseconds: (user + system) / 1000 }
  })
}

function largeProblem(): Problem {
  const machine = machineOf({
    platform: 'win32',
    cores: { physicalCores: 16, logicalCores: 32, allowedCores: 32 },
    gpu: { freeVramMiB: 3400 },
  })
  const problem = problemOf(machine)
  const { facts, contextLength } = problem
  const features = { ...problem.features, flashAttentionOption: true }
  return {
    ...problem,
    features,
    predictMemory: (configuration) => predictMemory({ facts, configuration, contextLength, machine, features }),
  }
}

function knobsOf({ facts, machine }: Problem): Knobs {
  return {
    num_gpu: Array.from({ length: totalLayers(facts) + 1 }, (_, i) => i),
    num_thread: Array.from({ length: machine.cpu.logicalCores }, (_, i) => i + 1),
    num_batch: [64, 128, 256, 512, 1024, 2048, 4096],
    use_mmap: [false, true],
    flash_attention: [false, true],
  }
}

/** The physical mean at θ drawn from its prior, with noise; what does not fit runs out of memory. */
function simulate(problem: Problem, random: () => number): (configuration: Configuration) => TrialOutcome {
  const physics = createPhysics(problem)
  const parameters = physics.read(
    physics.priorMean.map((mean, k) => mean + (physics.priorSd[k] ?? 0) * drawNormal(random)),
  )
  return (configuration) => {
    if (problem.predictMemory(configuration).vramMiB > usableVramMiB(problem)) return outOfMemory
    const { ttft, token } = physics.logSeconds(parameters, physics.place(configuration))
    const factor = Math.exp(noise * drawNormal(random))
    return okOutcome((factor * problem.workload.promptTokens) / Math.exp(ttft), factor * Math.exp(-token))
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      trials: { type: 'string', default: '200' },
      candidates: { type: 'string', default: '30000' },
    },
  })
  const times = timeAsks('bayes', Number(values.trials), Number(values.candidates))
  print(`${values.trials} trials, ${values.candidates} candidates; ask takes, in milliseconds:\n`)
  printTable([
    { time: 'on the clock', ...figuresOf(times.map(({ milliseconds }) => milliseconds)) },
    { time: 'of the processor', ...figuresOf(times.map(({ processorMilliseconds }) => processorMilliseconds)) },
  ])
}

/** The first question apart: a program that was just started is slower, and a long study that goes on fits afresh. */
function figuresOf([first = Number.NaN, ...others]: readonly number[]): Record<string, string> {
  return {
    median: quantile(others, 0.5).toFixed(0),
    '99th percentile': quantile(others, 0.99).toFixed(0),
    first: first.toFixed(0),
  }
}
