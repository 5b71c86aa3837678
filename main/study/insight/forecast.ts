import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import { covarianceOf } from '../../search/importance/belief.ts'
import { decisiveTokens } from '../../search/objective.ts'
import { createRandom, shuffle } from '../../search/random.ts'
import { createHistory, type History } from '../../search/samplers/history.ts'
import { createPhysics } from '../../search/surrogate/physics.ts'
import { fitSurrogate } from '../../search/surrogate/surrogate.ts'
import type { Problem } from '../../search/types.ts'
import { sampleVariance } from '../../statistics/statistics.ts'
import { effectiveConfiguration } from '../effects.ts'
import { driftFreeOutcome } from '../noise.ts'
import { searchOf } from '../plan.ts'

/** ln of the goal's cost of configurations: means, and the covariance of their errors where that is asked for. */
type Believe = (configurations: readonly Configuration[]) => { mean: number[]; covariance: () => Float64Array[] }

/** What a finished study knows of every setup that it could have chosen. */
export interface Outlook {
  problem: Problem
  history: History
  /** Setups that fit as far as is known, in an order drawn by the study's seed. */
  candidates: Configuration[]
  believe: Believe
}

/** Predictions of memory are off by this share at least, whatever few loads say. */
const leastMemorySpread = 0.01

/** Rebuilds the model that the study's measurements at full length speak for, judged for a goal. */
export function outlookOf(study: Study, goal: GoalKind): Outlook {
  const { problem: planned, space } = searchOf(study)
  const problem = { ...planned, goal }
  const history = createHistory(problem, space)
  for (const [index, { configuration, fidelity }] of study.trials.entries()) {
    const outcome = driftFreeOutcome({ ...study, trials: study.trials.slice(0, index + 1) })
    if (outcome && !fidelity) history.tell({ configuration: effectiveConfiguration(study, configuration), outcome })
  }
  const candidates = [...history.measuredConfigurations(), ...history.open()]
  return {
    problem,
    history,
    candidates: shuffle(candidates, createRandom(study.request.seed)),
    believe: goal === 'memory' ? believeMemory(problem, history) : believeSeconds(problem, history),
  }
}

function believeSeconds(problem: Problem, history: History): Believe {
  const surrogate = fitSurrogate(problem, createPhysics(problem), history.measurements())
  const tokens = decisiveTokens(problem.goal, problem.workload)
  const unit = problem.goal === 'throughput' ? Math.log(tokens) : 0
  return (configurations) => {
    const predictions = configurations.map((configuration) => surrogate.logTurnSeconds(configuration, tokens))
    return {
      mean: predictions.map(({ mean }) => mean - unit),
      covariance: () => covarianceOf(predictions, (a, b) => surrogate.covariance(a, b)),
    }
  }
}

/** Memory follows from the model's facts: predictions differ from measurements by what all have in common, and little. */
function believeMemory(problem: Problem, history: History): Believe {
  const predicted = (configuration: Configuration) => {
    const { ramMiB, vramMiB } = problem.predictMemory(configuration)
    return Math.log(ramMiB + vramMiB)
  }
  const errors = history.measurements().map(({ configuration, cost }) => Math.log(cost) - predicted(configuration))
  const common = errors.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.length)
  const variance = Math.max(leastMemorySpread ** 2, sampleVariance(errors)?.variance ?? 0)
  return (configurations) => ({
    mean: configurations.map((configuration) => predicted(configuration) + common),
    covariance: () => covarianceOf(configurations, (a, b) => (a === b ? variance : 0)),
  })
}
