import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  affordableBrackets,
  finalMove,
  hyperbandBrackets,
  nextMove,
} from '../../../../main/search/samplers/hyperband/brackets.ts'
import type { Contender } from '../../../../main/search/samplers/hyperband/brackets.ts'

const loadsOf = (bracket: readonly { configurations: number }[]) =>
  bracket.reduce((sum, { configurations }) => sum + configurations, 0)

describe('Hyperband’s brackets', () => {
  it('are those of table 1 in the paper for R = 81 and η = 3', () => {
    const table = hyperbandBrackets(81).map((bracket) => bracket.map((rung) => [rung.configurations, rung.resource]))
    expect(table).toEqual([
      [
        [81, 1],
        [27, 3],
        [9, 9],
        [3, 27],
        [1, 81],
      ],
      [
        [34, 3],
        [11, 9],
        [3, 27],
        [1, 81],
      ],
      [
        [15, 9],
        [5, 27],
        [1, 81],
      ],
      [
        [8, 27],
        [2, 81],
      ],
      [[5, 81]],
    ])
  })

  it.each([1, 3, 9, 27])('all end with the full resource, %i', (full) => {
    for (const bracket of hyperbandBrackets(full)) expect(bracket.at(-1)?.resource).toBe(full)
  })

  it('use exactly the loads there are, and always some in full', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), (loads) => {
        const affordable = affordableBrackets(hyperbandBrackets(9), loads)
        expect(affordable.reduce((sum, bracket) => sum + loadsOf(bracket), 0)).toBe(loads)
        if (loads > 0) expect(affordable.at(-1)?.at(-1)?.resource).toBe(9)
      }),
      { seed: 4 },
    )
  })

  it('leave out what does not fit', () => {
    const sizes = (loads: number) =>
      affordableBrackets(hyperbandBrackets(9), loads).map((bracket) => bracket.map((rung) => rung.configurations))
    expect(sizes(6)).toEqual([[5, 1]])
    expect(sizes(11)).toEqual([[5, 1], [3], [2]])
    expect(sizes(22)).toEqual([[9, 3, 1], [5, 1], [3]])
    expect(sizes(2)).toEqual([[2]])
  })
})

describe('the next move', () => {
  const brackets = affordableBrackets(hyperbandBrackets(9), 22)
  const contender = (cost: number | null, resource = 1, isOut = false): Contender => ({
    costs: new Map([[resource, cost]]),
    isOut,
  })

  /** Plays all moves with fixed true costs; how often each contender was measured at which resource. */
  function play(costs: number[]) {
    const contenders: { cost: number; costs: Map<number, number | null>; isOut: boolean }[] = []
    const moves: string[] = []
    for (;;) {
      const cost = costs[contenders.length]
      const move = nextMove(brackets, contenders, cost !== undefined)
      if (move === null) return { moves, contenders }
      moves.push(`${move.kind} ${move.resource}`)
      if (move.kind === 'promote') move.contender.costs.set(move.resource, move.contender.cost)
      else if (cost !== undefined) contenders.push({ cost, costs: new Map([[move.resource, cost]]), isOut: false })
    }
  }

  it('halves by η: of nine short trials three go on, and one of these is measured in full', () => {
    const { moves, contenders } = play([9, 8, 7, 6, 5, 4, 3, 2, 1])
    const times = <T>(count: number, item: T) => Array.from({ length: count }, () => item)
    expect(moves.slice(0, 13)).toEqual([...times(9, 'begin 1'), ...times(3, 'promote 3'), 'promote 9'])
    expect(contenders.filter(({ costs }) => costs.has(3)).map(({ cost }) => cost)).toEqual([3, 2, 1])
    expect(contenders.filter(({ costs }) => costs.has(9)).map(({ cost }) => cost)).toEqual([1])
  })

  it('plays each bracket to its end and then stops', () => {
    const { moves } = play(Array.from({ length: 40 }, (_, index) => 40 - index))
    expect(moves).toHaveLength(22)
    expect(moves.filter((move) => move.endsWith(' 9'))).toHaveLength(1 + 1 + 3)
    expect(nextMove([], [], true)).toBeNull()
  })

  it('goes by what was seen at the rung, not by what a longer trial showed of some', () => {
    const members = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((cost) => contender(cost))
    const first = { costs: new Map([...(members[0]?.costs ?? []), [3, 99]]), isOut: false }
    const move = nextMove(brackets, [first, ...members.slice(1)], true)
    expect(move).toMatchObject({ kind: 'promote', resource: 3, contender: members[1] })
  })

  it('lets the next best take the place of one that failed or is not admissible', () => {
    const members = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((cost) =>
      contender(cost === 2 ? null : cost, 1, cost === 1 || cost > 5),
    )
    const promoted: number[] = []
    for (let move = nextMove(brackets, members, false); move?.kind === 'promote' && move.resource < 9;) {
      promoted.push(members.indexOf(move.contender) + 1)
      members[members.indexOf(move.contender)] = {
        costs: new Map([...move.contender.costs, [move.resource, members.indexOf(move.contender)]]),
        isOut: false,
      }
      move = nextMove(brackets, members, false)
    }
    expect(promoted).toEqual([3, 4, 5])
  })

  it('does with those that began when there are no more', () => {
    expect(nextMove(brackets, [contender(2), contender(1)], false)).toMatchObject({ kind: 'promote', resource: 3 })
    expect(nextMove(brackets, [], false)).toBeNull()
  })
})

describe('the final move', () => {
  const contender = (costs: [number, number | null][], isOut = false): Contender => ({ costs: new Map(costs), isOut })

  it('measures in full what looks best, by its longest trial', () => {
    const flattered = contender([
      [1, 1],
      [3, 8],
    ])
    const steady = contender([[1, 5]])
    const gone = contender([[1, 2]], true)
    const move = finalMove([flattered, steady, gone], 9)
    expect(move).toMatchObject({ kind: 'promote', resource: 9, of: 2 })
    expect(move?.kind === 'promote' && move.contender).toBe(steady)
  })

  it('is left to the brackets where the best was measured in full, or nothing was', () => {
    expect(finalMove([contender([[1, 5]]), contender([[9, 4]])], 9)).toBeNull()
    expect(finalMove([contender([[1, null]])], 9)).toBeNull()
    expect(finalMove([], 9)).toBeNull()
  })
})
