import type { saveWords } from '../english/save.ts'

/** Step 7: saving, proof and undoing. */
export function germanSave(): ReturnType<typeof saveWords> {
  return {
    heading: 'Unter einem neuen Namen speichern',
    headingSaved: 'Gespeichert',
    lead: (settings) =>
      `${settings}. Dein eigenes Modell bleibt, wie es ist. Das neue wird noch einmal gemessen, genau so, wie es gespeichert ist.`,
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
    measured: 'Gespeichert gemessen',
    notMeasured: 'nicht gemessen',
    howToRun:
      'Um es zu nutzen, gib das in einem Terminal ein oder wähle den Namen in einem Programm, das Ollama nutzt:',
    inBuiltIn:
      'Dieser Name lebt in Attunes eigener Engine. Um die Einstellungen anderswo zu nutzen, speichere sie unten als Datei.',
    undo: (tag) => `${tag} entfernen`,
    undone: 'Entfernt. Alles ist wie vorher.',
    back: 'Zurück zum Ergebnis',
  }
}
