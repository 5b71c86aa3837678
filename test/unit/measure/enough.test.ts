import { array, assert, double, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isEnough, type RepetitionPlan } from '../../../main/measure/enough.ts'

const exact: RepetitionPlan = { minimum: 3, maximum: 10, targetRelativeError: 0.01 }
const against = (turnSeconds: number): RepetitionPlan => ({ ...exact, rival: { turnSeconds, loadDeviation: 0.02 } })
const noisy = [9, 10, 11]

describe('the number of repetitions', () => {
  it('is at least the minimum and at most the maximum', () => {
    expect(isEnough([10, 10], exact)).toBe(false)
    expect(isEnough([10, 10, 10], exact)).toBe(true)
    expect(isEnough([1, 20, 1, 20, 1, 20, 1, 20, 1], exact)).toBe(false)
    expect(isEnough([1, 20, 1, 20, 1, 20, 1, 20, 1, 20], exact)).toBe(true)
  })

  it('grows until the standard error is small enough', () => {
    expect(isEnough(noisy, exact)).toBe(false)
    // Standard error of 9.9, 10, 10.1: 0.1 / √3 = 0.058, which is 0.6 % of the mean.
    expect(isEnough([9.9, 10, 10.1], exact)).toBe(true)
    expect(isEnough([9.9, 10, 10.1], { ...exact, targetRelativeError: 0.005 })).toBe(false)
  })

  it('stops at the minimum where a trial is clearly worse or better than its rival', () => {
    expect(isEnough(noisy, against(5))).toBe(true)
    expect(isEnough(noisy, against(20))).toBe(true)
  })

  it('goes on where a trial is near its rival', () => {
    expect(isEnough(noisy, against(9.5))).toBe(false)
    expect(isEnough(noisy, against(11))).toBe(false)
  })

  it('does not depend on the unit of time', () => {
    const turn = double({ min: 1, max: 100, noNaN: true })
    assert(
      property(array(turn, { minLength: 1, maxLength: 12 }), turn, (turns, rival) => {
        const scaled = turns.map((value) => value * 1024)
        expect(isEnough(scaled, against(rival * 1024))).toBe(isEnough(turns, against(rival)))
      }),
      { seed: 2 },
    )
  })
})
