import { describe, expect, it } from 'vitest'
import type { StudyRequest } from '../../../../preload/contract/goal.ts'
import { studyProgress } from '../../../../main/study/run/progress.ts'
import { aPlan, aStatement, aStudy, okOutcome, type TrialSketch } from '../builders.ts'

const baseline: TrialSketch = { purpose: 'baseline' }
const searched = (num_thread: number, decode = 40): TrialSketch => ({
  purpose: 'search',
  configuration: { num_thread },
  outcome: okOutcome({ decode }),
})
const activity = aStatement('measure.loading')
const large = { ...aPlan, candidateCount: 100 }
const searching = (trials: TrialSketch[], change: Partial<typeof large> = {}) =>
  studyProgress(aStudy({ phase: 'search', plan: { ...large, ...change }, trials }), activity, 0)
/** Trials expected of a search that is about to begin. */
const expectedWith = (change: Partial<Pick<StudyRequest, 'goal' | 'budget'>>) =>
  studyProgress(
    aStudy({
      phase: 'search',
      request: { ...aStudy().request, ...change },
      plan: large,
      trials: [baseline, baseline],
    }),
    activity,
    0,
  ).expectedTrials

describe('progress', () => {
  it('knows no remaining time before a trial has finished', () => {
    expect(studyProgress(aStudy(), activity, 2)).toMatchObject({
      trialNumber: 0,
      elapsedSeconds: 2,
      remainingSeconds: null,
    })
  })

  it('takes the running trial off what is left', () => {
    // Each of the builders' trials takes ten seconds.
    const study = aStudy({
      phase: 'search',
      plan: large,
      trials: [baseline, baseline, { ...searched(1), outcome: null }],
    })
    const left = (sinceSeconds: number) => studyProgress(study, activity, sinceSeconds).remainingSeconds ?? 0
    expect(left(0) - left(4)).toBeCloseTo(4, 9)
    expect(left(1000)).toBeLessThan(left(5))
  })

  it('expects a search that found something to go on and to be confirmed', () => {
    const found = searching([baseline, baseline, searched(1), searched(2, 60), searched(3)])
    const foundNothing = searching([baseline, baseline, searched(1), searched(2, 30), searched(3)])
    expect(found.expectedTrials).toBeGreaterThanOrEqual(2 + 6 + 4)
    expect(foundNothing.expectedTrials).toBeLessThan(found.expectedTrials - 3)
    expect(found.remainingSeconds).toBeGreaterThan(1.5 * (foundNothing.remainingSeconds ?? Infinity))
  })

  it('expects little of a search where the whole model is in graphics memory, until it finds something', () => {
    expect(searching([baseline, baseline], { regime: 'full' }).expectedTrials).toBeLessThanOrEqual(2 + 4)
    const found = searching([baseline, baseline, searched(1), searched(2, 60)], { regime: 'full' })
    expect(found.expectedTrials).toBeGreaterThanOrEqual(2 + 4 + 4)
  })

  it('expects a short search for less memory, which is told without a trial', () => {
    expect(expectedWith({ goal: 'memory' })).toBeLessThan(expectedWith({ goal: 'chat' }))
  })

  it('expects a thorough search to go on for longer', () => {
    expect(expectedWith({ budget: 'thorough' })).toBeGreaterThan(expectedWith({ budget: 'standard' }) + 4)
  })

  it('expects others to be quicker than present settings that crawl', () => {
    const timeout: TrialSketch = { purpose: 'baseline', outcome: { kind: 'timeout', message: 'Too slow.' } }
    expect(searching([timeout, baseline, baseline]).remainingSeconds).toBeLessThan(
      searching([baseline, baseline]).remainingSeconds ?? 0,
    )
  })

  it('expects no more search trials than there are candidates', () => {
    expect(searching([baseline, baseline], { candidateCount: 3 }).expectedTrials).toBeLessThanOrEqual(2 + 2 + 6)
    expect(searching([baseline, baseline, searched(1)], { candidateCount: 1 }).expectedTrials).toBeLessThanOrEqual(
      3 + 7,
    )
  })

  it('counts neither skipped trials nor time beyond the budget', () => {
    const skipped: TrialSketch = { purpose: 'baseline', outcome: { kind: 'skipped', message: 'Skipped.' } }
    expect(studyProgress(aStudy({ trials: [skipped] }), activity, 0).remainingSeconds).toBeNull()
    const late = aStudy({ trials: [baseline], activeSeconds: aPlan.maximumMinutes * 60 - 5 })
    expect(studyProgress(late, activity, 0).remainingSeconds).toBe(5)
    const overdue = aStudy({ trials: [baseline], activeSeconds: aPlan.maximumMinutes * 60 + 5 })
    expect(studyProgress(overdue, activity, 0).remainingSeconds).toBe(0)
  })

  it('forgets what the search did not use up', () => {
    const trials = [baseline, baseline, searched(1), searched(2, 60)]
    const ended = aStudy({ phase: 'confirm', plan: large, searchEnded: aStatement(), trials })
    expect(studyProgress(ended, activity, 0).expectedTrials).toBe(4 + 5)
  })

  it('is complete when the study is done', () => {
    const study = aStudy({ state: 'finished', phase: 'done', trials: [baseline, baseline, searched(1)] })
    expect(studyProgress(study, activity, 0)).toMatchObject({ trialNumber: 3, expectedTrials: 3, remainingSeconds: 0 })
  })
})
