import type { shellWords } from '../english/shell.ts'

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
      connectionLost:
        'Die Verbindung zu Attune ist weg. Neuer Versuch… Wenn du Attune geschlossen hast, starte es wieder; eine laufende Studie bleibt erhalten.',
      runningTitle: (trial, expected) => `Versuch ${trial} von ${expected} · Attune`,
      resultTitle: (model) => `Fertig: ${model} · Attune`,
    },
    steps: {
      label: 'Schritte',
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
