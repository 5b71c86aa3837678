import { array, assert, constantFrom, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { knee } from '../../../../main/search/objectives/knee.ts'
import { paretoFront } from '../../../../main/search/objectives/pareto.ts'

const kneeOf = (points: number[][]) =>
  knee(
    paretoFront(points, (point) => point),
    (point) => point,
  )
const cost = constantFrom(0.1, 0.3, 1, 2, 3, 5, 8, 13)

describe('knee', () => {
  it('is the point farthest below the chord between the ends', () => {
    expect(
      kneeOf([
        [1, 16],
        [2, 3],
        [4, 2],
        [16, 1],
      ]),
    ).toEqual([2, 3])
  })

  it('measures distance in ratios', () => {
    // In plain figures (30, 30) lies far below the chord; in ratios it is the middle of a straight line.
    expect(
      kneeOf([
        [1, 900],
        [30, 30],
        [900, 1],
      ]),
    ).toBeNull()
  })

  it('does not exist on a chord, beyond it, or with nothing between the ends', () => {
    expect(
      kneeOf([
        [1, 4],
        [2, 2],
        [4, 1],
      ]),
    ).toBeNull()
    expect(
      kneeOf([
        [1, 4],
        [3, 3.5],
        [4, 1],
      ]),
    ).toBeNull()
    expect(
      kneeOf([
        [1, 4],
        [4, 1],
      ]),
    ).toBeNull()
    expect(kneeOf([[1, 1]])).toBeNull()
    expect(kneeOf([])).toBeNull()
  })

  it('leaves out an objective that hardly differs', () => {
    expect(
      kneeOf([
        [1, 1.01],
        [1.1, 1.001],
        [4, 1],
      ]),
    ).toBeNull()
    expect(
      kneeOf([
        [1, 16, 1],
        [2, 3, 1.01],
        [16, 1, 1],
      ]),
    ).toEqual([2, 3, 1.01])
  })

  it('finds the balanced one of three objectives', () => {
    const balanced = [1.5, 1.5, 1.5]
    expect(kneeOf([[1, 4, 4], [4, 1, 4], [4, 4, 1], balanced])).toBe(balanced)
  })

  it.each([2, 3])('does not change when an objective of %i is counted in another unit', (dimensions) => {
    const points = array(tuple(cost, cost, cost), { minLength: 1, maxLength: 12 })
    assert(
      property(points, tuple(cost, cost, cost), (all, units) => {
        const front = paretoFront(
          all.map((point) => point.slice(0, dimensions)),
          (point) => point,
        )
        const scaled = knee(front, (point) => point.map((value, i) => value * units[i]!))
        expect(scaled).toBe(knee(front, (point) => point))
      }),
      { seed: 1 },
    )
  })
})
