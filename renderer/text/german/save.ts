import type { saveWords } from '../english/save.ts'

/** Step 7: saving, proof and undoing. */
export function germanSave(): ReturnType<typeof saveWords> {
  return {
    heading: 'Unter einem neuen Namen speichern',
    headingSaved: 'Gespeichert',
    headingServer: 'Für Ollama setzen',
    lead: (settings) =>
      `${settings}. Dein eigenes Modell bleibt, wie es ist. Das neue wird noch einmal gemessen, genau so, wie es gespeichert ist.`,
    leadServer: (settings) =>
      `${settings}. Das ist eine Einstellung des ganzen Servers: Kein Modell kann sie enthalten.`,
    leadSaved: 'Dein eigenes Modell bleibt, wie es ist. Das neue kannst du jederzeit wieder entfernen.',
    saveAnother: 'Unter einem anderen Namen speichern',
    name: 'Name',
    nameHint: 'Ein Name, den noch kein Modell hat.',
    register: 'Speichern und messen',
    modelfile: 'Was geschrieben wird (Modelfile)',
    saveFile: 'Als Datei speichern',
    progressLabel: 'Speichern und Messen',
    promise: (isKept) => {
      if (isKept === null) return 'Gespeichert, ließ sich aber nicht messen.'
      return isKept
        ? 'Versprechen gehalten: so gemessen, wie es gespeichert ist, ohne weitere Angaben, ist es so schnell wie versprochen.'
        : 'So gemessen, wie es gespeichert ist, ist es langsamer als versprochen. Vielleicht willst du es zurücknehmen.'
    },
    promised: 'Versprochen',
    measured: 'Gemessen',
    notMeasured: 'nicht gemessen',
    howToRun: 'So nutzt du es',
    ways: {
      commandLine: { name: 'Kommandozeile', how: 'Gib das in einem Terminal ein.' },
      ollamaApp: {
        name: 'Die App von Ollama',
        how: 'Unter Windows und macOS: Öffne unter dem Eingabefeld die Liste der Modelle und wähle diesen Namen.',
      },
      openWebUi: {
        name: 'Open WebUI',
        how: 'Lade die Seite neu und wähle oben diesen Namen. Lass die erweiterten Parameter der Unterhaltung unberührt: Sie würden überstimmen, was gefunden wurde.',
      },
      vsCode: {
        name: 'Visual Studio Code',
        how: 'In Continue: Füg das in die Datei config.yaml ein. In anderen Erweiterungen, die Ollama kennen, wähle den Namen aus ihrer Liste der Modelle.',
      },
      api: {
        name: 'Deine eigenen Programme',
        how: 'Nenne der API von Ollama diesen Namen. Schick keine Optionen mit: Sie würden überstimmen, was gefunden wurde.',
      },
    },
    inBuiltIn:
      'Dieser Name lebt in Attunes eigener Engine. Um die Einstellungen anderswo zu nutzen, speichere sie unten als Datei.',
    environment: 'Für Ollama selbst zu setzen',
    environmentCommands: 'Befehle, die es setzen',
    environmentUndo: 'So nimmst du es zurück',
    undo: (tag) => `${tag} entfernen`,
    undone: 'Entfernt. Alles ist wie vorher.',
    back: 'Zurück zum Ergebnis',
  }
}
