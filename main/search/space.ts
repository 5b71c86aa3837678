import type { Reason } from '../../preload/contract/estimate.ts'
import { automatic, parameterNames } from '../../preload/contract/model.ts'
import type { Configuration, MemoryEstimate, ParameterName, Regime } from '../../preload/contract/model.ts'
import {
  batchValues,
  cacheTypeValues,
  flashAttentionValues,
  gigabytes,
  layerValues,
  mappingValues,
  parallelValues,
  threadValues,
} from './dimensions.ts'
import type { Values } from './dimensions.ts'
import { distinctStates, engineState, totalLayers } from './engine-state.ts'
import { automaticReserveMiB, freeVramMiB, layersThatFit, memoryExcessMiB, usableVramMiB } from './fit.ts'
import type { Dimension, Problem, SearchSpace } from './types.ts'

/** When nothing is predicted to fit, so many of the leanest candidates are tried all the same. */
const leanestCandidates = 8

/** Layer counts that are predicted to fit into the free graphics memory. */
interface Fitting {
  automaticBatch: number
  smallestBatch: number
}

/**
 * The regime and what is worth trying in it, each bound with its reason. Pure: the same problem gives the same
 * space. Removing dead parameters is the largest saving a search can make (reference: tuning science, regime gate).
 */
export function buildSpace(problem: Problem): SearchSpace {
  const fitting = { automaticBatch: layersThatFit(problem, 0), smallestBatch: layersThatFit(problem, 64) }
  const { regime, regimeReason } = judgeRegime(problem, fitting)
  const values = allowedOnly(problem, valuesOf(problem, regime, fitting))
  const enumerated = enumerate(values).filter((candidate) => isRunnable(problem, candidate))
  const candidates = distinctStates(problem, problem.baseline, keepThoseThatFit(problem, enumerated))
  const dimensions: Dimension[] = []
  const leftAlone = neverVaried(problem)
  for (const name of parameterNames) {
    const kept = [...new Set(candidates.map((candidate) => candidate[name]))].toSorted(byValue)
    const reasons = [...values[name].reasons, ...droppedValues(problem, name, values[name].values, kept)]
    const reason = reasons[0] ?? { code: 'search.oneValueLeft', values: { name } }
    if (kept.length > 1) dimensions.push({ name, values: kept, reasons })
    else leftAlone.unshift({ name, reason })
  }
  return { regime, regimeReason, dimensions, leftAlone, candidates }
}

function judgeRegime(problem: Problem, fitting: Fitting): { regime: Regime; regimeReason: Reason } {
  const total = totalLayers(problem.facts)
  if (problem.machine.gpus.length === 0) {
    return { regime: 'cpu', regimeReason: { code: 'search.regimeProcessor', values: {} } }
  }
  const values = { layers: fitting.smallestBatch, total, freeGigabytes: gigabytes(freeVramMiB(problem)) }
  return fitting.smallestBatch >= total
    ? { regime: 'full', regimeReason: { code: 'search.regimeFull', values } }
    : { regime: 'partial', regimeReason: { code: 'search.regimePartial', values } }
}

type ValuesOf = { [N in ParameterName]: Values<Configuration[N]> }

function valuesOf(problem: Problem, regime: Regime, fitting: Fitting): ValuesOf {
  return {
    num_gpu: gpuValues(problem, regime, fitting),
    num_thread: threadValues(problem, regime),
    num_batch: batchValues(problem),
    use_mmap: mappingValues(problem),
    flash_attention: flashAttentionValues(problem),
    kv_cache_type: cacheTypeValues(problem),
    num_parallel: parallelValues(problem, regime),
  }
}

/** Each value replaced by the nearest allowed one. */
function allowedOnly({ allowedValues }: Problem, values: ValuesOf): ValuesOf {
  if (!allowedValues) return values
  const numbers = (found: Values<number>, allowed: readonly number[] | undefined) => {
    if (!allowed) return found
    const nearest = (value: number) =>
      allowed.reduce((a, b) => (Math.abs(b - value) < Math.abs(a - value) ? b : a), allowed[0] ?? value)
    return { ...found, values: [...new Set(found.values.map(nearest))] }
  }
  const exactly = <T>(found: Values<T>, allowed: readonly T[] | undefined) => ({
    ...found,
    values: found.values.filter((value) => !allowed || allowed.includes(value)),
  })
  return {
    num_gpu: numbers(values.num_gpu, allowedValues.num_gpu),
    num_thread: numbers(values.num_thread, allowedValues.num_thread),
    num_batch: numbers(values.num_batch, allowedValues.num_batch),
    use_mmap: exactly(values.use_mmap, allowedValues.use_mmap),
    flash_attention: exactly(values.flash_attention, allowedValues.flash_attention),
    kv_cache_type: exactly(values.kv_cache_type, allowedValues.kv_cache_type),
    num_parallel: exactly(values.num_parallel, allowedValues.num_parallel),
  }
}

function gpuValues(problem: Problem, regime: Regime, fitting: Fitting): Values<number> {
  if (regime === 'cpu') return { values: [-1], reasons: [{ code: 'search.noGraphics', values: {} }] }
  const total = totalLayers(problem.facts)
  const all = problem.predictMemory({ ...automatic, num_gpu: total })
  const free = freeVramMiB(problem)
  if (all.vramMiB + automaticReserveMiB <= usableVramMiB(problem)) {
    const values = { total, neededGigabytes: gigabytes(all.vramMiB), freeGigabytes: gigabytes(free) }
    const reasons = [{ code: 'search.allLayersFit', values }]
    if (problem.goal === 'memory') return { values: [-1], reasons }
    // A daemon that leaves only two of them on the processor all the same can lose half of its speed.
    return { values: [-1, total], reasons: [...reasons, { code: 'search.allLayersAskedFor', values: {} }] }
  }
  return layerValues(problem, fitting)
}

function enumerate(values: ValuesOf): Configuration[] {
  return parameterNames.reduce<Configuration[]>(
    (begun, name) =>
      begun.flatMap((configuration) => values[name].values.map((value) => ({ ...configuration, [name]: value }))),
    [automatic],
  )
}

/** A quantised cache needs flash attention (reference: ollama.md §8, "requires flash_attn"). */
function isRunnable(problem: Problem, configuration: Configuration): boolean {
  const { hasFlashAttention, cacheType } = engineState(problem, configuration)
  return hasFlashAttention || cacheType === 'f16'
}

/** Drops what clearly does not fit; if that is everything, the leanest stay, as predictions can be wrong. */
function keepThoseThatFit(problem: Problem, candidates: Configuration[]): Configuration[] {
  const predicted = candidates.map((configuration) => ({ configuration, memory: problem.predictMemory(configuration) }))
  const fitting = predicted.filter(({ memory }) => fits(problem, memory))
  if (fitting.length > 0) return fitting.map(({ configuration }) => configuration)
  return predicted
    .toSorted((a, b) => memoryExcessMiB(problem, a.memory) - memoryExcessMiB(problem, b.memory))
    .slice(0, leanestCandidates)
    .map(({ configuration }) => configuration)
}

function fits(problem: Problem, memory: MemoryEstimate): boolean {
  return memoryExcessMiB(problem, memory) <= 0
}

/** Settings that are never varied, whatever the machine, and why. */
function neverVaried({ contextLength, features }: Problem): SearchSpace['leftAlone'] {
  const context = { name: 'num_ctx', reason: { code: 'search.contextIsRequired', values: { contextLength } } }
  // Earlier versions keep none.
  const keepsPrompts = features.parallelOption && features.automaticBatch
  return keepsPrompts
    ? [context, { name: 'prompt_cache', reason: { code: 'search.promptCacheIsUnseen', values: {} } }]
    : [context]
}

function droppedValues(
  problem: Problem,
  name: ParameterName,
  wanted: Configuration[ParameterName][],
  kept: Configuration[ParameterName][],
): Reason[] {
  const automaticValue = automatic[name]
  const dropped = wanted.filter((value) => value !== automaticValue && !kept.includes(value))
  const needMemory = dropped.filter((value) => !fits(problem, problem.predictMemory({ ...automatic, [name]: value })))
  if (needMemory.length === 0) return []
  return [{ code: 'search.valuesNeedTooMuchMemory', values: { name, dropped: needMemory.join(', ') } }]
}

/** Not set first, then false, true and numbers in ascending order; formats from the largest down. */
function byValue(a: Configuration[ParameterName], b: Configuration[ParameterName]): number {
  if (typeof a === 'string' || typeof b === 'string') return String(b ?? '~').localeCompare(String(a ?? '~'))
  return Number(a ?? -1) - Number(b ?? -1)
}
