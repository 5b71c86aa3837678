import type { CreateSampler } from '../../types.ts'
import { createHistory } from '../history.ts'
import { createLattice, nearestPoint } from '../lattice.ts'
import { samplerOver, trial } from '../suggest.ts'
import { sobolPoints } from './sobol-sequence.ts'

/**
 * Trials spread evenly: the k-th is the open candidate nearest to the k-th point of a scrambled Sobol sequence laid
 * over the candidates' lattice. Source: see sobol-sequence.ts.
 */
export const createSobolSampler: CreateSampler = (options) => {
  const { problem, space, random, maximumTrials } = options
  const history = createHistory(problem, space)
  const { sizes, points } = createLattice(problem, space)
  const sequence = sobolPoints(Math.min(maximumTrials, points.length), sizes.length, random)
  return samplerOver(options, history, (open) => {
    const place = sequence[history.trialCount()] ?? []
    const target = sizes.map((size, axis) => Math.floor((place[axis] ?? 0) * size))
    const nearest = nearestPoint(
      sizes,
      points.filter(({ configuration }) => open.has(configuration)),
      target,
    )
    const next = nearest?.configuration ?? problem.baseline
    return trial(problem, history, next, { code: 'search.spreadEvenly', values: { open: open.size } })
  })
}
