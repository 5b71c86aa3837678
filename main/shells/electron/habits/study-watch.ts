import type { Study, StudyProgress } from '../../../../preload/contract/study.ts'
import type { EventBus } from '../../../event-bus.ts'

/** What the computer around the window is shown of studies. */
export type StudyNews =
  | { kind: 'running'; study: Study }
  /** Of the time that the study will have taken, how much is over. */
  | { kind: 'progress'; share: number }
  /** Paused, to be gone on with. */
  | { kind: 'resting'; study: Study }
  | { kind: 'ended'; study: Study }

export interface StudyWatch {
  /** Null while none is measuring. */
  readonly runningId: string | null
  subscribe(listener: (news: StudyNews) => void): void
}

/** Watches main's events for studies of this process that begin, rest and end. */
export function watchStudies(events: EventBus): StudyWatch {
  const listeners: ((news: StudyNews) => void)[] = []
  // Studies that began or went on here: those of the library change as well, when they are saved for instance.
  const known = new Set<string>()
  let runningId: string | null = null
  const tell = (news: StudyNews) => {
    for (const listener of listeners) listener(news)
  }

  events.subscribe((event) => {
    if (event.type === 'study.progress' && event.id === runningId) {
      tell({ kind: 'progress', share: shareOf(event.progress) })
    }
    if (event.type !== 'study.changed') return
    const { study } = event
    if (study.state === 'running') {
      if (runningId === study.id) return
      runningId = study.id
      known.add(study.id)
      tell({ kind: 'running', study })
      return
    }
    if (runningId === study.id) runningId = null
    if (!known.has(study.id)) return
    if (study.state === 'paused' || study.state === 'interrupted') return tell({ kind: 'resting', study })
    known.delete(study.id)
    tell({ kind: 'ended', study })
  })

  return {
    get runningId() {
      return runningId
    },
    subscribe: (listener) => void listeners.push(listener),
  }
}

/** By time where that can be told, else by trials. */
function shareOf({ elapsedSeconds, remainingSeconds, trialNumber, expectedTrials }: StudyProgress): number {
  const whole = elapsedSeconds + (remainingSeconds ?? 0)
  const share = remainingSeconds === null || whole === 0 ? trialNumber / expectedTrials : elapsedSeconds / whole
  return Math.min(1, share)
}
