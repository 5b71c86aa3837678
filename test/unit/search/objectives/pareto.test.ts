import { array, assert, nat, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { constrainedFront, paretoFront } from '../../../../main/search/objectives/pareto.ts'

const front = (points: number[][]) => paretoFront(points, (point) => point)

describe('paretoFront', () => {
  it('keeps what nothing beats in every respect', () => {
    expect(
      front([
        [1, 5],
        [2, 2],
        [5, 1],
        [3, 3],
        [2, 6],
      ]),
    ).toEqual([
      [1, 5],
      [2, 2],
      [5, 1],
    ])
  })

  it('keeps equals, one item and nothing', () => {
    expect(
      front([
        [1, 1],
        [1, 1],
      ]),
    ).toHaveLength(2)
    expect(front([[1, 1]])).toHaveLength(1)
    expect(front([])).toEqual([])
  })

  it('leaves no dominated item in and no other item out', () => {
    const points = array(tuple(nat(6), nat(6), nat(6)), { maxLength: 15 })
    assert(
      property(points, (items) => {
        const kept = front(items)
        const beats = (a: number[], b: number[]) => a.every((x, i) => x <= b[i]!) && a.some((x, i) => x < b[i]!)
        for (const item of items) expect(kept.includes(item)).toBe(!items.some((other) => beats(other, item)))
      }),
      { seed: 1 },
    )
  })
})

describe('constrainedFront', () => {
  const points = [
    { costs: [1, 5], excess: 2 },
    { costs: [3, 4], excess: 0 },
    { costs: [4, 3], excess: 0 },
    { costs: [5, 4], excess: 0 },
  ]
  const front = (items: typeof points) =>
    constrainedFront(
      items,
      ({ costs }) => costs,
      ({ excess }) => excess,
    )

  it('is the front of those that keep the constraints', () => {
    expect(front(points)).toEqual([points[1], points[2]])
  })

  it('holds those that break them least where none keeps them', () => {
    expect(front([{ costs: [1, 1], excess: 3 }, points[0]!])).toEqual([points[0]])
    expect(front([])).toEqual([])
  })
})
