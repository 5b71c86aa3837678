import type { StudyRequest } from '../../preload/contract/goal.ts'
import { parameterNames } from '../../preload/contract/model.ts'
import type { MemoryEstimate } from '../../preload/contract/model.ts'
import { createBayesSampler } from './samplers/bayes.ts'
import { createRandomSampler } from './samplers/random.ts'
import { createRulesSampler } from './samplers/rules.ts'
import type { CreateSampler, Problem } from './types.ts'

export type SamplerKind = StudyRequest['sampler']

const samplers: Record<SamplerKind, CreateSampler> = {
  bayes: createBayesSampler,
  random: createRandomSampler,
  rules: createRulesSampler,
}

/** The search method of a name. Memory predictions, asked for over and over, are remembered. */
export function createSampler(kind: SamplerKind): CreateSampler {
  return (options) => samplers[kind]({ ...options, problem: withRememberedMemory(options.problem) })
}

function withRememberedMemory(problem: Problem): Problem {
  const known = new Map<string, MemoryEstimate>()
  return {
    ...problem,
    predictMemory(configuration) {
      const key = parameterNames.map((name) => configuration[name]).join('/')
      const memory = known.get(key) ?? problem.predictMemory(configuration)
      known.set(key, memory)
      return memory
    },
  }
}
