import type { resultWords } from '../english/result.ts'
import type { Format } from '../format.ts'
import { plural } from '../plural.ts'

/** Step 6: the result and its figures. */
export function germanResult(format: Format): ReturnType<typeof resultWords> {
  return {
    metrics: {
      turn: { name: 'Zeit je Antwort', ...format.seconds },
      ttft: { name: 'Wartezeit auf das erste Wort', ...format.seconds },
      decode: { name: 'Schreibtempo', ...format.tokensPerSecond },
      prefill: { name: 'Lesetempo', ...format.tokensPerSecond },
      memory: { name: 'Speicher', ...format.memory },
      higher: 'mehr ist besser',
      lower: 'weniger ist besser',
    },
    result: {
      heading: (model) => `Ergebnis für ${model}`,
      certainty: ({ interval, pairs }) => {
        if (interval === null) return null
        const shownPairs = plural(pairs, format.integer(pairs), 'Paar', 'Paaren')
        return `Gemessen in ${shownPairs}, abwechselnd: Mit 95 % Sicherheit liegt der Gewinn zwischen ${format.percent.of(interval.low)} und ${format.percent.of(interval.high)}.`
      },
      beforeAfter: 'Vorher und nachher',
      measured: 'Was gemessen wurde',
      figure: 'Größe',
      before: 'Vorher',
      after: 'Nachher',
      changes: 'Was sich ändert, und warum',
      becomes: 'wird zu',
      alternatives: 'Alles, was gemessen wurde',
      alternativesCaption: 'Gemessene Kombinationen, beste zuerst',
      settings: 'Einstellungen',
      choice: 'Speichern',
      isRecommended: 'empfohlen',
      isNow: 'wie es jetzt ist',
      isTradeOff: 'eine Überlegung wert',
      saveThis: 'Dies speichern',
      saveThisOne: (summary) => `Dies speichern: ${summary}`,
      notes: 'Gut zu wissen',
      rescore: 'Dieselben Messungen für ein anderes Ziel beurteilen',
      showTrials: 'Versuche zeigen',
      save: 'Diese Einstellungen speichern',
      another: 'Ein anderes Modell abstimmen',
    },
  }
}
