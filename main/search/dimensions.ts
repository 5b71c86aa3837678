import type { Reason } from '../../preload/contract/estimate.ts'
import type { Configuration, Regime } from '../../preload/contract/model.ts'
import { automaticThreads, coreKinds, totalLayers, usableCores } from './engine-state.ts'
import { freeVramMiB } from './fit.ts'
import type { Problem } from './types.ts'

/** The values of one parameter worth trying, before pruning by memory, and why these. */
export interface Values<T> {
  values: T[]
  reasons: Reason[]
}

const smallestBatch = 64
const largestBatch = 2048
const largestBatchOfLongContexts = 4096
/** Layers looked at on either side of the number predicted to fit: the prediction is good to about one layer. */
const layersAroundBoundary = 2

/** Up to here every thread count is a candidate of its own: speed has dips that no neighbour tells of. */
const mostThreadsOneByOne = 32

const ascending = (values: Iterable<number>) => [...new Set(values)].sort((a, b) => a - b)

/**
 * Thread counts from half the fast cores, below which none was ever best, to every core this process may use: decode
 * usually peaks near the fast ones, prefill may want all logical ones (reference: llama.cpp #34, #39, #7176).
 */
export function threadValues(problem: Problem, regime: Regime): Values<number> {
  const { cpu } = problem.machine
  const usable = usableCores(cpu)
  const { fast, physical } = coreKinds(cpu)
  const least = Math.max(1, Math.floor(fast / 2))
  const among = (counts: number[]) =>
    ascending([0, ...counts.map(Math.round).filter((threads) => threads >= least && threads <= usable)])
  const automatic = automaticThreads(problem.machine)
  const reasons: Reason[] = []
  if (automatic > usable) reasons.push({ code: 'search.automaticThreadsTooMany', values: { automatic, usable } })
  if (problem.goal === 'memory') {
    reasons.push({ code: 'search.threadsTakeNoMemory', values: {} })
    return { values: among([fast, physical]), reasons }
  }
  if (regime === 'full') {
    reasons.push({ code: 'search.threadsMatterLittle', values: { fast } })
    return { values: among([least, fast]), reasons }
  }
  reasons.push({ code: 'search.threadsAtMostUsable', values: { usable, fast, physical } })
  const every = Array.from({ length: Math.min(usable, mostThreadsOneByOne) }, (_, i) => i + 1)
  const beyond = [0.75 * fast, fast - 1, fast, physical, (physical + usable) / 2, (fast + physical) / 2, usable]
  return { values: among([least, ...every, ...beyond]), reasons }
}

/** Powers of two from 64 up; 4096 only where both prompt and context are long. */
export function batchValues(problem: Problem): Values<number> {
  const { contextLength, workload } = problem
  const isLong = contextLength >= 2 * largestBatchOfLongContexts && workload.promptTokens > largestBatch
  const largest = Math.min(isLong ? largestBatchOfLongContexts : largestBatch, contextLength)
  const values = [0]
  for (let batch = smallestBatch; batch <= largest; batch *= 2) values.push(batch)
  return { values, reasons: [{ code: 'search.batchBounds', values: { smallest: smallestBatch, largest } }] }
}

/**
 * Layer counts near the most that are predicted to fit (`fitting`). Time per token falls steadily with every layer
 * on the GPU, so that only the boundary is worth measuring (reference: inventivehq.com, two-endpoint harmonic model).
 */
export function layerValues(
  problem: Problem,
  fitting: { automaticBatch: number; smallestBatch: number },
): Values<number> {
  const total = totalLayers(problem.facts)
  const from = Math.max(0, fitting.automaticBatch - layersAroundBoundary)
  const to = Math.min(total, fitting.smallestBatch + layersAroundBoundary)
  // None at all is kept: where the GPU or its bus is slow, the processor alone can be quicker.
  const values = from > 0 ? [-1, 0] : [-1]
  for (let layers = from; layers <= to; layers++) values.push(layers)
  return {
    values,
    reasons: [
      {
        code: 'search.layersThatFit',
        values: { layers: fitting.automaticBatch, total, freeGigabytes: gigabytes(freeVramMiB(problem)) },
      },
    ],
  }
}

/** Whether mapping the file can matter. On a processor alone it prevents the weights' faster layout. */
export function mappingValues(problem: Problem): Values<Configuration['use_mmap']> {
  if (problem.machine.gpus.length === 0) {
    return { values: [null], reasons: [{ code: 'search.mappingOffOnProcessor', values: {} }] }
  }
  return { values: [null, true, false], reasons: [{ code: 'search.mappingBothWays', values: {} }] }
}

/** Flash attention both ways where one model can have it: which is faster differs by device and context. */
export function flashAttentionValues(problem: Problem): Values<Configuration['flash_attention']> {
  if (!problem.features.flashAttentionOption) {
    return { values: [null], reasons: [{ code: 'search.flashAttentionIsTheDaemons', values: {} }] }
  }
  const other = !problem.features.automaticFlashAttention
  return { values: [null, other], reasons: [{ code: 'search.flashAttentionBothWays', values: {} }] }
}

/** Smaller number formats of the context only where the user agreed, as they change the answers. */
export function cacheTypeValues(problem: Problem): Values<Configuration['kv_cache_type']> {
  if (!problem.features.cacheTypeOption) {
    const reasons = [{ code: 'search.cacheTypeChangesAnswers', values: {} }]
    return { values: [problem.baseline.kv_cache_type], reasons }
  }
  return { values: [null, 'q8_0', 'q4_0'], reasons: [{ code: 'search.cacheTypesTried', values: {} }] }
}

/**
 * Room for several conversations at once, where the user's daemon keeps it: with room for one, memory is left for other
 * programs, or for layers where not all fit. Otherwise it costs no time, and a second person would wait.
 */
export function parallelValues({ baseline, features, goal }: Problem, regime: Regime): Values<number | null> {
  const own = baseline.num_parallel
  if (!features.parallelOption || own === null || own === 1) {
    return { values: [own], reasons: [{ code: 'search.parallelIsTheDaemons', values: {} }] }
  }
  if (goal !== 'memory' && regime !== 'partial') {
    return { values: [own], reasons: [{ code: 'search.parallelTakesNoTime', values: { own } }] }
  }
  return { values: [own, 1], reasons: [{ code: 'search.parallelForOne', values: { own } }] }
}

/** MiB in GB (10⁹ bytes) with one decimal, as people read it. */
export function gigabytes(mebibytes: number): number {
  return Math.round((mebibytes * 2 ** 20) / 1e8) / 10
}
