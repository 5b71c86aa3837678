import type { resultWords } from '../english/result.ts'
import { germanStudy } from '../../../preload/words/german.ts'
import { lowerFirst } from '../lower-first.ts'
import type { Format } from '../format.ts'

/** Step 6: the result and its figures. */
export function germanResult(format: Format): ReturnType<typeof resultWords> {
  return {
    metrics: {
      turn: { name: germanStudy.figures.turn, ...format.seconds },
      ttft: { name: germanStudy.figures.ttft, ...format.seconds },
      decode: { name: germanStudy.figures.decode, ...format.tokensPerSecond },
      prefill: { name: germanStudy.figures.prefill, ...format.tokensPerSecond },
      memory: { name: germanStudy.figures.memory, ...format.memory },
      higher: 'mehr ist besser',
      lower: 'weniger ist besser',
    },
    result: {
      heading: (model) => `Ergebnis für ${model}`,
      nothingToDo: 'Du brauchst nichts zu tun: Benutze das Modell wie bisher.',
      beforeAfter: germanStudy.beforeAfter,
      measured: germanStudy.measured,
      figure: germanStudy.figure,
      before: germanStudy.before,
      after: germanStudy.after,
      changes: germanStudy.changes,
      becomes: germanStudy.becomes,
      roles: { fastest: 'Am schnellsten', balanced: 'Ausgewogen', lightest: 'Am sparsamsten' },
      rolesOf: (roles) => format.list(roles.map((role, i) => (i === 0 ? role : lowerFirst(role)))),
      ways: 'Mögliche Einstellungen',
      waysLead: 'Alles wurde hier gemessen. Was du speicherst, wird noch einmal gemessen, genau wie gespeichert.',
      closer: 'Genauer ansehen',
      closerLead: 'Alles beruht auf denselben Messungen. Öffne, was dich interessiert.',
      parts: {
        kept: { title: germanStudy.kept, detail: 'Einstellungen, die schon richtig waren oder fest sind.' },
        untested: { title: germanStudy.untested, detail: 'Damit niemand mehr hineinliest, als darin ist.' },
        choices: { title: 'Tempo gegen Speicher', detail: 'Jede Kombination in einem Bild; wähle irgendeine.' },
        importance: { title: 'Welche Einstellungen zählen', detail: 'Wie viel der Unterschiede jede erklärt.' },
        effects: { title: 'Was jede Einstellung bewirkt', detail: 'Vom kleinsten Wert bis zum größten.' },
        map: { title: 'Zwei Einstellungen zusammen', detail: 'Die beiden wichtigsten, in jeder Kombination.' },
        parallel: { title: 'Alle Kombinationen nebeneinander', detail: 'Links die Einstellungen, rechts die Zahlen.' },
        timeline: { title: 'Wohin die Minuten gingen', detail: 'Laden, antworten, warten.' },
        table: { title: 'Alles, was gemessen wurde', detail: 'Jede Kombination mit allen Zahlen, beste zuerst.' },
      },
      alternativesCaption: 'Gemessene Kombinationen, beste zuerst',
      settings: germanStudy.settings,
      choice: 'Speichern',
      isRecommended: 'empfohlen',
      isNow: 'wie es jetzt ist',
      isTradeOff: 'eine Überlegung wert',
      saveThis: 'Dies speichern',
      saveThisOne: (summary) => `Dies speichern: ${summary}`,
      notes: germanStudy.notes,
      share: 'Behalten oder weitergeben',
      shareLead: 'Eine Datei mit allem auf dieser Seite, zum Lesen und Drucken ohne Attune oder für Programme.',
      shareAs: { html: 'Als Seite speichern (HTML)', json: 'Als Daten speichern (JSON)' },
      rescore: 'Dieselben Messungen für ein anderes Ziel beurteilen',
      showTrials: 'Versuche zeigen',
      save: 'Diese Einstellungen speichern',
      another: 'Ein anderes Modell abstimmen',
    },
  }
}
