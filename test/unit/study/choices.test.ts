import { describe, expect, it } from 'vitest'
import { measuredLoads } from '../../../main/study/choices.ts'
import { aStudy, okOutcome } from './builders.ts'

const withPrompts = (ofWarmUp: number, ofAnswers: number) => {
  const outcome = okOutcome()
  const repetitions = outcome.repetitions.map((repetition) => ({
    ...repetition,
    promptTokens: repetition.isWarmUp ? ofWarmUp : ofAnswers,
  }))
  return aStudy({ trials: [{ purpose: 'baseline', outcome: { ...outcome, repetitions } }] })
}

describe('measured loads', () => {
  it('count with a warm-up whose prompt turned out far longer than asked', () => {
    expect(measuredLoads(withPrompts(728, 400))).toHaveLength(1)
  })

  it('do not count with answers to longer prompts than the study has now', () => {
    expect(measuredLoads(withPrompts(400, 800))).toEqual([])
  })
})
