import type { resultWords } from '../english/result.ts'
import type { Format } from '../format.ts'

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
      beforeAfter: 'Vorher und nachher',
      measured: 'Was gemessen wurde',
      figure: 'Größe',
      before: 'Vorher',
      after: 'Nachher',
      changes: 'Was sich ändert, und warum',
      becomes: 'wird zu',
      roles: { fastest: 'Am schnellsten', balanced: 'Ausgewogen', lightest: 'Am sparsamsten' },
      rolesOf: (roles) =>
        format.list(roles.map((role, i) => (i === 0 ? role : role.charAt(0).toLowerCase() + role.slice(1)))),
      ways: 'Mögliche Einstellungen',
      waysLead: 'Alles wurde hier gemessen. Was du speicherst, wird noch einmal gemessen, genau wie gespeichert.',
      closer: 'Genauer ansehen',
      closerLead: 'Alles beruht auf denselben Messungen. Öffne, was dich interessiert.',
      parts: {
        kept: { title: 'Was bleibt, und warum', detail: 'Einstellungen, die schon richtig waren oder fest sind.' },
        untested: { title: 'Was nicht geprüft wurde', detail: 'Damit niemand mehr hineinliest, als darin ist.' },
        choices: { title: 'Tempo gegen Speicher', detail: 'Jede Kombination in einem Bild; wähle irgendeine.' },
        importance: { title: 'Welche Einstellungen zählen', detail: 'Wie viel der Unterschiede jede erklärt.' },
        effects: { title: 'Was jede Einstellung bewirkt', detail: 'Vom kleinsten Wert bis zum größten.' },
        map: { title: 'Zwei Einstellungen zusammen', detail: 'Die beiden wichtigsten, in jeder Kombination.' },
        parallel: { title: 'Alle Kombinationen nebeneinander', detail: 'Links die Einstellungen, rechts die Zahlen.' },
        timeline: { title: 'Wohin die Minuten gingen', detail: 'Laden, antworten, warten.' },
        table: { title: 'Alles, was gemessen wurde', detail: 'Jede Kombination mit allen Zahlen, beste zuerst.' },
      },
      alternativesCaption: 'Gemessene Kombinationen, beste zuerst',
      settings: 'Einstellungen',
      choice: 'Speichern',
      isRecommended: 'empfohlen',
      isNow: 'wie es jetzt ist',
      isTradeOff: 'eine Überlegung wert',
      saveThis: 'Dies speichern',
      saveThisOne: (summary) => `Dies speichern: ${summary}`,
      notes: 'Gut zu wissen',
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
