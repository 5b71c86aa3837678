import type { modelWords } from '../english/model.ts'
import type { Format } from '../format.ts'

/** Step 2: the models on this computer. */
export function germanModel(format: Format): ReturnType<typeof modelWords> {
  return {
    heading: 'Welches Modell?',
    lead: 'Attune verändert nie ein Modell, das du hast. Was es findet, wird unter einem neuen Namen gespeichert, und nur, wenn du willst.',
    asking: 'Deine Modelle werden erfragt…',
    forward: 'Ziel festlegen',
    choices: 'Modelle auf diesem Computer',
    filter: 'Modell suchen',
    noneFound: 'Kein Modell hat das im Namen.',
    practice: 'Übungsmodell',
    facts: (model) => {
      const facts = [format.fileSize(model.sizeBytes), model.parameterSize, model.quantization]
      const line = facts.filter((fact) => fact !== '').join(' · ')
      if (!model.isPractice) return line
      return model.needsPreparation
        ? `Zum Ausprobieren von Attune: Es schreibt Unsinn, aber mit echtem Tempo. ${format.fileSize(model.sizeBytes)}, werden beim Weitergehen auf deinen Datenträger geschrieben.`
        : `Zum Ausprobieren von Attune: Es schreibt Unsinn, aber mit echtem Tempo. ${line}`
    },
    fit: {
      full: 'Passt in den Grafikspeicher',
      partial: 'Passt teilweise in den Grafikspeicher',
      cpu: 'Läuft auf dem Prozessor',
      tooBig: 'Zu groß für diesen Computer',
    },
    builtIn: 'Attunes eigene Engine',
    attuned: 'Von Attune gemacht',
    noOllamaModels:
      'Hier gibt es keine Modelle von Ollama. Hol eines in Ollama, öffne unten eine Datei oder nimm das Übungsmodell.',
    openLibrary: 'Modelle für Ollama ansehen',
    openFile: 'Modelldatei vom Datenträger öffnen',
    chooseFile: 'Datei auswählen…',
    dropHint: 'Oder leg sie irgendwo auf diesem Fenster ab.',
    filePath: 'Pfad einer GGUF-Datei',
    filePathHint: 'Die Datei bleibt, wo sie ist.',
    open: 'Datei öffnen',
    writingPractice: (share) => `Das Übungsmodell wird geschrieben: ${share}`,
    writingPracticeLabel: 'Übungsmodell geschrieben',
  }
}
