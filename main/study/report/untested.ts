import type { Statement } from '../../../preload/contract/estimate.ts'
import { parameterNames } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { say } from '../../words/say.ts'
import { groupByConfiguration, measuredLoads } from '../choices.ts'

/** What the study did not look at: settings that were out of the question, setups, longer prompts, the answers. */
export function untestedBy(study: Study): Statement[] {
  const { leftAlone, candidateCount, workload } = study.plan
  const measured = groupByConfiguration(measuredLoads(study)).length
  const isParameter = (name: string) => parameterNames.some((known) => known === name)
  return [
    ...(measured < candidateCount
      ? [say({ code: 'study.untestedSetups', values: { measured, of: candidateCount } })]
      : []),
    say({ code: 'study.untestedPrompts', values: { promptTokens: workload.promptTokens } }),
    say({ code: 'study.untestedAnswers', values: {} }),
    ...leftAlone.filter(({ name }) => !isParameter(name)).map(({ reason }) => reason),
  ]
}
