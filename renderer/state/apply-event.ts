import type { AttuneEvent } from '../../preload/contract/events.ts'
import type { Study } from '../../preload/contract/study.ts'
import type { Trial } from '../../preload/contract/trial.ts'
import { mapRemote } from './remote.ts'
import { isActive } from './steps.ts'
import type { AttuneState, OpenStudy } from './store.ts'

/** The state after an event from main. `now`: milliseconds since the epoch. */
export function applyEvent(state: AttuneState, event: AttuneEvent, now: number): AttuneState {
  switch (event.type) {
    case 'practice.progress':
      return { ...state, practiceShare: event.share }
    case 'daemon.changed':
      return {
        ...state,
        daemons: mapRemote(state.daemons, (daemons) => ({ ...daemons, [event.status.kind]: event.status })),
      }
    case 'study.changed':
      return withOpenStudy(
        {
          ...state,
          activeStudyId: activeAfter(state.activeStudyId, event.study),
          // A window that was reloaded meanwhile learns of the end of a registration only by the new certificate.
          registration: state.registration?.studyId === event.study.id ? null : state.registration,
        },
        event.study.id,
        (open) => ({ study: event.study, progress: isActive(event.study) ? open.progress : null }),
      )
    case 'study.trial':
      return withOpenStudy(state, event.id, (open) => ({
        ...open,
        study: { ...open.study, trials: withTrial(open.study.trials, event.trial) },
      }))
    case 'study.progress':
      return withOpenStudy(state, event.id, (open) => ({
        ...open,
        progress: { ...event.progress, receivedAt: now },
      }))
    case 'register.progress':
      return { ...state, registration: { studyId: event.id, share: event.share, activity: event.activity } }
  }
}

function activeAfter(activeId: string | null, study: Study): string | null {
  if (isActive(study)) return study.id
  return activeId === study.id ? null : activeId
}

function withOpenStudy(state: AttuneState, id: string, change: (open: OpenStudy) => OpenStudy): AttuneState {
  const openStudy = mapRemote(state.openStudy, (open) => (open.study.id === id ? change(open) : open))
  return { ...state, openStudy }
}

function withTrial(trials: readonly Trial[], trial: Trial): Trial[] {
  const others = trials.filter((known) => known.number !== trial.number)
  return [...others, trial].sort((one, other) => one.number - other.number)
}
