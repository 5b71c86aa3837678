import { describe, expect, it } from 'vitest'
import type { Report } from '../../../preload/contract/study.ts'
import { emptyDraft } from '../../../renderer/state/draft.ts'
import { isActive, visibleDraftStep, visibleStudyStep } from '../../../renderer/state/steps.ts'
import { study } from './support/fixtures.ts'

const report = {} as Report

describe('the step before a study', () => {
  it('goes no further than the choices made', () => {
    expect(visibleDraftStep('plan', emptyDraft)).toBe('model')
    expect(visibleDraftStep('plan', { ...emptyDraft, isModelChosen: true })).toBe('goal')
    expect(visibleDraftStep('plan', { ...emptyDraft, isModelChosen: true, isGoalChosen: true })).toBe('plan')
  })

  it('goes back as far as it is asked to', () => {
    const complete = { ...emptyDraft, isModelChosen: true, isGoalChosen: true }
    expect(visibleDraftStep('computer', complete)).toBe('computer')
    expect(visibleDraftStep('goal', complete)).toBe('goal')
  })
})

describe('the step of a study', () => {
  it.each(['running', 'paused', 'interrupted', 'failed'] as const)('shows the trials while it is %s', (state) => {
    expect(visibleStudyStep(null, study({ state }))).toBe('run')
    expect(visibleStudyStep('save', study({ state, report }))).toBe('run')
  })

  it.each(['finished', 'stopped'] as const)('shows the result once it is %s', (state) => {
    expect(visibleStudyStep(null, study({ state, report }))).toBe('result')
    expect(visibleStudyStep('save', study({ state, report }))).toBe('save')
    expect(visibleStudyStep('run', study({ state, report }))).toBe('run')
  })

  it('stays with the trials when there is nothing to report', () => {
    expect(visibleStudyStep('result', study({ state: 'stopped', report: null }))).toBe('run')
  })
})

describe('a study under way', () => {
  it('is one that runs or is paused, not one that was cut off', () => {
    expect(isActive(study({ state: 'running' }))).toBe(true)
    expect(isActive(study({ state: 'paused' }))).toBe(true)
    expect(isActive(study({ state: 'interrupted' }))).toBe(false)
  })
})
