import { englishStudy } from '../../preload/words/english.ts'
import type { StudyWords } from '../../preload/words/study-words.ts'

/** The words of the window's own parts: menu, dialogs and notices, which the system draws. */
export interface ShellWords {
  menu: {
    file: string
    edit: string
    view: string
    window: string
    help: string
    about: string
    dataFolder: string
    logs: string
  }
  /** Entries that every program has, by Electron's names for them. */
  roles: Record<
    | 'services'
    | 'hide'
    | 'hideOthers'
    | 'unhide'
    | 'quit'
    | 'close'
    | 'undo'
    | 'redo'
    | 'cut'
    | 'copy'
    | 'paste'
    | 'selectAll'
    | 'reload'
    | 'resetZoom'
    | 'zoomIn'
    | 'zoomOut'
    | 'togglefullscreen'
    | 'minimize'
    | 'front',
    string
  >
  /** Asked when the program is to end during a study. */
  quit: { message: string; detail: string; keep: string; quit: string }
  /** Title of the notice of a study that is over. */
  ended: StudyWords['notice']
}

export const englishShell: ShellWords = {
  menu: {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    help: 'Help',
    about: 'About Attune',
    dataFolder: 'Show Data Folder',
    logs: 'Show Logs',
  },
  roles: {
    services: 'Services',
    hide: 'Hide Attune',
    hideOthers: 'Hide Others',
    unhide: 'Show All',
    quit: 'Quit Attune',
    close: 'Close Window',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    reload: 'Reload',
    resetZoom: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    togglefullscreen: 'Full Screen',
    minimize: 'Minimize',
    front: 'Bring All to Front',
  },
  quit: {
    message: 'A study is running.',
    detail: 'If you quit, it is paused. It goes on where it was when you start Attune again.',
    keep: 'Keep measuring',
    quit: 'Pause and quit',
  },
  ended: englishStudy.notice,
}
