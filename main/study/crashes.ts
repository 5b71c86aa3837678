import type { Configuration } from '../../preload/contract/model.ts'
import type { Study } from '../../preload/contract/study.ts'
import { engineStateKey } from '../search/engine-state.ts'
import type { Problem, SearchSpace } from '../search/types.ts'
import type { StudyStore } from '../store/study-store.ts'
import { isSameConfiguration } from './choices.ts'

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

/** What earlier studies of the same model on the same computer know of crashes. Studies that cannot be read say nothing. */
export async function knownCrashes(store: Pick<StudyStore, 'list' | 'get'>, study: Study): Promise<Configuration[]> {
  const sameModel = (await store.list()).filter(
    ({ model }) => model.name === study.model.ref.name && model.daemon === study.model.ref.daemon,
  )
  const earlier = await Promise.all(sameModel.map(({ id }) => store.get(id).catch(() => null)))
  const crashed = earlier.flatMap((other) => (other && isComparable(study, other) ? crashedConfigurations(other) : []))
  return crashed.filter((one, index) => crashed.findIndex((other) => isSameConfiguration(one, other)) === index)
}

/** The same content of the model on a computer with the same processor and graphics. */
function isComparable(study: Study, other: Study): boolean {
  const hardware = ({ machine: { cpu, gpus } }: Study) =>
    JSON.stringify([cpu.name, cpu.logicalCores, gpus.map(({ name }) => name)])
  return study.model.digest === other.model.digest && hardware(study) === hardware(other)
}
