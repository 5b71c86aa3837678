import type { ErrorCode } from '../../../preload/contract/errors.ts'
import type { shellWords } from '../english/shell.ts'

const meanings: Readonly<Partial<Record<ErrorCode, string>>> = {
  daemonUnreachable: 'Seine Modelle lassen sich nicht messen, bis es antwortet. Was vorher gemessen wurde, bleibt.',
  daemonMissing:
    'Du kannst ohne es weitermachen: Attunes eigene Engine führt Modelldateien von deinem Datenträger aus.',
  daemonBusy: 'Was jetzt gemessen würde, wäre nicht wahr.',
  daemonRefused: 'Seine Modelle lassen sich nicht auflisten und nicht messen.',
  daemonError: 'Von dir wurde nichts verändert. Was vorher gemessen wurde, bleibt.',
  daemonUnexpectedAnswer: 'Attune rät nicht, was sie bedeutet, also wurde nichts getan.',
  daemonDisconnected: 'Von dir wurde nichts verändert. Was vorher gemessen wurde, bleibt.',
  outOfMemory: 'Von dir wurde nichts verändert.',
  diskFull: 'Von dir wurde nichts verändert.',
  timeout: 'Von dir wurde nichts verändert. Was vorher gemessen wurde, bleibt.',
  engineCrashed: 'Deine Modelle sind unberührt. Was vorher gemessen wurde, bleibt.',
  storeUnwritable: 'Was ab jetzt gemessen wird, ginge verloren, wenn Attune endet.',
  studyRunning: 'Zwei zugleich würden einander stören, also wurde das nicht getan.',
  internal: 'Deine Modelle sind unberührt.',
}

/** What is the same on every page. */
export function germanShell(): ReturnType<typeof shellWords> {
  return {
    frame: {
      name: 'Attune',
      skip: 'Zum Inhalt springen',
      pages: 'Seiten',
      tune: 'Abstimmen',
      library: 'Bibliothek',
      settings: 'Einstellungen',
      runningTitle: (trial, expected) => `Versuch ${trial} von ${expected} · Attune`,
      resultTitle: (model) => `Fertig: ${model} · Attune`,
    },
    lost: {
      heading: 'Die Verbindung zu Attune ist weg',
      meaning: (time) =>
        `Attune wurde um ${time} Uhr geschlossen oder endete von selbst. Jeder fertige Versuch bleibt erhalten, und deine Modelle sind unberührt. Darunter steht, wie es da aussah.`,
      remedy:
        'Starte Attune so wie zuvor: Diese Seite macht dann von selbst weiter. Öffnet sich eine neue, mach dort weiter. Eine Studie, die abgebrochen wurde, wartet in der Bibliothek.',
      tryNow: 'Jetzt versuchen',
      waiting: 'Diese Seite sucht alle paar Sekunden danach.',
      inVain: 'Noch antwortet nichts. Diese Seite sucht alle paar Sekunden weiter.',
      back: 'Die Verbindung ist wieder da.',
    },
    steps: {
      label: 'Schritte',
      study: 'Deine Studie',
      position: (step, count, name) => `Schritt ${step} von ${count}: ${name}`,
      names: {
        computer: 'Computer',
        model: 'Modell',
        goal: 'Ziel',
        plan: 'Plan',
        run: 'Messung',
        result: 'Ergebnis',
        save: 'Speichern',
      },
    },
    actions: {
      back: 'Zurück',
      cancel: 'Abbrechen',
      copy: 'Kopieren',
      copied: 'Kopiert',
      tryAgain: 'Noch einmal versuchen',
      loading: 'Einen Moment…',
    },
    errors: {
      meanings,
      unknown: {
        code: 'internal',
        message: 'In diesem Fenster ist etwas Unerwartetes schiefgegangen.',
        hint: 'Lade es neu. Nichts Gemessenes ist verloren.',
      },
      connectionLost: {
        code: 'internal',
        message: 'Die Verbindung zu Attune brach ab, bevor die Antwort kam.',
        hint: 'Versuch es gleich noch einmal.',
      },
    },
  }
}
