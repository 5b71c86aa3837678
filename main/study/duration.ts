import type { Problem, SearchSpace } from '../search/types.ts'
import { totalLayers, usableCores } from '../search/engine-state.ts'
import { maximumLoads, type Budget } from './goals.ts'

/**
 * What computers of our day do, to within a factor of about two: enough for "a few minutes" or "an hour", and the
 * estimate is replaced by measured trials as soon as there are any.
 */
const typical = {
  processorBytesPerSecond: 8e9,
  processorMaximumBytesPerSecond: 60e9,
  processorOperationsPerSecond: 50e9,
  graphicsBytesPerSecond: 300e9,
  unifiedBytesPerSecond: 150e9,
  graphicsOperationsPerSecond: 10e12,
  diskBytesPerSecond: 1e9,
  /** Share of the memory bandwidth that decoding reaches (reference: tuning science, roofline). */
  efficiency: 0.7,
}
const startSeconds = 1
/** An Ollama that is started for another environment answers after about so long; it looks for graphics cards first. */
export const serverStartSeconds = 2
/** One warm-up and three to five repetitions. */
const answersPerLoad = 5
const uncertaintyFactor = 2

/** Minutes that a study will probably take, from sizes alone. */
export function expectedMinutes(problem: Problem, space: SearchSpace, budget: Budget): { low: number; high: number } {
  const minutesPerLoad = loadSeconds(problem, space) / 60
  const searchable = Math.min(budget.searchLoads, space.candidates.length - 1)
  const fewest = budget.baselineLoads + Math.ceil(searchable / 2)
  const most = maximumLoads(budget) - budget.searchLoads + searchable
  const within = (minutes: number) => Math.min(budget.maximumMinutes, Math.max(0.1, Math.round(minutes * 10) / 10))
  return {
    low: within((fewest * minutesPerLoad) / uncertaintyFactor),
    high: within(most * minutesPerLoad * uncertaintyFactor),
  }
}

/** Seconds of one trial: loading, warm-up and repetitions. */
function loadSeconds(problem: Problem, space: SearchSpace): number {
  const { facts, machine, workload } = problem
  const cores = usableCores(machine.cpu)
  const onGraphics = graphicsShare(problem, space)
  // Of a mixture of experts only those in use are read for a token.
  const activeShare = facts.expertCount > 0 ? facts.expertUsedCount / facts.expertCount : 1
  const bytes = facts.totalBytes * activeShare
  const operationsPerToken = 2 * facts.parameterCount * activeShare
  const graphicsBandwidth = machine.gpus.some((gpu) => gpu.unified)
    ? typical.unifiedBytesPerSecond
    : typical.graphicsBytesPerSecond
  const processorBandwidth = Math.min(cores * typical.processorBytesPerSecond, typical.processorMaximumBytesPerSecond)
  const decodeSeconds =
    ((onGraphics * bytes) / graphicsBandwidth + ((1 - onGraphics) * bytes) / processorBandwidth) / typical.efficiency
  const prefillRate =
    onGraphics > 0 ? typical.graphicsOperationsPerSecond : cores * typical.processorOperationsPerSecond
  const prefillSeconds = (operationsPerToken * workload.promptTokens) / prefillRate
  const turn = prefillSeconds + workload.outputTokens * decodeSeconds
  return (
    startSeconds + (problem.restartSeconds ?? 0) + facts.totalBytes / typical.diskBytesPerSecond + answersPerLoad * turn
  )
}

/** Share of the layers that will probably sit on graphics cards. */
function graphicsShare(problem: Problem, { regime }: SearchSpace): number {
  const { facts, machine, baseline } = problem
  if (regime === 'cpu' || machine.gpus.length === 0) return 0
  if (regime === 'full') return 1
  const { ramMiB, vramMiB } = problem.predictMemory(baseline)
  const layer = 1 / totalLayers(facts)
  return Math.min(1 - layer, vramMiB / Math.max(1, ramMiB + vramMiB))
}
