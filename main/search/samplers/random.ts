import { shuffle } from '../random.ts'
import type { CreateSampler } from '../types.ts'
import { createHistory } from './history.ts'
import { obligatorySuggestion, trial } from './suggest.ts'

/** Candidates in random order, each once: the yardstick for every other sampler. */
export const createRandomSampler: CreateSampler = (options) => {
  const { problem, space, random } = options
  const history = createHistory(problem, space)
  const order = shuffle(space.candidates, random)
  return {
    tell: (observation) => history.tell(observation),
    recommend: () => history.bestMeasured()?.configuration ?? problem.baseline,
    ask() {
      const obligatory = obligatorySuggestion(options, history)
      if (obligatory) return obligatory
      const open = new Set(history.open())
      const next = order.find((configuration) => open.has(configuration)) ?? problem.baseline
      return trial(problem, history, next, { code: 'search.drawnAtRandom', values: { open: open.size } })
    },
  }
}
