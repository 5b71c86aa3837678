import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { ChoiceRole, Weights } from '../../../preload/contract/insight.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { preferenceScores, preferenceShares } from '../../search/objectives/preference.ts'
import { smallestWorthwhileGainPercent } from '../../search/verdict.ts'
import { isSameConfiguration } from '../choices.ts'
import { judge } from '../report/judgement.ts'
import type { MeasuredSetup } from './setups.ts'

export function rated(setups: readonly MeasuredSetup[], weights: Weights): { setup: MeasuredSetup; score: number }[] {
  const scores = preferenceScores(
    setups.map(({ costs }) => costs),
    weights,
  )
  return setups.map((setup, i) => ({ setup, score: scores[i] ?? 0 }))
}

/**
 * The best by the weights; before it the first favourite that nothing is better than by what would make a change
 * worthwhile. Null without setups.
 */
export function bestByWeights(
  setups: readonly MeasuredSetup[],
  favourites: readonly MeasuredSetup[],
  weights: Weights,
): MeasuredSetup | null {
  const ranked = rated(setups, weights).toSorted((a, b) => a.score - b.score)
  const [best] = ranked
  if (!best) return null
  const heaviest = Math.max(...preferenceShares(weights))
  const worthwhile = Math.log1p(smallestWorthwhileGainPercent / 100) * heaviest
  const alike = ranked.filter(({ score }) => score - best.score < worthwhile).map(({ setup }) => setup)
  return favourites.find((setup) => alike.includes(setup)) ?? best.setup
}

/**
 * The best setup of each role. What the study recommends, or else the present setup, comes before others that are
 * hardly better: it has been checked more thoroughly.
 *
 * @param compromise the knee between reply time and memory, if there is one
 */
export function setupsOfRoles(
  study: Study,
  goal: GoalKind,
  setups: readonly MeasuredSetup[],
  compromise: MeasuredSetup | null,
): Record<ChoiceRole, MeasuredSetup | null> {
  const { kind, candidate } = judge(study, goal)
  const trusted = [...(kind === 'improved' && candidate ? [candidate] : []), study.plan.baseline]
  const favourites = trusted.flatMap((configuration) =>
    setups.filter((setup) => isSameConfiguration(setup.configuration, configuration)),
  )
  const bestOf = (weights: Weights) => bestByWeights(setups, favourites, weights)
  return {
    fastest: bestOf(goal === 'throughput' ? { secondsPerToken: 1 } : { turnSeconds: 1 }),
    balanced: compromise ?? bestOf({ turnSeconds: 1, memoryMiB: 1 }),
    lightest: bestOf({ memoryMiB: 1 }),
  }
}
