import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import { longAnswerTokens } from '../../search/objective.ts'
import { createRandom, shuffle } from '../../search/random.ts'
import { createHistory, type History } from '../../search/samplers/history.ts'
import { sampleVariance } from '../../search/statistics.ts'
import { createPhysics } from '../../search/surrogate/physics.ts'
import { decisiveTokens, fitSurrogate } from '../../search/surrogate/surrogate.ts'
import type { Problem } from '../../search/types.ts'
import { searchOf } from '../plan.ts'

/** ln of the goal's cost, with the variance of that prediction. */
type LogCost = (configuration: Configuration) => { mean: number; variance: number }

/** What a finished study knows of every setup that it could have chosen. */
export interface Outlook {
  problem: Problem
  history: History
  /** Setups that fit as far as is known, in an order drawn by the study's seed. */
  candidates: Configuration[]
  logCost: LogCost
}

/** Predictions of memory are off by this share at least, whatever few loads say. */
const leastMemorySpread = 0.01

/** Rebuilds the model that the study's measurements speak for, judged for a goal. */
export function outlookOf(study: Study, goal: GoalKind): Outlook {
  const { problem: planned, space } = searchOf(study)
  const problem = { ...planned, goal }
  const history = createHistory(problem, space)
  for (const { configuration, outcome } of study.trials) if (outcome) history.tell({ configuration, outcome })
  const candidates = [...history.measuredConfigurations(), ...history.open()]
  return {
    problem,
    history,
    candidates: shuffle(candidates, createRandom(study.request.seed)),
    logCost: goal === 'memory' ? logMemory(problem, history) : logSeconds(problem, history),
  }
}

function logSeconds(problem: Problem, history: History): LogCost {
  const surrogate = fitSurrogate(problem, createPhysics(problem), history.measurements())
  const tokens = decisiveTokens(problem.goal, problem.workload.outputTokens)
  const unit = problem.goal === 'throughput' ? Math.log(longAnswerTokens) : 0
  return (configuration) => {
    const { mean, variance } = surrogate.logTurnSeconds(configuration, tokens)
    return { mean: mean - unit, variance }
  }
}

/** Memory follows from the model's facts: predictions differ from measurements by what all have in common, and little. */
function logMemory(problem: Problem, history: History): LogCost {
  const predicted = (configuration: Configuration) => {
    const { ramMiB, vramMiB } = problem.predictMemory(configuration)
    return Math.log(ramMiB + vramMiB)
  }
  const errors = history.measurements().map(({ configuration, cost }) => Math.log(cost) - predicted(configuration))
  const common = errors.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.length)
  const variance = Math.max(leastMemorySpread ** 2, sampleVariance(errors)?.variance ?? 0)
  return (configuration) => ({ mean: predicted(configuration) + common, variance })
}
