import type { MemoryEstimate, ParameterName } from '../../../preload/contract/model.ts'
import { parameterNames } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { StudyReason } from '../../words/study.ts'
import { measuredLoads, type MeasuredLoad } from '../choices.ts'
import { deadParameters } from '../effects.ts'
import { predictMemoryOf } from '../plan.ts'

/** A parameter that the daemon ignores, and what shows it. */
export interface DeadParameter {
  name: ParameterName
  reason: StudyReason
}

/** A predicted difference below these is no expectation. */
const leastMiB = 16
const leastShare = 0.02
/** Reported memory that moves by less than this share of the expected difference does not follow the parameter. */
const flatShare = 0.1
/** Two values, one of them loaded twice: what the daemon reports of equal loads is equal. */
const fewestLoads = 3

/**
 * The parameters whose effect a load shows: memory as the daemon reports it. From 0.30 on Ollama adds up what was
 * allocated, as the built-in engine does; before, it told what it reckoned, in which layers and the format of the
 * context count and batches do not.
 */
export function visibleParameters({ daemon }: Pick<Study, 'daemon'>): readonly ParameterName[] {
  const tellsAllocated = daemon.kind === 'builtIn' || daemon.features.outputLayerFirst
  const reckoned: ParameterName[] = ['num_gpu', 'kv_cache_type', 'num_parallel']
  return tellsAllocated ? [...reckoned, 'num_batch', 'flash_attention'] : reckoned
}

/**
 * A varied parameter that is proven to do nothing here: loads that differ in it alone should differ in memory by what is
 * predicted, and all of them report the same. Null if there is none that is not known already.
 */
export function findDeadParameter(study: Study): DeadParameter | null {
  const known = deadParameters(study)
  const loads = measuredLoads(study)
  for (const name of visibleParameters(study)) {
    const isVaried = study.plan.dimensions.some((dimension) => dimension.name === name)
    if (!isVaried || known.includes(name)) continue
    const compared = comparedLoads(study, name, loads)
    if (compared.some(({ isFlat }) => !isFlat)) continue
    const involved = new Set(compared.flatMap(({ pair }) => pair))
    if (involved.size < fewestLoads) continue
    return { name, reason: { code: 'study.noEffect', values: { name } } }
  }
  return null
}

/** Pairs of loads that differ in this parameter alone, and by enough to be seen. */
function comparedLoads(study: Study, name: ParameterName, loads: readonly MeasuredLoad[]) {
  return loads.flatMap((one, index) =>
    loads.slice(index + 1).flatMap((other) => {
      if (!differInAlone(name, one, other)) return []
      const [a, b] = [one, other].map(({ configuration }) => predictMemoryOf(study, configuration))
      if (!a || !b) return []
      const expectedMiB = Math.abs(seenMiB(name, a) - seenMiB(name, b))
      if (expectedMiB < Math.max(leastMiB, leastShare * (a.ramMiB + a.vramMiB))) return []
      const measuredMiB = Math.abs(seenMiB(name, one.memory) - seenMiB(name, other.memory))
      return [{ pair: [one, other], isFlat: measuredMiB < flatShare * expectedMiB }]
    }),
  )
}

/** Threads take no memory, so they may differ as well. How many layers "automatic" are is the daemon's secret. */
function differInAlone(name: ParameterName, { configuration: a }: MeasuredLoad, { configuration: b }: MeasuredLoad) {
  if (name === 'num_gpu' && Math.min(a.num_gpu, b.num_gpu) < 0) return false
  return parameterNames.every((other) => other === 'num_thread' || (a[other] === b[other]) === (other !== name))
}

/** Layers move memory to the graphics card; everything else changes how much there is of it. */
function seenMiB(name: ParameterName, { ramMiB, vramMiB }: MemoryEstimate): number {
  return name === 'num_gpu' ? vramMiB : ramMiB + vramMiB
}
