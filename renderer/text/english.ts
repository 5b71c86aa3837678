import { chartWords } from './english/charts.ts'
import { computerWords } from './english/computer.ts'
import { goalWords } from './english/goal.ts'
import { importanceWords } from './english/importance.ts'
import { libraryWords } from './english/library.ts'
import { modelWords } from './english/model.ts'
import { parameterWords } from './english/parameters.ts'
import { planWords } from './english/plan.ts'
import { resultWords } from './english/result.ts'
import { runWords } from './english/run.ts'
import { saveWords } from './english/save.ts'
import { shellWords } from './english/shell.ts'
import type { Format } from './format.ts'

/** Every word of the window in English. Another language is another function of this shape. */
export function english(format: Format) {
  const parameters = parameterWords(format)
  return {
    ...shellWords(),
    ...goalWords(format),
    ...libraryWords(format),
    ...resultWords(format),
    ...runWords(format),
    charts: chartWords(format, parameters),
    computer: computerWords(format),
    model: modelWords(format),
    importance: importanceWords(format, parameters),
    parameters,
    plan: planWords(format),
    save: saveWords(),
  }
}

export type Words = ReturnType<typeof english>
