import type { Workload } from '../../../preload/contract/goal.ts'
import type { Limits, ObjectiveCosts } from '../../../preload/contract/insight.ts'
import { turnSeconds, type Rates } from '../objective.ts'

/** Every objective of a setup, all to be minimised, from one set of measurements. */
export function objectiveCosts(rates: Rates, workload: Workload): ObjectiveCosts {
  return {
    turnSeconds: turnSeconds(rates, workload),
    ttftSeconds: rates.ttftSeconds,
    secondsPerToken: 1 / rates.decodeTokensPerSecond,
    memoryMiB: rates.memory.ramMiB + rates.memory.vramMiB,
  }
}

/**
 * By how much a setup breaks the limits at worst, nats: ln(cost / limit) of the limit that it exceeds most.
 * 0 when it keeps them all.
 */
export function limitExcess(costs: ObjectiveCosts & { vramMiB: number }, limits: Limits): number {
  const excesses = (Object.keys(limits) as (keyof Limits)[]).map((name) => {
    const limit = limits[name]
    return limit === undefined ? 0 : Math.log(costs[name] / limit)
  })
  return Math.max(0, ...excesses)
}
