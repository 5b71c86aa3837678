import { describe, expect, it } from 'vitest'
import { rankGroups } from '../../../../main/search/importance/groups.ts'

const item = (value: number, low: number, high: number, isDistinguishable = true) => ({
  share: { value, low, high },
  isDistinguishable,
})

describe('rankGroups', () => {
  it('ranks shares whose intervals lie apart', () => {
    expect(rankGroups([item(0.1, 0.05, 0.15), item(0.7, 0.55, 0.83), item(0.3, 0.2, 0.4)])).toEqual([3, 1, 2])
  })

  it('puts those together that overlap the largest of their group', () => {
    expect(rankGroups([item(0.5, 0.35, 0.6), item(0.4, 0.3, 0.5), item(0.2, 0.1, 0.32)])).toEqual([1, 1, 2])
  })

  it('gives no rank to what cannot be told from none', () => {
    expect(rankGroups([item(0.05, 0, 0.2, false), item(0.9, 0.7, 1)])).toEqual([null, 1])
    expect(rankGroups([])).toEqual([])
  })
})
