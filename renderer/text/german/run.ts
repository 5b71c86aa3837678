import { germanStudy } from '../../../preload/words/german.ts'
import type { runWords } from '../english/run.ts'
import type { Format } from '../format.ts'

/** Step 5: the measuring, its chart and its table. */
export function germanRun(format: Format): ReturnType<typeof runWords> {
  return {
    run: {
      heading: {
        running: (model) => `${model} wird gemessen`,
        paused: (model) => `Angehalten: ${model}`,
        interrupted: (model) => `Unterbrochen: ${model}`,
        failed: (model) => `Es geht nicht weiter: ${model}`,
        finished: (model) => `Versuche mit ${model}`,
        stopped: (model) => `Versuche mit ${model}`,
      },
      lead: {
        running: 'Du kannst diese Seite verlassen: Die Studie läuft weiter und ist noch da, wenn du wiederkommst.',
        paused: 'Im Moment läuft nichts, und nichts geht verloren.',
        interrupted: 'Attune oder der Computer wurde beendet, während die Studie lief.',
        failed: 'Alles bisher Gemessene bleibt erhalten.',
        finished: 'Jede Messung dieser Studie.',
        stopped: 'Jede Messung bis zu deinem Abbruch.',
      },
      phases: {
        baseline: 'Das Modell wird gemessen, wie es jetzt ist',
        search: 'Etwas Besseres wird gesucht',
        confirm: 'Das Beste wird abwechselnd mit dem verglichen, was du jetzt hast',
        done: 'Fertig',
      },
      trial: (number, expected) => `Versuch ${format.integer(number)} von etwa ${format.integer(expected)}`,
      times: (elapsedSeconds, remainingSeconds) => {
        const elapsed = `Bisher ${format.duration(Math.floor(elapsedSeconds / 5) * 5)}`
        if (remainingSeconds === null) return elapsed
        return remainingSeconds < 20
          ? `${elapsed}, fast fertig`
          : `${elapsed}, noch etwa ${format.duration(Math.ceil(remainingSeconds / 5) * 5)}`
      },
      progressLabel: 'Erledigte Versuche',
      trying: 'Jetzt im Versuch',
      remark: (sentence) => `Zum letzten Versuch: ${sentence}`,
      now: 'Wie es jetzt ist',
      nowDetail: 'Das Modell mit deinen Einstellungen',
      bestSoFar: 'Das Beste bisher',
      notYet: 'Noch nicht gemessen',
      bestPending: 'Kommt mit den ersten Versuchen',
      pause: 'Anhalten',
      pausing: 'Wird angehalten, sobald diese Messung endet…',
      resume: 'Weiter',
      skip: 'Diesen Versuch überspringen',
      stop: 'Beenden und behalten',
      stopTitle: 'Die Studie beenden?',
      stopMessage:
        'Was bisher gemessen wurde, bleibt und wird beurteilt. Eine beendete Studie kann später nicht weitergehen, eine angehaltene schon.',
      stopConfirm: 'Beenden und Ergebnis zeigen',
      paused: 'Die Studie ist angehalten. Mach weiter, wann du willst, auch nachdem Attune geschlossen war.',
      interrupted: 'Jeder fertige Versuch bleibt. Mach weiter, wo es endete, oder beende und sieh, was gefunden wurde.',
      tellMe: 'Sag mir, wenn es fertig ist',
      willTell: 'Du bekommst Bescheid, wenn es fertig ist, solange dieses Fenster im Hintergrund offen ist.',
      endNotice: germanStudy.notice,
      nothingMeasured: 'Die Studie endete, bevor etwas gemessen war, also gibt es kein Ergebnis.',
      newStudy: 'Neue Studie beginnen',
      showResult: 'Ergebnis zeigen',
    },
    purposes: germanStudy.purposes,
    outcomes: germanStudy.outcomes,
  }
}
