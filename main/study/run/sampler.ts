import type { Study } from '../../../preload/contract/study.ts'
import { createSampler } from '../../search/create-sampler.ts'
import { createRandom } from '../../search/random.ts'
import type { Sampler } from '../../search/types.ts'
import { withoutCrashed } from '../earlier/crashes.ts'
import { budgetFor } from '../goals.ts'
import { searchOf } from '../plan.ts'

/** The study's search method before its first trial: the seed makes its search the same every time. */
export function samplerFor(study: Study): Sampler {
  const { sampler, seed, budget } = study.request
  const { problem, space } = searchOf(study)
  const { searchLoads, patience } = budgetFor(budget)
  return createSampler(sampler)({
    problem,
    space: withoutCrashed(space, problem, study),
    random: createRandom(seed),
    maximumTrials: searchLoads,
    patience,
  })
}
