import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../main/search/random.ts'
import { createGridSampler, refinementLevels } from '../../../../main/search/samplers/grid.ts'
import { createLattice } from '../../../../main/search/samplers/lattice.ts'
import { buildSpace } from '../../../../main/search/space.ts'
import type { Coordinates } from '../../../../main/search/samplers/lattice.ts'
import { machines, okOutcome, problemOf } from '../problems.ts'

describe('the refinement of a dimension', () => {
  it('begins in the middle, then takes the ends, then what lies between', () => {
    expect(refinementLevels(2)).toEqual([0, 1])
    expect(refinementLevels(3)).toEqual([1, 0, 1])
    expect(refinementLevels(5)).toEqual([1, 2, 0, 2, 1])
    expect(refinementLevels(9)).toEqual([1, 3, 2, 3, 0, 3, 2, 3, 1])
  })

  it.each([1, 2, 7, 40])('reaches each of %i values, most of them last', (size) => {
    const levels = refinementLevels(size)
    expect(levels).toHaveLength(size)
    expect(levels.filter((level) => level === 0)).toHaveLength(1)
    expect(Math.max(...levels)).toBeLessThanOrEqual(1 + Math.ceil(Math.log2(size)))
  })
})

describe('the grid sampler', () => {
  const problem = problemOf(machines['eight cores']!)
  const space = buildSpace(problem)
  const lattice = createLattice(problem, space)

  function runToTheEnd(): Coordinates[] {
    const sampler = createGridSampler({ problem, space, random: createRandom(1), maximumTrials: 1000 })
    const places: Coordinates[] = []
    for (let next = sampler.ask(); next.kind === 'trial'; next = sampler.ask()) {
      places.push(lattice.locate(next.configuration))
      sampler.tell({ configuration: next.configuration, outcome: okOutcome(100, 10) })
    }
    return places
  }

  it('goes to the end, each candidate once', () => {
    const places = runToTheEnd().map((place) => place.join('/'))
    expect(places).toHaveLength(space.candidates.length)
    expect(new Set(places).size).toBe(places.length)
  })

  it('has been at both ends and in the middle of every dimension before it refines any', () => {
    const early = runToTheEnd().slice(0, 1 + 3 * lattice.sizes.length)
    for (const [axis, size] of lattice.sizes.entries()) {
      const seen = new Set(early.map((place) => place[axis]))
      for (const index of [0, Math.floor((size - 1) / 2), size - 1]) expect(seen).toContain(index)
    }
  })
})
