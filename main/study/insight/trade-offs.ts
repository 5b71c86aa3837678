import type { GoalKind } from '../../../preload/contract/goal.ts'
import {
  choiceRoleSchema,
  objectiveNames,
  type InsightQuestion,
  type Limits,
  type ObjectiveCosts,
  type ObjectiveName,
  type TradeOffs,
  type Weights,
} from '../../../preload/contract/insight.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { memoryTurnAllowance } from '../../search/objective.ts'
import { hypervolume } from '../../search/objectives/hypervolume.ts'
import { knee } from '../../search/objectives/knee.ts'
import { limitExcess } from '../../search/objectives/objectives.ts'
import { jitteredWeights } from '../../search/objectives/preference.ts'
import { constrainedFront } from '../../search/objectives/pareto.ts'
import { createRandom } from '../../search/random.ts'
import { say } from '../../words/say.ts'
import { isSameConfiguration } from '../choices.ts'
import { consequencesOf } from './consequences.ts'
import { bestByWeights, rated, setupsOfRoles } from './preferred.ts'
import { measuredSetups, type MeasuredSetup } from './setups.ts'
import { tradeOffReasons } from './trade-off-reasons.ts'

/** Independent objectives: a reply's time follows from the first two. */
const frontObjectives = ['ttftSeconds', 'secondsPerToken', 'memoryMiB'] as const satisfies readonly ObjectiveName[]
/** Costs up to so many times the present setup's count towards the hypervolume. */
const referenceRatio = 2
/** Nearby weightings tried, and how far they are scattered (standard deviation of ln weight). */
const nearbyWeightings = 100
const nearbySpread = 0.4

/**
 * What to choose among the measured setups when more than one objective counts: front, knee, and the best by the
 * asked weights under the asked limits; without them by the goal's own. Null before the baseline was measured. Pure.
 */
export function tradeOffsFor(study: Study, goal: GoalKind, question: InsightQuestion): TradeOffs | null {
  const setups = measuredSetups(study)
  const present = setups.find(({ configuration }) => isSameConfiguration(configuration, study.plan.baseline))
  if (!present) return null
  const weights = question.weights ?? goalWeights[goal]
  const limits = question.limits ?? goalLimits(goal, present.costs)
  const excessOf = (setup: MeasuredSetup) => limitExcess({ ...setup.costs, vramMiB: setup.memory.vramMiB }, limits)
  const admissible = setups.filter((setup) => excessOf(setup) === 0)
  const front = constrainedFront(setups, ({ costs }) => frontObjectives.map((name) => costs[name]), excessOf)
  const choices = rated(setups, weights).toSorted((a, b) => excessOf(a.setup) - excessOf(b.setup) || a.score - b.score)
  const chosen = (by: Weights) => bestByWeights(admissible, [present], by)
  const preferred = chosen(weights)
  const compromise = kneeOf(setups, excessOf)
  const best = setupsOfRoles(study, goal, admissible, compromise)
  const found = {
    weights,
    limits,
    choices: choices.map(({ setup, score }) => ({
      configuration: setup.configuration,
      loads: setup.loads,
      costs: setup.costs,
      vramMiB: setup.memory.vramMiB,
      keepsLimits: excessOf(setup) === 0,
      isParetoOptimal: front.includes(setup),
      isKnee: setup === compromise,
      isPreferred: setup === preferred,
      score,
      roles: choiceRoleSchema.options.filter((role) => best[role] === setup),
      consequences: consequencesOf(study, setup, present).map(say),
    })),
    steadiness: steadiness(chosen, weights, study.request.seed),
    hypervolume: dominatedVolume(
      front.filter((setup) => excessOf(setup) === 0),
      present.costs,
    ),
  }
  return { ...found, sentences: tradeOffReasons(found, present.configuration).map(say) }
}

const goalWeights: Record<GoalKind, Weights> = {
  chat: { turnSeconds: 1 },
  throughput: { secondsPerToken: 1 },
  memory: { memoryMiB: 1 },
}

function goalLimits(goal: GoalKind, present: ObjectiveCosts): Limits {
  return goal === 'memory' ? { turnSeconds: memoryTurnAllowance * present.turnSeconds } : {}
}

/** How often slightly different weights would choose the same. */
function steadiness(choose: (weights: Weights) => MeasuredSetup | null, weights: Weights, seed: number): number {
  const random = createRandom(seed)
  const chosen = choose(weights)
  const same = Array.from({ length: nearbyWeightings }, () =>
    choose(jitteredWeights(weights, nearbySpread, random)),
  ).filter((setup) => setup === chosen)
  return same.length / nearbyWeightings
}

/** The knee between the two objectives that people weigh against each other: reply time and memory. */
function kneeOf(setups: readonly MeasuredSetup[], excessOf: (setup: MeasuredSetup) => number): MeasuredSetup | null {
  const costsOf = ({ costs }: MeasuredSetup) => [costs.turnSeconds, costs.memoryMiB]
  return knee(constrainedFront(setups, costsOf, excessOf), costsOf)
}

function dominatedVolume(front: readonly MeasuredSetup[], present: ObjectiveCosts): TradeOffs['hypervolume'] {
  const octaves = front.map(({ costs }) => frontObjectives.map((name) => Math.log2(costs[name] / present[name])))
  const reference = Object.fromEntries(objectiveNames.map((name) => [name, referenceRatio * present[name]]))
  return {
    value: hypervolume(
      octaves,
      frontObjectives.map(() => Math.log2(referenceRatio)),
    ),
    objectives: [...frontObjectives],
    reference: reference as ObjectiveCosts,
  }
}
