import type { Configuration } from '../../../../preload/contract/model.ts'
import { createRandom, shuffle } from '../../random.ts'
import type { CreateSampler, Observation } from '../../types.ts'
import { createHistory } from '../history.ts'
import { createLattice } from '../lattice.ts'
import { isFailure, measuredScores } from '../scores.ts'
import { firstOpen, samplerOver, trial } from '../suggest.ts'
import type { Open } from '../suggest.ts'
import { chooseByDensityRatio } from './parzen.ts'

/** Trials drawn at random before densities are estimated. Optuna's ten would be all that a study of loads can pay. */
const startUpTrials = 4

/**
 * Tree-structured Parzen estimator: tries what is typical of the best tenth of the trials and not of the others. What
 * fails, or breaks the goal's limit, belongs to the others. Sources: see parzen.ts.
 */
export const createTpeSampler: CreateSampler = (options) => {
  const { problem, space, random } = options
  const history = createHistory(problem, space)
  const lattice = createLattice(problem, space)
  const failed: Configuration[] = []
  const startUp = shuffle(space.candidates, random)
  const seed = Math.floor(random() * 2 ** 32)

  const learn = (observation: Observation) => {
    if (isFailure(observation)) failed.push(observation.configuration)
  }
  const choose = (open: Open) => {
    const trials = history.trialCount()
    if (trials < startUpTrials) {
      return trial(problem, history, firstOpen(startUp, open, problem), {
        code: 'search.drawnAtRandom',
        values: { open: open.size },
      })
    }
    const scores = [
      ...measuredScores(problem, history),
      ...failed.map((configuration) => ({ configuration, cost: null })),
    ]
    const choice = chooseByDensityRatio(
      lattice.sizes,
      scores.map(({ configuration, cost }) => ({ coordinates: lattice.locate(configuration), cost })),
      lattice.points.filter(({ configuration }) => open.has(configuration)),
      // A generator for each trial, so that a resumed search goes on as it would have.
      createRandom(seed + trials * 2 ** 32),
    )
    const next = choice?.chosen.configuration ?? problem.baseline
    return trial(problem, history, next, { code: 'search.likeTheBest', values: { ratio: choice?.ratio ?? 1 } })
  }
  return samplerOver(options, history, choose, learn)
}
