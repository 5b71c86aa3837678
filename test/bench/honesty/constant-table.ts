import { automatic } from '../../../preload/contract/model.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import { meanCost } from '../tables.ts'
import type { Table } from '../tables.ts'
import type { Rates, Row } from '../tables/rows.ts'
import { problemOf } from './machines.ts'
import type { Setup } from './machines.ts'

/** Standard deviations of ln rate, and the drift. */
export interface Noise {
  withinSd: number
  betweenSd: number
  drift: Table['drift']
}

export const noDrift: Table['drift'] = { fraction: 0, timeConstantSeconds: 1 }

const loadSeconds = 6

/** A table in which no setting makes a difference, but for the factor on the rates that `speedOf` plants. */
export function constantTable(
  setup: Setup,
  { withinSd, betweenSd, drift }: Noise,
  speedOf: (configuration: Configuration) => number = () => 1,
): Table {
  const problem = problemOf(setup)
  const { workload } = problem
  const row = (configuration: Configuration): Row => ({
    outcome: 'ok',
    loadSeconds,
    rates: faster(setup.rates, speedOf(configuration)),
    ...problem.predictMemory(configuration),
    freeVramMiB: null,
    withinSd,
    betweenSd,
  })
  const usual = row(automatic)
  return {
    id: setup.name,
    isMeasured: false,
    workload,
    repetitionLimitSeconds: Infinity,
    drift,
    row,
    problemOf: (goal) => ({ ...problem, goal }),
    optimum: (goal) => meanCost(goal, workload, setup.rates, usual),
  }
}

function faster({ prefillTokensPerSecond, decodeTokensPerSecond }: Rates, factor: number): Rates {
  return {
    prefillTokensPerSecond: prefillTokensPerSecond * factor,
    decodeTokensPerSecond: decodeTokensPerSecond * factor,
  }
}
