import { shuffle } from '../random.ts'
import type { CreateSampler } from '../types.ts'
import { createHistory } from './history.ts'
import { firstOpen, samplerOver, trial } from './suggest.ts'

/** Candidates in random order, each once: the yardstick for every other sampler. */
export const createRandomSampler: CreateSampler = (options) => {
  const { problem, space, random } = options
  const history = createHistory(problem, space)
  const order = shuffle(space.candidates, random)
  return samplerOver(options, history, (open) =>
    trial(problem, history, firstOpen(order, open, problem), {
      code: 'search.drawnAtRandom',
      values: { open: open.size },
    }),
  )
}
