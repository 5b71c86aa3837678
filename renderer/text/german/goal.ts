import type { goalWords } from '../english/goal.ts'
import { germanStudy } from '../../../preload/words/german.ts'
import type { Format } from '../format.ts'
import { plural } from '../plural.ts'
import { pages } from '../pages.ts'

/** Step 3, and the goals by name wherever they appear. */
export function germanGoal(format: Format): ReturnType<typeof goalWords> {
  return {
    goals: {
      chat: {
        name: 'Schnelle Antworten',
        description:
          'Die kürzeste Wartezeit vom Absenden einer Nachricht bis zum Ende der Antwort. Am besten zum Chatten.',
        axis: germanStudy.axes.chat,
        score: (seconds) => `${format.seconds.of(seconds)} je Antwort`,
      },
      throughput: {
        name: 'Lange Antworten',
        description: 'Der meiste Text je Sekunde. Am besten für Geschichten, Code und Zusammenfassungen.',
        axis: germanStudy.axes.throughput,
        score: (rate) => format.tokensPerSecond.of(rate),
      },
      memory: {
        name: 'Weniger Speicher',
        description:
          'Der wenigste Speicher, ohne langsamer zu werden. Am besten, wenn du nebenher andere Programme nutzt.',
        axis: germanStudy.axes.memory,
        score: (mebibytes) => `${format.memory.of(mebibytes)} Speicher`,
      },
    },
    budgets: {
      quick: { name: 'Kurz', description: 'Probiert, was meistens am meisten zählt.' },
      standard: { name: 'Normal', description: 'Für die meisten richtig.' },
      thorough: { name: 'Gründlich', description: 'Probiert mehr und misst öfter.' },
    },
    goal: {
      heading: 'Was ist dir wichtig?',
      lead: 'Für jede Frage ist schon eine gute Wahl getroffen. Wenn du unsicher bist, geh einfach weiter.',
      forward: 'Plan machen',
      kinds: 'Was dir am wichtigsten ist',
      context: 'Wie lang werden Unterhaltungen ungefähr?',
      contextName: (tokens) => {
        const count = pages(tokens)
        return plural(count, format.integer(count), 'Seite', 'Seiten')
      },
      contextDetail: (tokens) => `${format.integer(tokens)} Tokens`,
      time: 'Wie lange darf es dauern?',
      minutesPending: 'wird berechnet…',
      minutesUnknown: 'noch nicht bekannt',
      moreOptions: 'Weitere Möglichkeiten',
      probeFirst: {
        label: 'Zuerst Prozessor und Speicher ansehen',
        detail:
          'Zwei Sekunden vor der ersten Studie auf diesem Computer: Die Suche beginnt dann mit dem, was sie können. Dass sie davon besser wird, hat sich bisher nicht gezeigt.',
      },
      reloadModels: {
        label: 'Am Ende wieder laden, was jetzt geladen ist',
        detail: 'Die Studie entlädt Modelle, die im Speicher liegen. Danach werden sie wieder geladen, wie sie waren.',
      },
      pauseOnBattery: {
        label: 'Im Akkubetrieb warten',
        detail:
          'Wird das Netzteil abgezogen, wartet die Studie und läuft von selbst weiter, wenn es wieder angeschlossen ist.',
      },
      privateDaemon: {
        label: 'Auch Einstellungen des ganzen Ollama-Servers probieren',
        detail:
          'Flash Attention etwa lässt sich nicht für ein einzelnes Modell setzen. Um sie zu probieren, läuft während der Studie ein zweites Ollama; es liest deine Modelle und ändert nichts.',
      },
      quantisedCache: {
        label: 'Auch kleinere Zahlenformate des Kontexts probieren',
        detail:
          'Sie sparen Speicher, aber Antworten können etwas anders ausfallen. Wie gut sie sind, wird noch nicht gemessen.',
      },
    },
  }
}
