import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { engineStateKey } from '../../search/engine-state.ts'
import type { Problem, SearchSpace } from '../../search/types.ts'
import { isSameConfiguration } from '../choices.ts'
import { isSameSetting, type StudySetting } from './setting.ts'

/**
 * Configurations during which the program or the computer went down, in this study or an earlier one. The user's own
 * settings are never among them: they are in use anyway, and without them there is nothing to compare with.
 */
export function crashedConfigurations({ trials, crashedBefore = [], plan }: Study): Configuration[] {
  const cutOff = trials.flatMap(({ configuration, outcome }) =>
    outcome?.kind === 'skipped' && outcome.isCutOff ? [configuration] : [],
  )
  return [...crashedBefore, ...cutOff].filter((configuration) => !isSameConfiguration(configuration, plan.baseline))
}

/** The space without what has brought the computer down, in whatever words. */
export function withoutCrashed(space: SearchSpace, problem: Problem, study: Study): SearchSpace {
  const crashed = new Set(crashedConfigurations(study).map((configuration) => engineStateKey(problem, configuration)))
  const baselineKey = engineStateKey(problem, problem.baseline)
  const candidates = space.candidates.filter((candidate) => {
    const key = engineStateKey(problem, candidate)
    return key === baselineKey || !crashed.has(key)
  })
  return { ...space, candidates }
}

/** What earlier studies of the same model on the same computer know of crashes. */
export function knownCrashes(earlier: readonly Study[], setting: StudySetting): Configuration[] {
  const crashed = earlier.filter((study) => isSameSetting(study, setting)).flatMap(crashedConfigurations)
  return crashed.filter((one, index) => crashed.findIndex((other) => isSameConfiguration(one, other)) === index)
}
