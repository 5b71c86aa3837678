import { powerMonitor } from 'electron'
import type { Router } from '../../../router.ts'
import type { StudyWatch } from './study-watch.ts'

/**
 * Pauses a study before the computer sleeps, as the trial would be measured over the sleep, and goes on with it
 * afterwards. A study that the person paused stays paused.
 */
export function pauseDuringSleep(studies: StudyWatch, router: Router): void {
  let asleepId: string | null = null
  let resting: Promise<unknown> = Promise.resolve()
  powerMonitor.on('suspend', () => {
    const id = studies.runningId
    if (id === null) return
    asleepId = id
    resting = router.handle('study.pause', { id })
  })
  powerMonitor.on('resume', () => {
    const id = asleepId
    asleepId = null
    // Where the daemon does not answer yet after a sleep, the study stays paused and its page says so.
    if (id !== null) void resting.then(() => router.handle('study.resume', { id }))
  })
}
