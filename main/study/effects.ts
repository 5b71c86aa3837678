import type { Configuration, ParameterName } from '../../preload/contract/model.ts'
import { parameterNames } from '../../preload/contract/model.ts'
import type { Study } from '../../preload/contract/study.ts'
import type { StudyCode } from '../words/study.ts'

const noEffect = 'study.noEffect' satisfies StudyCode

/** Parameters of which this daemon was seen to take no notice in the course of the study. */
export function deadParameters({ plan }: Pick<Study, 'plan'>): ParameterName[] {
  return parameterNames.filter((name) =>
    plan.leftAlone.some((left) => left.name === name && left.reason.code === noEffect),
  )
}

/** What a configuration comes to once the parameters without effect are as in the user's own settings. */
export function effectiveConfiguration(study: Pick<Study, 'plan'>, configuration: Configuration): Configuration {
  return deadParameters(study).reduce((kept, name) => ({ ...kept, [name]: study.plan.baseline[name] }), configuration)
}
