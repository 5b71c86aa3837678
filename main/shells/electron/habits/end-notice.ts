import { type BrowserWindow, Notification } from 'electron'
import type { ShellWords } from '../../../words/shell.ts'
import type { StudyWatch } from './study-watch.ts'

interface EndNoticeOptions {
  window: () => BrowserWindow | undefined
  words: () => ShellWords
  /** Shows the window again, or opens a new one. */
  show: () => void
}

/** Tells of a study that ends while nobody looks at the window; a click on the notice shows it. */
export function tellOfTheEnd(studies: StudyWatch, { window, words, show }: EndNoticeOptions): void {
  studies.subscribe((news) => {
    if (news.kind !== 'ended' || window()?.isFocused() || !Notification.isSupported()) return
    const { model, report, state } = news.study
    const title = words().ended[state](model.ref.name)
    const notice = new Notification({ title, body: report?.verdict.sentence.text ?? '' })
    notice.on('click', show)
    notice.show()
  })
}
