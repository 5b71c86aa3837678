import { z } from 'zod'
import { parameterNames } from '../../preload/contract/model.ts'
import type { Configuration, ParameterName } from '../../preload/contract/model.ts'
import type { GoalKind } from '../../preload/contract/goal.ts'
import { distinctStates } from '../../main/search/engine-state.ts'
import { createRandom } from '../../main/search/random.ts'
import { bayesSampler, wholeBayes } from '../../main/search/samplers/bayes/bayes.ts'
import { buildSpace } from '../../main/search/space.ts'
import { createPhysics } from '../../main/search/surrogate/physics.ts'
import type { Physics } from '../../main/search/surrogate/physics.ts'
import type { Patience, Problem, SearchSpace } from '../../main/search/types.ts'
import { probeBeliefs } from '../../main/study/probe/belief.ts'
import type { ReplayedSampler } from './replay.ts'
import type { Table } from './tables.ts'

/** `bayes` with one part left out each, to see what that part is worth; with `bayes-probe` one is added. */
export const ablationSchema = z.enum([
  'bayes-no-gate',
  'bayes-no-physics',
  'bayes-no-cost',
  'bayes-no-early-stop',
  'bayes-probe',
])
export type Ablation = z.infer<typeof ablationSchema>

/** Standard deviation of the level of speed where no physics tells of it, nats. */
const levelSpread = 2

/** The sampler without one of its parts, or with a look at the table's computer, where the table has one. */
export function ablatedSampler(
  table: Table,
  goal: GoalKind,
  ablation: Ablation,
  seed: number,
  maximumTrials: number,
  patience: Patience,
): ReplayedSampler {
  const { machine } = table.problemOf(goal)
  const learnt = ablation === 'bayes-probe' ? probeBeliefs({ probe: table.probe, machine }) : {}
  const problem = { ...table.problemOf(goal), learnt }
  const built = ablation === 'bayes-no-gate' ? wholeSpace(problem) : buildSpace(problem)
  const space = { ...built, candidates: built.candidates.filter((configuration) => table.row(configuration)) }
  const create = bayesSampler({
    ...wholeBayes,
    createPhysics: ablation === 'bayes-no-physics' ? flatPhysics : wholeBayes.createPhysics,
    usesCost: ablation !== 'bayes-no-cost',
    stopsEarly: ablation !== 'bayes-no-early-stop',
  })
  return create({ problem, space, random: createRandom(seed + 1e6), maximumTrials, patience })
}

/** Every combination of the values that the table knows, whether it is likely to fit or not. */
function wholeSpace(problem: Problem): SearchSpace {
  const valuesOf = (name: ParameterName): readonly Configuration[ParameterName][] =>
    problem.allowedValues?.[name] ?? [problem.baseline[name]]
  const all = parameterNames.reduce<Configuration[]>(
    (configurations, name) =>
      configurations.flatMap((configuration) => valuesOf(name).map((value) => ({ ...configuration, [name]: value }))),
    [problem.baseline],
  )
  return { ...buildSpace(problem), candidates: distinctStates(problem, problem.baseline, all) }
}

/** A mean that is the same for every configuration; two parameters stand for its levels. */
function flatPhysics(problem: Problem): Physics {
  const physics = createPhysics(problem)
  const middle = physics.logSeconds(physics.read(physics.priorMean), physics.place(problem.baseline))
  return {
    ...physics,
    keys: ['coreCompute', 'coreBandwidth'],
    priorMean: [0, 0],
    priorSd: [levelSpread, levelSpread],
    read: ([compute = 0, bandwidth = 0]) => ({
      ...physics.read(physics.priorMean),
      coreCompute: Math.exp(compute),
      coreBandwidth: Math.exp(bandwidth),
    }),
    logSeconds: ({ coreCompute, coreBandwidth }) => ({
      ttft: middle.ttft - Math.log(coreCompute),
      token: middle.token - Math.log(coreBandwidth),
    }),
  }
}
