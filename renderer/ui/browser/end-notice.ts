import type { AttuneEvent } from '../../../preload/contract/events.ts'
import type { Study } from '../../../preload/contract/study.ts'

interface EndNoticeOptions {
  /** Whether nobody looks at the window. */
  isHidden: () => boolean
  show: (study: Study) => void
}

/** Watches main's events and tells of a study that ends while nobody looks. */
export function createEndNotice({ isHidden, show }: EndNoticeOptions): (event: AttuneEvent) => void {
  const running = new Set<string>()
  return (event) => {
    if (event.type === 'study.progress') running.add(event.id)
    if (event.type !== 'study.changed') return
    const { id, state } = event.study
    if (state === 'running' || state === 'paused') running.add(id)
    // A study that ended long ago changes as well, when it is saved for instance.
    else if (running.delete(id) && isHidden()) show(event.study)
  }
}
