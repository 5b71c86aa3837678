import { mean } from 'simple-statistics'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { isSameConfiguration, measuredLoads } from '../choices.ts'
import { budgetFor, usualConfirmPairs } from '../goals.ts'

/** A warm-up and about four repetitions. */
const answersPerLoad = 5
/** From this far apart it does not matter that one of two was measured on a cold first answer alone. */
const farApart = 6

/**
 * Turn seconds above which a trial would eat up the study's time, so that it is cut short once its rates are known:
 * more threads than cores can make an answer take minutes, and a large model always may.
 */
export function guardTurnSeconds({ plan, request }: Study): number {
  // What further loads a study may spend depends on the time that is left.
  const { baselineLoads, searchLoads } = budgetFor(request.budget)
  return (plan.maximumMinutes * 60) / (baselineLoads + searchLoads + 2 * usualConfirmPairs) / answersPerLoad
}

/** Less than a quarter of the workload would say little of the whole. */
const mostHalvings = 2

/**
 * How often the workload has to be halved for answers that take so long to pass the guard; 0 if they do, or if what
 * may be halved is not enough.
 */
export function halvingsToPass(study: Study, turnSeconds: number): number {
  const halvings = Math.max(0, Math.ceil(Math.log2(turnSeconds / guardTurnSeconds(study))))
  return halvings <= mostHalvings ? halvings : 0
}

/**
 * The guard for a load that is to be compared with another by confirmation: none unless the two are far apart, as a
 * first answer on cold memory is slower, and the comparison of near ones by such answers would be worth nothing.
 */
export function guardForComparison(study: Study, one: Configuration, other: Configuration): number | null {
  const guard = guardTurnSeconds(study)
  const [low = 0, high = 0] = [meanTurn(study, one), meanTurn(study, other)].toSorted((a, b) => a - b)
  return high >= farApart * low ? guard : null
}

/** Made this many times slower by one setting put back, the best settings need no closer look at it. */
const clearlySlower = 2

/** The guard for the best settings with one of the user's own put back: only near ones need exact figures. */
export function guardForReason(study: Study, candidate: Configuration): number {
  const turnSeconds = meanTurn(study, candidate)
  return turnSeconds > 0 ? Math.min(guardTurnSeconds(study), clearlySlower * turnSeconds) : guardTurnSeconds(study)
}

function meanTurn(study: Study, configuration: Configuration): number {
  const loads = measuredLoads(study).filter((load) => isSameConfiguration(load.configuration, configuration))
  return loads.length === 0 ? 0 : mean(loads.map((load) => load.turnSeconds))
}
