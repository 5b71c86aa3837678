import { germanStudy } from '../../preload/words/german.ts'
import type { Words } from './english.ts'
import type { Format } from './format.ts'
import { germanCharts } from './german/charts.ts'
import { germanComputer } from './german/computer.ts'
import { germanGoal } from './german/goal.ts'
import { germanImportance } from './german/importance.ts'
import { germanLibrary } from './german/library.ts'
import { germanModel } from './german/model.ts'
import { germanParameters } from './german/parameters.ts'
import { germanPlan } from './german/plan.ts'
import { germanResult } from './german/result.ts'
import { germanRun } from './german/run.ts'
import { germanSave } from './german/save.ts'
import { germanShell } from './german/shell.ts'

export const { tokensPerSecond } = germanStudy

/** Every word of the window in German. */
export function german(format: Format): Words {
  const parameters = germanParameters(format)
  return {
    ...germanShell(),
    ...germanGoal(format),
    ...germanLibrary(format),
    ...germanResult(format),
    ...germanRun(format),
    charts: germanCharts(format, parameters),
    computer: germanComputer(format),
    model: germanModel(format),
    importance: germanImportance(format, parameters),
    parameters,
    plan: germanPlan(format),
    save: germanSave(),
  }
}
