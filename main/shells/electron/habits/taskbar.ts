import type { BrowserWindow } from 'electron'
import type { StudyWatch } from './study-watch.ts'

/** Shows on the taskbar or the dock how far a study is. */
export function showOnTaskbar(studies: StudyWatch, window: () => BrowserWindow | undefined): void {
  let share = 0
  studies.subscribe((news) => {
    switch (news.kind) {
      case 'running':
        share = 0
        return window()?.setProgressBar(share, { mode: 'normal' })
      case 'progress':
        share = news.share
        return window()?.setProgressBar(share, { mode: 'normal' })
      case 'resting':
        return window()?.setProgressBar(share, { mode: 'paused' })
      case 'ended':
        // Anything below nought takes the bar away.
        return window()?.setProgressBar(-1)
    }
  })
}
