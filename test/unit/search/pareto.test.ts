import { array, assert, nat, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paretoFront } from '../../../main/search/pareto.ts'

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
