import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study, Verdict } from '../../../preload/contract/study.ts'
import { gainPercent } from '../../search/objective.ts'
import { smallestWorthwhileGainPercent, type Decision } from '../../search/verdict.ts'
import { isSameConfiguration, isUnreliable } from '../choices.ts'
import {
  confirmedConfiguration,
  confirmedPairs,
  decideByPairs,
  isPromising,
  isWorthwhile,
  rivals,
  type Rival,
} from '../confirmation.ts'
import type { StudyCode, StudyReason } from '../../words/study.ts'
import { certaintyOf, pairsForCertainty } from './certainty.ts'
import { configurationValues } from './settings-values.ts'

/** A verdict before it is put into words, and the configuration that it is about. */
export interface Judgement extends Pick<Verdict, 'kind' | 'gainPercent' | 'interval' | 'pairs'> {
  /** The candidate that was compared with the baseline; null if there was none. */
  candidate: Configuration | null
  sentence: StudyReason
  reasons: StudyReason[]
}

/**
 * The adoption rule: a change is recommended only when pairs of fresh loads, measured in turns, show it. Whatever
 * looks better without such pairs, be it because the study was stopped or because it was run for another goal, is
 * named but not recommended.
 *
 * @param study in state `finished` if it came to its own end; in any other it counts as cut short.
 */
export function judge(study: Study, goal: GoalKind): Judgement {
  const confirmed = confirmedConfiguration(study)
  const [best = null] = rivals(study, goal)
  if (confirmed && isUnreliable(study, confirmed)) {
    return withoutPairs(study, goal, best, [{ code: 'study.candidateFailed', values: configurationValues(confirmed) }])
  }
  if (confirmed === null || confirmedPairs(study).length === 0) return withoutPairs(study, goal, best, [])
  const byPairs = fromPairs(study, goal, confirmed)
  const isAnother = best !== null && !isSameConfiguration(best.configuration, confirmed)
  const hidesBetter = goal !== study.request.goal && isAnother && isWorthwhile(goal, best)
  return hidesBetter && byPairs.kind !== 'improved' ? withoutPairs(study, goal, best, byPairs.reasons) : byPairs
}

function fromPairs(study: Study, goal: GoalKind, candidate: Configuration): Judgement {
  const decision = decideByPairs(study, goal)
  const pairs = confirmedPairs(study).length
  const kind = decision.settled || study.state === 'finished' ? decision.kind : 'stopped'
  const reasons: StudyReason[] = [certaintyOf({ kind, interval: decision.interval, pairs })]
  if (decision.isTooSlow) reasons.push({ code: 'study.savesButTooSlow', values: configurationValues(candidate) })
  const { gainPercent: gain, interval } = decision
  return {
    kind,
    candidate,
    gainPercent: gain,
    interval,
    pairs,
    sentence: { code: sentenceOf(decision, kind, pairs), values: { goal, gain } },
    reasons,
  }
}

function sentenceOf({ gainPercent: gain, interval }: Decision, kind: Judgement['kind'], pairs: number): StudyCode {
  if (kind === 'improved') return pairs < pairsForCertainty ? 'study.verdict.improvedLikely' : 'study.verdict.improved'
  // "Already right" is said only where the interval leaves no room for a gain worth having.
  const leavesRoom = interval === null || interval.high >= smallestWorthwhileGainPercent
  if (kind === 'keep' && leavesRoom) return 'study.verdict.nothingBetter'
  const isLikely = interval !== null && interval.low > 0 && gain >= smallestWorthwhileGainPercent
  return kind === 'inconclusive' && isLikely ? 'study.verdict.likely' : `study.verdict.${kind}`
}

function withoutPairs(study: Study, goal: GoalKind, best: Rival | null, reasons: StudyReason[]): Judgement {
  const gain = best === null ? 0 : gainPercent(goal, best.logRatio)
  const looksBetter = best !== null && isPromising(study, goal, best)
  const kind = study.state !== 'finished' ? 'stopped' : looksBetter ? 'inconclusive' : 'keep'
  return {
    kind,
    candidate: best?.configuration ?? null,
    gainPercent: gain,
    interval: null,
    pairs: 0,
    sentence: {
      code: verdictsWithoutPairs[kind],
      values: { goal, gain },
    },
    reasons: [...reasons, rivalReason(study, goal, best, gain)],
  }
}

const verdictsWithoutPairs = {
  stopped: 'study.verdict.stopped',
  inconclusive: 'study.verdict.unconfirmed',
  keep: 'study.verdict.nothingBetter',
} as const

function rivalReason(study: Study, goal: GoalKind, best: Rival | null, gain: number): StudyReason {
  if (best === null) return { code: 'study.nothingElseMeasured', values: {} }
  const values = { goal, gain, ...configurationValues(best.configuration), needed: smallestWorthwhileGainPercent }
  if (!isWorthwhile(goal, best)) return { code: 'study.rivalNoBetter', values }
  return { code: isPromising(study, goal, best) ? 'study.rivalUnconfirmed' : 'study.rivalWithinNoise', values }
}
