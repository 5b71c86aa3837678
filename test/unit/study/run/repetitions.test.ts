import { describe, expect, it } from 'vitest'
import { payingRepetitions, repetitionsFor } from '../../../../main/study/run/repetitions.ts'
import { aStudy, okOutcome, type TrialSketch } from '../builders.ts'

const own: TrialSketch = { purpose: 'baseline' }
const open = (purpose: TrialSketch['purpose']): TrialSketch => ({ purpose, outcome: null })

describe('the repetitions that pay in a load', () => {
  it('are few where loads differ by more than repetitions, or where a load costs little', () => {
    expect(payingRepetitions({ repetition: 0.01, load: 0.05 }, 30, 5)).toBe(3)
    expect(payingRepetitions({ repetition: 0.04, load: 0.02 }, 6, 5)).toBe(3)
  })

  it('are many where loads are dear and repetitions noisy, but never more than ten', () => {
    expect(payingRepetitions({ repetition: 0.04, load: 0.02 }, 40, 5)).toBe(6)
    expect(payingRepetitions({ repetition: 0.2, load: 0.01 }, 60, 1)).toBe(10)
  })
})

describe('a trial', () => {
  it('of the search is compared with the fastest settings so far', () => {
    const fast: TrialSketch = {
      purpose: 'search',
      configuration: { num_thread: 2 },
      outcome: okOutcome({ decode: 60 }),
    }
    const { rival } = repetitionsFor(aStudy({ trials: [own, own, fast, open('search')] }))
    expect(rival?.turnSeconds).toBeCloseTo(0.5 + 120 / 60)
    expect(rival?.loadDeviation).toBeGreaterThan(0)
  })

  it('of the confirmation is measured as well as pays', () => {
    const plan = repetitionsFor(aStudy({ trials: [own, own, open('confirmCandidate')] }))
    expect(plan.rival).toBeUndefined()
    expect(plan.minimum).toBe(3)
  })

  it('that only watches for drift is as short as possible', () => {
    expect(repetitionsFor(aStudy({ trials: [own, own, open('sentinel')] }))).toMatchObject({ minimum: 3, maximum: 3 })
  })

  it('gets a plan before anything is known', () => {
    expect(repetitionsFor(aStudy({ trials: [open('baseline')] }))).toMatchObject({ minimum: 3, maximum: 4 })
  })

  it('never takes more answers than its time budget has room for', () => {
    const { request } = aStudy()
    const most = (budget: typeof request.budget) =>
      repetitionsFor(aStudy({ request: { ...request, budget }, trials: [open('baseline')] })).maximum
    expect([most('quick'), most('standard'), most('thorough')]).toEqual([4, 6, 6])
  })
})
