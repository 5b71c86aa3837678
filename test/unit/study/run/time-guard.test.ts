import { describe, expect, it } from 'vitest'
import { guardForComparison, guardForReason, guardTurnSeconds } from '../../../../main/study/run/time-guard.ts'
import { aPlan, aStudy, configured, okOutcome } from '../builders.ts'

const own = configured()
const other = configured({ num_thread: 2 })
/** Fifteen minutes for two loads of the baseline, six of the search and three pairs, five answers each. */
const guard = (15 * 60) / 14 / 5

const withTurns = (ownSeconds: number, otherSeconds: number) =>
  aStudy({
    trials: [
      { purpose: 'baseline', outcome: okOutcome({ ttft: 1e-9, decode: 120 / ownSeconds }) },
      { purpose: 'baseline', configuration: other, outcome: okOutcome({ ttft: 1e-9, decode: 120 / otherSeconds }) },
    ],
  })

describe('the time guard', () => {
  it('gives every answer its share of the study’s time', () => {
    expect(guardTurnSeconds(aStudy())).toBe(guard)
    expect(guardTurnSeconds(aStudy({ plan: { ...aPlan, maximumMinutes: 150 } }))).toBe(10 * guard)
  })

  it('guards a comparison of two that are far apart', () => {
    expect(guardForComparison(withTurns(200, 3), own, other)).toBe(guard)
    expect(guardForComparison(withTurns(3, 200), own, other)).toBe(guard)
  })

  it('lets two that are near each other run to the end, even where only one would be cut short', () => {
    expect(guardForComparison(withTurns(18, 14), own, other)).toBeNull()
    expect(guardForComparison(withTurns(60, 50), own, other)).toBeNull()
    expect(guardForComparison(withTurns(3, 2), own, other)).toBeNull()
  })

  it('cuts the best settings with one put back short at twice the time of the best', () => {
    expect(guardForReason(withTurns(200, 3), other)).toBeCloseTo(6)
    expect(guardForReason(withTurns(200, 60), other)).toBe(guard)
    expect(guardForReason(aStudy(), other)).toBe(guard)
  })
})
