import { germanStudy } from '../../../preload/words/german.ts'
import type { ShellWords } from '../shell.ts'

export const germanShell: ShellWords = {
  menu: {
    file: 'Datei',
    edit: 'Bearbeiten',
    view: 'Ansicht',
    window: 'Fenster',
    help: 'Hilfe',
    about: 'Über Attune',
    dataFolder: 'Datenordner zeigen',
    logs: 'Protokolle zeigen',
  },
  roles: {
    services: 'Dienste',
    hide: 'Attune ausblenden',
    hideOthers: 'Andere ausblenden',
    unhide: 'Alle einblenden',
    quit: 'Attune beenden',
    close: 'Fenster schließen',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    cut: 'Ausschneiden',
    copy: 'Kopieren',
    paste: 'Einfügen',
    selectAll: 'Alles auswählen',
    reload: 'Neu laden',
    resetZoom: 'Originalgröße',
    zoomIn: 'Vergrößern',
    zoomOut: 'Verkleinern',
    togglefullscreen: 'Vollbild',
    minimize: 'Minimieren',
    front: 'Alle nach vorne bringen',
  },
  quit: {
    message: 'Eine Studie läuft.',
    detail: 'Wenn du Attune beendest, wird sie angehalten. Beim nächsten Start geht sie dort weiter, wo sie war.',
    keep: 'Weiter messen',
    quit: 'Anhalten und beenden',
  },
  ended: germanStudy.notice,
}
