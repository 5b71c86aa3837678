import { powerSaveBlocker } from 'electron'
import type { StudyWatch } from './study-watch.ts'

/** Keeps the computer, not its screen, from falling asleep while a study measures. */
export function keepAwake(studies: StudyWatch): void {
  let blocker: number | null = null
  studies.subscribe(({ kind }) => {
    if (kind === 'progress') return
    if (kind === 'running') {
      blocker ??= powerSaveBlocker.start('prevent-app-suspension')
      return
    }
    if (blocker !== null) powerSaveBlocker.stop(blocker)
    blocker = null
  })
}
