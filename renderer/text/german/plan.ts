import type { planWords } from '../english/plan.ts'
import type { Format } from '../format.ts'
import { plural } from '../plural.ts'
import { germanParameters } from './parameters.ts'

/** Step 4: what will be tried. */
export function germanPlan(format: Format): ReturnType<typeof planWords> {
  return {
    heading: 'Der Plan',
    lead: 'Noch läuft nichts. Das wird Attune probieren, und warum.',
    making: 'Es wird überlegt, was den Versuch lohnt…',
    start: 'Messung starten',
    time: 'Zeit',
    timeDetail: (minutes) => `Höchstens ${format.minutes.of(minutes)}`,
    trials: 'Versuche',
    loads: (count) => `Bis zu ${format.integer(count)}`,
    candidates: (count) =>
      `aus ${plural(count, format.integer(count), 'Kombination, die sich unterscheidet', 'Kombinationen, die sich unterscheiden')}`,
    memory: 'Nötiger Speicher',
    memoryValue: ({ ramMiB, vramMiB }) =>
      vramMiB === 0
        ? format.memory.of(ramMiB)
        : `${format.memory.of(vramMiB)} Grafik, ${format.memory.of(ramMiB)} Arbeitsspeicher`,
    varied: 'Was probiert wird',
    baseline: (model, baseline) =>
      `Zuerst kommt ${model}, wie es jetzt ist (${germanParameters(format).summary(baseline)}). Alles andere wird damit verglichen.`,
    values: 'Werte zum Probieren',
    nothingToVary: 'Hier kann keine Einstellung etwas ändern. Attune misst, wie schnell das Modell ist, so wie es ist.',
    leftAlone: (count) => `Was unverändert bleibt (${format.integer(count)})`,
    howToStop:
      'Du kannst jederzeit anhalten oder beenden und behalten, was gefunden wurde. Bitte nutze den Computer solange nicht stark.',
  }
}
