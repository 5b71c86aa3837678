import type { StudyRequest } from '../../preload/contract/goal.ts'
import { createRandomSampler } from './samplers/random.ts'
import { createRulesSampler } from './samplers/rules.ts'
import type { CreateSampler } from './types.ts'

export type SamplerKind = StudyRequest['sampler']

const samplers: Record<SamplerKind, CreateSampler> = {
  bayes: createRulesSampler,
  random: createRandomSampler,
  rules: createRulesSampler,
}

/** The search method of a name. */
export function createSampler(kind: SamplerKind): CreateSampler {
  return samplers[kind]
}
