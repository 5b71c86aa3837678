import { describe, expect, it } from 'vitest'
import { studyProgress } from '../../../../main/study/run/progress.ts'
import { aPlan, aStatement, aStudy, type TrialSketch } from '../builders.ts'

const baseline: TrialSketch = { purpose: 'baseline' }
const searched: TrialSketch = { purpose: 'search', configuration: { num_thread: 1 } }
const activity = aStatement('measure.loading')

describe('progress', () => {
  it('knows no remaining time before a trial has finished', () => {
    expect(studyProgress(aStudy(), activity, 2)).toEqual({
      trialNumber: 0,
      expectedTrials: 2 + 6 + 6,
      elapsedSeconds: 2,
      remainingSeconds: null,
      activity,
    })
  })

  it('expects what is left to take as long as the median trial', () => {
    // Each of the builders' trials takes ten seconds.
    const study = aStudy({ trials: [baseline, baseline], activeSeconds: 20 })
    expect(studyProgress(study, activity, 4)).toMatchObject({ elapsedSeconds: 24, remainingSeconds: 12 * 10 - 4 })
  })

  it('counts neither skipped trials nor time beyond the budget', () => {
    const skipped: TrialSketch = { purpose: 'baseline', outcome: { kind: 'skipped', message: 'Skipped.' } }
    expect(studyProgress(aStudy({ trials: [skipped] }), activity, 0)).toMatchObject({
      expectedTrials: 15,
      remainingSeconds: null,
    })
    const late = aStudy({ trials: [baseline], activeSeconds: aPlan.maximumMinutes * 60 - 5 })
    expect(studyProgress(late, activity, 0).remainingSeconds).toBe(5)
    const overdue = aStudy({ trials: [baseline], activeSeconds: aPlan.maximumMinutes * 60 + 5 })
    expect(studyProgress(overdue, activity, 0).remainingSeconds).toBe(0)
  })

  it('expects no more search trials than there are candidates', () => {
    const study = aStudy({ plan: { ...aPlan, candidateCount: 3 } })
    expect(studyProgress(study, activity, 0).expectedTrials).toBe(2 + 2 + 6)
  })

  it('forgets what the search did not use up', () => {
    const study = aStudy({ phase: 'confirm', searchEnded: aStatement(), trials: [baseline, baseline, searched] })
    expect(studyProgress(study, activity, 0).expectedTrials).toBe(2 + 1 + 6)
  })

  it('is complete when the study is done', () => {
    const study = aStudy({ state: 'finished', phase: 'done', trials: [baseline, baseline, searched] })
    expect(studyProgress(study, activity, 0)).toMatchObject({ trialNumber: 3, expectedTrials: 3, remainingSeconds: 0 })
  })
})
