import type { libraryWords } from '../english/library.ts'
import type { Format } from '../format.ts'
import { plural } from '../plural.ts'

/** The library of studies, comparing two, and the settings page. */
export function germanLibrary(format: Format): ReturnType<typeof libraryWords> {
  return {
    library: {
      heading: 'Bibliothek',
      lead: 'Jede Studie, die du hast laufen lassen. Sie bleiben auf diesem Computer, bis du sie löschst.',
      empty: 'Es gibt noch keine Studien. Die erste dauert ein paar Minuten.',
      start: 'Ein Modell abstimmen',
      compare: (marked) => (marked < 2 ? 'Vergleichen (markiere zwei)' : 'Die beiden vergleichen'),
      mark: (model, when) => `${model}, ${when}, zum Vergleichen markieren`,
      detail: (goal, when, trials) =>
        `${goal} · ${when} · ${plural(trials, format.integer(trials), 'Versuch', 'Versuche')}`,
      savedAs: (tags) => `Gespeichert als ${tags.join(', ')}`,
      states: {
        running: 'Läuft',
        paused: 'Angehalten',
        interrupted: 'Unterbrochen',
        failed: 'Gescheitert',
        finished: 'Kein Ergebnis',
        stopped: 'Vorzeitig beendet',
      },
      verdict: ({ kind, gainPercent }) => {
        switch (kind) {
          case 'improved':
            return `${format.percent.of(gainPercent)} besser`
          case 'keep':
            return 'So lassen'
          case 'inconclusive':
            return 'Zu knapp für ein Urteil'
          case 'stopped':
            return 'Vorzeitig beendet'
        }
      },
      history: 'Tempo im Lauf der Zeit',
      delete: 'Löschen',
      deleteOne: (model, when) => `${model}, ${when}, löschen`,
      deleteTitle: 'Diese Studie löschen?',
      deleteMessage: (model, when) =>
        `Die Messungen von ${model} vom ${when} sind dann endgültig weg. Was daraus gespeichert wurde, bleibt in Ollama.`,
      deleteConfirm: 'Studie löschen',
    },
    compare: {
      heading: 'Zwei Studien nebeneinander',
      back: 'Zurück zur Bibliothek',
      figure: 'Größe',
      column: (index, model) => `${index === 0 ? 'Erste' : 'Zweite'}: ${model}`,
      daemon: 'Lief auf',
      daemonName: ({ kind, version }) =>
        kind === 'ollama' ? `Ollama ${version}` : `Attunes eigener Engine ${version}`,
      context: 'Länge der Unterhaltung',
      tokens: (tokens) => plural(tokens, format.integer(tokens), 'Token', 'Tokens'),
      took: 'Dauer',
      settings: 'Gefundene Einstellungen',
      none: 'kein Ergebnis',
      fromTo: (before, after) => (before === after ? before : `${before} → ${after}`),
    },
    settings: {
      heading: 'Einstellungen',
      scheme: 'Aussehen',
      schemes: { auto: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
      language: 'Sprache',
      systemLanguage: 'Wie das System',
      address: 'Adresse von Ollama',
      addressHint: 'Leer lassen für den üblichen Platz auf diesem Computer.',
      addressExample: 'http://127.0.0.1:11434',
      saveAddress: 'Adresse speichern',
      about: 'Über Attune',
      version: 'Version',
      runtimes: 'Läuft auf',
      dataFolder: 'Studien liegen in',
      openFolders: { data: 'Diesen Ordner zeigen', logs: 'Protokolle zeigen', licences: 'Lizenzen zeigen' },
      privacy: 'Datenschutz',
      privacyDetail: 'Attune spricht mit Ollama unter dieser Adresse und mit sonst nichts. Es sendet nichts über dich.',
    },
  }
}
