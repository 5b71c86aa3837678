import type { AttuneEvent } from '../../preload/contract/events.ts'
import type { Study } from '../../preload/contract/study.ts'
import type { Trial } from '../../preload/contract/trial.ts'
import { mapRemote, valueOf } from './remote.ts'
import { isActive } from './steps.ts'
import type { AttuneState } from './store.ts'

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
      return {
        ...withOpenStudy(state, event.study.id, () => event.study),
        activeStudyId: activeAfter(state.activeStudyId, event.study),
        // A window that was reloaded meanwhile learns of the end of a registration only by the new certificate.
        registration: state.registration?.studyId === event.study.id ? null : state.registration,
        progress: isOpen(state, event.study.id) && !isActive(event.study) ? null : state.progress,
      }
    case 'study.trial':
      return withOpenStudy(state, event.id, (study) => ({ ...study, trials: withTrial(study.trials, event.trial) }))
    case 'study.progress':
      return isOpen(state, event.id) ? { ...state, progress: { ...event.progress, receivedAt: now } } : state
    case 'register.progress':
      return { ...state, registration: { studyId: event.id, share: event.share, activity: event.activity } }
  }
}

function activeAfter(activeId: string | null, study: Study): string | null {
  if (isActive(study)) return study.id
  return activeId === study.id ? null : activeId
}

function isOpen(state: AttuneState, id: string): boolean {
  return valueOf(state.openStudy)?.id === id
}

function withOpenStudy(state: AttuneState, id: string, change: (study: Study) => Study): AttuneState {
  return isOpen(state, id) ? { ...state, openStudy: mapRemote(state.openStudy, change) } : state
}

function withTrial(trials: readonly Trial[], trial: Trial): Trial[] {
  const others = trials.filter((known) => known.number !== trial.number)
  return [...others, trial].sort((one, other) => one.number - other.number)
}
