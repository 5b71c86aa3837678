import type { StudyRequest } from '../../preload/contract/goal.ts'
import type { MemoryEstimate } from '../../preload/contract/model.ts'
import { createBayesSampler } from './samplers/bayes/bayes.ts'
import { createEvolutionSampler } from './samplers/evolution/evolution.ts'
import { createGridSampler } from './samplers/grid.ts'
import { createHyperbandSampler } from './samplers/hyperband/hyperband.ts'
import { createRandomSampler } from './samplers/random.ts'
import { createRulesSampler } from './samplers/rules.ts'
import { createSobolSampler } from './samplers/sobol/sobol.ts'
import { createTpeSampler } from './samplers/tpe/tpe.ts'
import type { CreateSampler, Problem } from './types.ts'

export type SamplerKind = StudyRequest['sampler']

const samplers: Record<SamplerKind, CreateSampler> = {
  bayes: createBayesSampler,
  rules: createRulesSampler,
  random: createRandomSampler,
  grid: createGridSampler,
  sobol: createSobolSampler,
  tpe: createTpeSampler,
  evolution: createEvolutionSampler,
  hyperband: createHyperbandSampler,
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
      // Threads take next to no memory, so that no prediction looks at them.
      const { num_gpu, num_batch, use_mmap, flash_attention, kv_cache_type, num_parallel } = configuration
      const key = `${num_gpu}/${num_batch}/${use_mmap}/${flash_attention}/${kv_cache_type}/${num_parallel}`
      const memory = known.get(key) ?? problem.predictMemory(configuration)
      known.set(key, memory)
      return memory
    },
  }
}
