import type { Configuration } from '../../../preload/contract/model.ts'
import { objectiveCost, turnSeconds } from '../objective.ts'
import type { Problem } from '../types.ts'
import type { Physics } from './physics.ts'

export interface PredictedSpeed {
  cost: number
  turnSeconds: number
  decodeTokensPerSecond: number
}

/** What the physical mean says of a configuration at parameters θ. */
export function predictByPhysics(
  problem: Problem,
  physics: Physics,
  theta: readonly number[],
  configuration: Configuration,
): PredictedSpeed {
  const seconds = physics.logSeconds(physics.read(theta), physics.place(configuration))
  const rates = {
    ttftSeconds: Math.exp(seconds.ttft),
    decodeTokensPerSecond: Math.exp(-seconds.token),
    memory: problem.predictMemory(configuration),
  }
  return {
    cost: objectiveCost(problem.goal, rates, problem.workload),
    turnSeconds: turnSeconds(rates, problem.workload),
    decodeTokensPerSecond: rates.decodeTokensPerSecond,
  }
}
