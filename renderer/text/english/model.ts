import type { LocalModel } from '../../../preload/contract/model.ts'
import type { Format } from '../format.ts'

/** Step 2: the models on this computer. */
export function modelWords(format: Format) {
  return {
    heading: 'Which model?',
    lead: 'Attune never changes a model you have. What it finds is saved under a new name, and only if you want it.',
    asking: 'Asking for your models…',
    forward: 'Set the goal',
    choices: 'Models on this computer',
    filter: 'Find a model',
    noneFound: 'No model has this in its name.',
    practice: 'Practice model',
    facts: (model: LocalModel) => {
      const facts = [format.fileSize(model.sizeBytes), model.parameterSize, model.quantization]
      const line = facts.filter((fact) => fact !== '').join(' · ')
      if (!model.isPractice) return line
      return model.needsPreparation
        ? `For trying Attune out: it writes nonsense, but at a real speed. ${format.fileSize(model.sizeBytes)}, made on your disk when you go on.`
        : `For trying Attune out: it writes nonsense, but at a real speed. ${line}`
    },
    fit: {
      full: 'Fits into graphics memory',
      partial: 'Fits partly into graphics memory',
      cpu: 'Runs on the processor',
      tooBig: 'Too big for this computer',
    } satisfies Record<NonNullable<LocalModel['fit']>, string>,
    builtIn: "Attune's own engine",
    attuned: 'Made by Attune',
    noOllamaModels:
      'There are no models of Ollama here. Get one in Ollama, open a file below, or try the practice model.',
    openLibrary: 'See models for Ollama',
    openFile: 'Open a model file from disk',
    chooseFile: 'Choose a file…',
    dropHint: 'Or drop it anywhere on this window.',
    filePath: 'Path of a GGUF file',
    filePathHint: 'The file stays where it is.',
    open: 'Open file',
    writingPractice: (share: string) => `Writing the practice model to disk: ${share}`,
    writingPracticeLabel: 'Practice model written',
  }
}
