import type { Reason } from '../../../preload/contract/estimate.ts'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { MeasuredChoice, Report, Study, Verdict } from '../../../preload/contract/study.ts'
import { turnLimitSeconds } from '../../search/objective.ts'
import { paretoFront } from '../../search/objectives/pareto.ts'
import { say } from '../../words/say.ts'
import { explainChanges } from './changes.ts'
import { environmentRemarks } from './environment-remarks.ts'
import { groupByConfiguration, isSameConfiguration, measuredLoads, summarise } from '../choices.ts'
import { judge, type Judgement } from './judgement.ts'
import { explainKept } from './kept.ts'
import { notesFor } from './notes.ts'
import { untestedBy } from './untested.ts'

/**
 * What the study found, judged for a goal: its own, or another one by the same measurements. Pure.
 * Null as long as the baseline has not been measured.
 *
 * @param study in state `finished` if it came to its own end; in any other it counts as cut short.
 */
export function reportFor(study: Study, goal: GoalKind): Report | null {
  const choices = measuredChoices(study, goal)
  const find = (configuration: MeasuredChoice['configuration']) =>
    choices.find((choice) => isSameConfiguration(choice.configuration, configuration))
  const baseline = find(study.plan.baseline)
  if (!baseline) return null
  const judgement = judge(study, goal)
  const isImproved = judgement.kind === 'improved' && judgement.candidate !== null
  const best = (isImproved && judgement.candidate && find(judgement.candidate)) || baseline
  const remarks = environmentRemarks(study, goal, best.configuration)
  return {
    goal,
    verdict: inWords({ ...judgement, reasons: [...judgement.reasons, ...remarks] }),
    baseline,
    best,
    changes: explainChanges(study, goal, best, choices).map((change) => ({ ...change, reason: say(change.reason) })),
    kept: explainKept(study, goal, best, choices),
    untested: untestedBy(study),
    alternatives: bestFirst(goal, choices, baseline),
    notes: notesFor(study, goal, judgement).map(say),
  }
}

/** All measured configurations with their estimates; Pareto-optimal in first token, writing speed and memory. */
function measuredChoices(study: Study, goal: GoalKind): MeasuredChoice[] {
  const choices = groupByConfiguration(measuredLoads(study)).map((loads) => summarise(study, goal, loads))
  const front = new Set(
    paretoFront(choices, ({ ttftSeconds, decodeTokensPerSecond, memory }) => [
      ttftSeconds.mean,
      1 / decodeTokensPerSecond.mean,
      memory.ramMiB + memory.vramMiB,
    ]),
  )
  return choices.map((choice) => ({ ...choice, isParetoOptimal: front.has(choice) }))
}

/** By the goal's objective; those that break the goal's limit on turn seconds come last. */
function bestFirst(goal: GoalKind, choices: readonly MeasuredChoice[], baseline: MeasuredChoice): MeasuredChoice[] {
  const limit = turnLimitSeconds(goal, baseline.turnSeconds.mean) ?? Infinity
  const cost = ({ objective }: MeasuredChoice) => (goal === 'throughput' ? -objective.mean : objective.mean)
  const isTooSlow = ({ turnSeconds }: MeasuredChoice) => Number(turnSeconds.mean > limit)
  return choices.toSorted((a, b) => isTooSlow(a) - isTooSlow(b) || cost(a) - cost(b))
}

type Spoken = Omit<Judgement, 'reasons'> & { reasons: Reason[] }

function inWords({ kind, gainPercent, interval, pairs, sentence, reasons }: Spoken): Verdict {
  return { kind, gainPercent, interval, pairs, sentence: say(sentence), reasons: reasons.map(say) }
}
