import type { Statement } from '../../../preload/contract/estimate.ts'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import { parameterNames, type Configuration, type ParameterName } from '../../../preload/contract/model.ts'
import type { MeasuredChoice, Study } from '../../../preload/contract/study.ts'
import { gainPercent } from '../../search/objective.ts'
import { smallestWorthwhileGainPercent } from '../../search/verdict.ts'
import { say } from '../../words/say.ts'
import type { StudyReason } from '../../words/study.ts'
import { isSameConfiguration } from '../choices.ts'
import { settingValue } from './settings-values.ts'

export interface Kept {
  name: ParameterName
  value: Configuration[ParameterName]
  reason: Statement
}

/**
 * Each parameter that people expect to matter and that stays as it is, with the reason: what the plan says of it, or
 * what the same settings did with another value, or how trials with other values compared.
 */
export function explainKept(
  study: Study,
  goal: GoalKind,
  best: MeasuredChoice,
  choices: readonly MeasuredChoice[],
): Kept[] {
  const { baseline, dimensions, leftAlone } = study.plan
  return parameterNames.flatMap((name): Kept[] => {
    const value = baseline[name]
    if (best.configuration[name] !== value) return []
    const isVaried = dimensions.some((dimension) => dimension.name === name)
    const planned = leftAlone.find((other) => other.name === name)?.reason
    if (!isVaried) return planned ? [{ name, value, reason: planned }] : []
    return [{ name, value, reason: say(measuredReason(study, goal, name, best, choices)) }]
  })
}

function measuredReason(
  study: Study,
  goal: GoalKind,
  name: ParameterName,
  best: MeasuredChoice,
  choices: readonly MeasuredChoice[],
): StudyReason {
  const others = choices
    .filter(({ configuration }) => configuration[name] !== best.configuration[name])
    .map((choice) => ({ choice, gain: gainOver(goal, best, choice) }))
    .toSorted((a, b) => b.gain - a.gain)
  const [alone] = others.filter(({ choice: { configuration } }) =>
    isSameConfiguration({ ...configuration, [name]: best.configuration[name] }, best.configuration),
  )
  if (alone) {
    const other = settingValue(name, alone.choice.configuration[name])
    const values = { name, other, goal, gain: alone.gain, needed: smallestWorthwhileGainPercent }
    if (alone.gain >= smallestWorthwhileGainPercent) return { code: 'study.keptUnproven', values }
    const isAlike = alone.gain > -smallestWorthwhileGainPercent
    return { code: isAlike ? 'study.keptAlike' : 'study.keptWorse', values }
  }
  const [closest] = others
  if (closest) return { code: 'study.keptInCompany', values: { name, count: others.length, goal, gain: closest.gain } }
  const tried = study.trials.filter(({ configuration }) => configuration[name] !== best.configuration[name])
  return tried.length > 0
    ? { code: 'study.keptFailed', values: { name, count: tried.length } }
    : { code: 'study.keptUntried', values: { name } }
}

/** By how much another choice is better under the goal, percent; negative: worse. */
function gainOver(goal: GoalKind, best: MeasuredChoice, other: MeasuredChoice): number {
  const logRatio = Math.log(best.objective.mean / other.objective.mean)
  return gainPercent(goal, goal === 'throughput' ? -logRatio : logRatio)
}
