import { createHistory } from '../../main/search/samplers/history.ts'
import { samplerOver, stop, trial } from '../../main/search/samplers/suggest.ts'
import type { CreateSampler } from '../../main/search/types.ts'
import { judge } from './regret.ts'
import type { Table } from './tables.ts'

/**
 * Knows every mean of the table, so that it tries the best of the space and nothing else. A study with it still has to
 * measure and confirm amid the same noise: what it does not find, no search can.
 */
export function oracleOn(table: Table): CreateSampler {
  return (options) => {
    const { problem, space } = options
    const history = createHistory(problem, space)
    const regretOf = (index: number) =>
      judge(table, problem.goal, space.candidates[index] ?? problem.baseline).regretPercent
    const best = space.candidates.reduce((least, _, index) => (regretOf(index) < regretOf(least) ? index : least), 0)
    const configuration = space.candidates[best] ?? problem.baseline
    const sampler = samplerOver(options, history, () =>
      history.isTold(configuration)
        ? stop('search.nothingLeftToGain', { chancePercent: 0, tried: 1 })
        : trial(problem, history, configuration, { code: 'search.likeTheBest', values: { ratio: 1 } }),
    )
    return { ...sampler, recommend: () => configuration }
  }
}
