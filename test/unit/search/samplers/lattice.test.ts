import { describe, expect, it } from 'vitest'
import { automatic } from '../../../../preload/contract/model.ts'
import { createLattice, nearestPoint } from '../../../../main/search/samplers/lattice.ts'
import { buildSpace } from '../../../../main/search/space.ts'
import { machines, problemOf } from '../problems.ts'

describe.each(Object.entries(machines))('the lattice of %s', (_, machine) => {
  const problem = problemOf(machine)
  const space = buildSpace(problem)
  const lattice = createLattice(problem, space)

  it('gives every candidate a place of its own', () => {
    const places = lattice.points.map(({ coordinates }) => coordinates.join('/'))
    expect(lattice.points.map(({ configuration }) => configuration)).toEqual(space.candidates)
    expect(new Set(places).size).toBe(space.candidates.length)
  })

  it('has no dimension without a choice, and no coordinate outside', () => {
    for (const [axis, size] of lattice.sizes.entries()) {
      const used = new Set(lattice.points.map(({ coordinates }) => coordinates[axis]))
      expect(size).toBeGreaterThan(1)
      expect(used).toEqual(new Set(Array.from({ length: size }, (_, index) => index)))
    }
  })
})

describe('a place in the lattice', () => {
  const problem = problemOf(machines['eight cores']!)
  const lattice = createLattice(problem, buildSpace(problem))
  const threads = (num_thread: number) => lattice.locate({ ...automatic, num_thread })

  it('goes by what the engine makes of a value: automatic lies where its number does', () => {
    expect(threads(0)).toEqual(threads(8))
    expect(threads(7)).not.toEqual(threads(8))
  })

  it('is the nearest one for what is no candidate', () => {
    expect(threads(1000)).toEqual(threads(16))
  })
})

describe('the nearest point', () => {
  const at = (...coordinates: number[]) => ({ coordinates })

  it('weighs each dimension by its length', () => {
    const near = at(0, 1)
    const far = at(2, 0)
    // A step in the second dimension crosses all of it, two in the first only a fifth.
    expect(nearestPoint([11, 2], [near, far], [0, 0])).toBe(far)
  })

  it('is the first of equals, and null where there is none', () => {
    const points = [at(1), at(3)]
    expect(nearestPoint([5], points, [2])).toBe(points[0])
    expect(nearestPoint([5], [], [2])).toBeNull()
  })
})
