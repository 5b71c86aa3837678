import type { Configuration } from '../../../../preload/contract/model.ts'
import { createRandom, shuffle } from '../../random.ts'
import type { CreateSampler, Observation } from '../../types.ts'
import { createHistory } from '../history.ts'
import { createLattice } from '../lattice.ts'
import type { LatticeTrial } from '../lattice.ts'
import { isFailure, latestCost } from '../scores.ts'
import { firstOpen, samplerOver, trial } from '../suggest.ts'
import type { Open } from '../suggest.ts'
import { breed } from './breeding.ts'

/** Trials drawn at random that, with the baseline, are the first population. */
const founders = 5
/** The youngest so many trials are the population; older ones leave it, however good a lucky measurement made them. */
const populationSize = 12
/** Children bred from one population before the next: few, as 10 to 40 trials are all there is. */
const batchSize = 4

/**
 * Regularised evolution: a population of the youngest trials breeds batches of children, whose oldest members make
 * room for them. Ageing means that a setting stays only by being found good again and again, which suits noisy
 * measurements. Source: E. Real et al., AAAI 2019; the sizes are cut down to tens of trials.
 */
export const createEvolutionSampler: CreateSampler = (options) => {
  const { problem, space, random } = options
  const history = createHistory(problem, space)
  const lattice = createLattice(problem, space)
  const individuals: LatticeTrial[] = []
  const startUp = shuffle(space.candidates, random)
  const seed = Math.floor(random() * 2 ** 32)
  let batch: Configuration[] = []

  const breedBatch = (count: number) => {
    const open = new Set(history.open())
    return breed(
      lattice.sizes,
      individuals.slice(-populationSize),
      lattice.points.filter(({ configuration }) => open.has(configuration)),
      count,
      // A generator for each batch, so that a resumed search goes on as it would have.
      createRandom(seed + history.trialCount() * 2 ** 32),
    ).map(({ configuration }) => configuration)
  }

  const learn = (observation: Observation) => {
    const isMeasured = observation.outcome.kind === 'ok'
    if (isMeasured || isFailure(observation)) {
      const coordinates = lattice.locate(observation.configuration)
      individuals.push({ coordinates, cost: isMeasured ? latestCost(problem, history) : null })
    }
    const bred = history.trialCount() - founders
    if (bred >= 0 && bred % batchSize === 0) batch = breedBatch(batchSize)
  }
  const choose = (open: Open) => {
    if (history.trialCount() < founders) {
      return trial(problem, history, firstOpen(startUp, open, problem), {
        code: 'search.drawnAtRandom',
        values: { open: open.size },
      })
    }
    // A batch can have become useless as a whole, when one of its members ran out of memory.
    const next = batch.find((configuration) => open.has(configuration)) ?? breedBatch(1)[0] ?? problem.baseline
    const values = { population: Math.min(individuals.length, populationSize) }
    return trial(problem, history, next, { code: 'search.bredFromTheBest', values })
  }
  return samplerOver(options, history, choose, learn)
}
