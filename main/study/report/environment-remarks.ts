import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { gainPercent } from '../../search/objective.ts'
import type { EnvironmentReason } from '../../words/environment.ts'
import { isSameConfiguration } from '../choices.ts'
import { rivals } from '../confirmation.ts'
import { environmentChanges, tagPart } from '../environment.ts'

/**
 * What a reader must know of a configuration that needs another environment: that a saved model is not enough, and how
 * much of the gain comes with it alone, as measured. Empty where a tag holds everything.
 */
export function environmentRemarks(study: Study, goal: GoalKind, configuration: Configuration): EnvironmentReason[] {
  const changes = environmentChanges(study, configuration)
  if (changes.length === 0) return []
  const remarks: EnvironmentReason[] = [
    { code: 'environment.needed', values: {} },
    tagRemark(study, goal, tagPart(study, configuration)),
  ]
  const type = configuration.kv_cache_type
  if (changes.includes('kv_cache_type') && type !== null && type !== 'f16') {
    remarks.push({ code: 'environment.answersMayDiffer', values: { type } })
  }
  if (changes.includes('num_parallel')) remarks.push({ code: 'environment.othersWait', values: {} })
  return remarks
}

function tagRemark(study: Study, goal: GoalKind, alone: Configuration): EnvironmentReason {
  if (isSameConfiguration(alone, study.plan.baseline)) return { code: 'environment.tagBringsNothing', values: {} }
  const measured = rivals(study, goal).find(({ configuration }) => isSameConfiguration(configuration, alone))
  if (!measured) return { code: 'environment.tagUnmeasured', values: {} }
  const values = { goal, gain: gainPercent(goal, measured.logRatio), loads: measured.loads.length }
  return { code: 'environment.tagBrings', values }
}
