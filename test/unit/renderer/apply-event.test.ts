import { describe, expect, it } from 'vitest'
import type { Study, StudyProgress } from '../../../preload/contract/study.ts'
import { applyEvent } from '../../../renderer/state/apply-event.ts'
import { ready, valueOf } from '../../../renderer/state/remote.ts'
import { createAttuneStore, type AttuneState } from '../../../renderer/state/store.ts'
import { okOutcome, sentence, study, trial } from './support/fixtures.ts'

const now = 1_700_000_000_000
const progress: StudyProgress = {
  trialNumber: 2,
  expectedTrials: 9,
  elapsedSeconds: 60,
  remainingSeconds: 90,
  activity: sentence('Loading.'),
}

function showing(shown: Study): AttuneState {
  const initial = createAttuneStore({ page: 'study', id: shown.id, step: null }).getState()
  return { ...initial, openStudy: ready(shown), activeStudyId: shown.id }
}

const opened = (state: AttuneState) => valueOf(state.openStudy)

describe('an event about the study on screen', () => {
  it('puts a new trial behind the others and an ended one in its place', () => {
    const begun = applyEvent(
      showing(study({ trials: [trial(1, okOutcome({}))] })),
      { type: 'study.trial', id: 'study-0001', trial: trial(2, null) },
      now,
    )
    const ended = applyEvent(
      begun,
      { type: 'study.trial', id: 'study-0001', trial: trial(2, { kind: 'timeout', message: 'slow' }) },
      now,
    )
    expect(opened(begun)?.trials.map(({ number }) => number)).toEqual([1, 2])
    expect(opened(ended)?.trials.map(({ outcome }) => outcome?.kind)).toEqual(['ok', 'timeout'])
  })

  it('remembers when progress came, so that the clock can go on from there', () => {
    const state = applyEvent(showing(study()), { type: 'study.progress', id: 'study-0001', progress }, now)
    expect(state.progress).toEqual({ ...progress, receivedAt: now })
  })

  it('forgets the progress of a study that is no longer under way', () => {
    const state = applyEvent(
      { ...showing(study()), progress: { ...progress, receivedAt: now } },
      { type: 'study.changed', study: study({ state: 'finished' }) },
      now,
    )
    expect(state.progress).toBeNull()
    expect(state.activeStudyId).toBeNull()
  })
})

describe('a registration', () => {
  const progressing = {
    type: 'register.progress',
    id: 'study-0001',
    share: 0.5,
    activity: sentence('Measuring.'),
  } as const

  it('shows how far it is until the study has its certificate', () => {
    const begun = applyEvent(showing(study({ state: 'finished' })), progressing, now)
    const ended = applyEvent(begun, { type: 'study.changed', study: study({ state: 'finished' }) }, now)
    expect(begun.registration).toMatchObject({ studyId: 'study-0001', share: 0.5 })
    expect(ended.registration).toBeNull()
  })

  it('is not ended by a change of another study', () => {
    const begun = applyEvent(showing(study({ state: 'finished' })), progressing, now)
    const state = applyEvent(begun, { type: 'study.changed', study: study({ id: 'study-0002' }) }, now)
    expect(state.registration).toMatchObject({ studyId: 'study-0001' })
  })
})

describe('an event about another study', () => {
  it('leaves the one on screen alone', () => {
    const before = showing(study({ trials: [] }))
    const state = applyEvent(before, { type: 'study.trial', id: 'study-0002', trial: trial(1, null) }, now)
    expect(opened(state)?.trials).toEqual([])
  })

  it('is remembered as the one under way when it starts', () => {
    const initial = createAttuneStore({ page: 'library' }).getState()
    const state = applyEvent(initial, { type: 'study.changed', study: study({ id: 'study-0002' }) }, now)
    expect(state.activeStudyId).toBe('study-0002')
    expect(state.openStudy).toEqual({ kind: 'loading' })
  })
})

describe('an event about a daemon', () => {
  it('changes that daemon only', () => {
    const status = { kind: 'ollama', state: 'running' } as never
    const initial = createAttuneStore({ page: 'library' }).getState()
    const known = { ...initial, daemons: ready({ ollama: { state: 'stopped' }, builtIn: 'as before' } as never) }
    const state = applyEvent(known, { type: 'daemon.changed', status }, now)
    expect(valueOf(state.daemons)).toEqual({ ollama: status, builtIn: 'as before' })
  })
})
