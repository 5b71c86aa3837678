import type { chartWords } from '../english/charts.ts'
import { gainPercent } from '../../figures/objective.ts'
import { germanStudy } from '../../../preload/words/german.ts'
import type { Format } from '../format.ts'
import { plural } from '../plural.ts'
import { germanGoal } from './goal.ts'
import type { germanParameters } from './parameters.ts'

/** Pictures: their titles say what they show, their summaries how to read them. */
export function germanCharts(
  format: Format,
  parameters: ReturnType<typeof germanParameters>,
): ReturnType<typeof chartWords> {
  const { goals } = germanGoal(format)
  return {
    asTable: 'Als Tabelle zeigen',
    failed: 'Das Diagramm ließ sich nicht laden. Die Tabelle darunter zeigt dieselben Zahlen.',
    saveAs: (kind, title) => `Als ${kind} speichern: ${title}`,
    notSaved: 'Das Bild ließ sich nicht speichern.',
    trials: {
      title: ({ baselineScore, best }, goal) => {
        const start = `${goals[goal].axis}, Versuch für Versuch`
        if (best === null || baselineScore === null) return start
        const gain = gainPercent(goal, best.score, baselineScore)
        return gain < 3
          ? `${start}: nichts klar besser als jetzt`
          : `${start}: das Beste ist um ${format.percent.of(gain)} besser als jetzt`
      },
      number: germanStudy.trial,
      purpose: germanStudy.purpose,
      point: (number) => `Versuch ${number}`,
      now: 'wie es jetzt ist',
      summary: ({ scored, unscored, baselineScore, noise, best }, goal) => {
        if (best === null || baselineScore === null)
          return 'Die ersten Punkte erscheinen, wenn die ersten Versuche enden.'
        const failed = unscored.length === 0 ? '' : ` ${format.integer(unscored.length)} ergaben keine Zahl (Kreuze).`
        const better = goal === 'throughput' ? 'Höher ist besser.' : 'Niedriger ist besser.'
        const shaded =
          noise === null
            ? ''
            : ' Grau: wo deine eigenen Einstellungen allein durch Zufall liegen. Linie: das Beste bisher.'
        return `${better} Jetzt: ${goals[goal].score(baselineScore)}. Das Beste von ${format.integer(scored.length)}: ${goals[goal].score(best.score)} in Versuch ${best.trial.number} (mit Ring).${failed}${shaded}`
      },
    },
    choices: {
      title: (metric, trade) => {
        if (trade === null) return 'Eine Kombination ist bei Tempo und Speicher die beste'
        const saved = format.memory.of(trade.savedMiB)
        const percent = format.percent.of(trade.costPercent)
        switch (metric) {
          case 'turn':
            return `${saved} Speicher zu sparen macht eine Antwort ${percent} länger`
          case 'ttft':
            return `${saved} Speicher zu sparen lässt das erste Wort ${percent} später kommen`
          case 'decode':
            return `${saved} Speicher zu sparen macht das Schreiben ${percent} langsamer`
        }
      },
      summary: (metric) =>
        `Weiter links braucht weniger Speicher, weiter ${metric === 'decode' ? 'oben schreibt schneller' : 'unten ist früher fertig'}. Nichts Gemessenes ist in beidem besser als die Punkte auf der Linie. Klick auf einen Punkt oder wähle darunter eine Kombination, um zu sehen, was sie bedeutet.`,
      memoryAxis: 'Speicher, GB',
      axes: { turn: 'Sekunden je Antwort', ttft: 'Sekunden bis zum ersten Wort', decode: 'Tokens je Sekunde' },
      metric: 'Speicher vergleichen mit',
      pick: 'Eine Kombination ansehen',
    },
    parallel: {
      title: (changed, count) =>
        changed.length === 0
          ? `Von ${plural(count, format.integer(count), 'Kombination', 'Kombinationen')} ist deine die, die bleiben kann`
          : `Darin liegt der Unterschied: ${format.list(changed.map((name) => parameters.names[name]))}`,
      summary:
        'Jede Linie ist eine Kombination, links ihre Einstellungen, rechts ihre Zahlen; dort ist niedriger besser. Grün: die empfohlene; gestrichelt: wie es jetzt ist.',
    },
    effects: {
      summary: (goal, { points }) =>
        `${goal === 'memory' ? 'Speicher' : 'Zeit'} verglichen mit dem jetzigen Wert, ohne die anderen Einstellungen; unter 0 ist besser. Linie und Band: wofür die Messungen sprechen, und wo es mit 95 % Sicherheit liegt. Punkte: was gemessen wurde (${format.integer(points.length)} Mal geladen).`,
      axis: (goal) => (goal === 'memory' ? 'Mehr Speicher, %' : 'Mehr Zeit, %'),
      value: 'Wert',
      difference: 'Unterschied',
      low: 'Von',
      high: 'Bis',
      loads: 'Geladen',
    },
    map: {
      summary: ({ names: [first, second] }) =>
        `Nach rechts: ${parameters.names[first]}; nach oben: ${parameters.names[second]}. Jede Zahl sagt, um wie viel Prozent die beste Kombination mit diesen beiden Werten schlechter ist als die beste von allen; je kräftiger die Farbe, desto besser. Mit Punkt: gemessen; ohne: erwartet.`,
      loads: 'Geladen',
      worse: 'Schlechter als das Beste',
    },
    timeline: {
      title: ({ loading, answering, lost }) => {
        const total = loading + answering + lost
        const share = (seconds: number) => format.percent.of(Math.round((100 * seconds) / total))
        const most = Math.max(loading, answering, lost)
        if (most === loading) return `Das Laden des Modells brauchte ${share(loading)} der Zeit`
        if (most === answering) return `Antworten des Modells brauchten ${share(answering)} der Zeit`
        return `Entladen, Warten und Versuche ohne Zahl brauchten ${share(lost)} der Zeit`
      },
      summary: ({ loading, answering, lost }) =>
        `Laden: ${format.duration(loading)}. Gemessene Antworten: ${format.duration(answering)}. Versuche ohne Zahl, Entladen und Warten: ${format.duration(lost)}. Pausen zählen nicht.`,
      phases: { baseline: 'Wie es jetzt ist', search: 'Suche', confirm: 'Prüfung', done: 'Fertig' },
      axis: 'Minuten des Messens',
      loading: 'Laden',
      answering: 'Antworten',
      lost: 'Übriges',
      trial: germanStudy.trial,
    },
    history: {
      title: (model, changePercent, since) => {
        if (Math.abs(changePercent) < 3) return `${model} schreibt etwa so schnell wie am ${since}`
        const percent = format.percent.of(Math.abs(changePercent))
        return `${model} schreibt ${percent} ${changePercent > 0 ? 'schneller' : 'langsamer'} als am ${since}`
      },
      summary: (count) =>
        `${format.integer(count)} Studien dieses Modells. Quadrate: wie es vor jeder Studie war; Kreise: mit dem, was sie fand; daneben die Version dessen, worauf es lief, wo sie sich änderte.`,
      pick: 'Welches Modell',
      name: (model, goal) => `${model} · ${goal}`,
      study: 'Studie',
      version: 'Version',
      before: 'Vorher',
      after: 'Mit dem Gefundenen',
    },
    compare: {
      title: (changePercent) => {
        if (Math.abs(changePercent) < 3) return 'Beide enden bei etwa derselben Zeit je Antwort'
        const percent = format.percent.of(Math.abs(changePercent))
        return `Mit der zweiten dauert eine Antwort ${percent} ${changePercent > 0 ? 'länger' : 'kürzer'} als mit der ersten`
      },
      summary:
        'Jede Linie führt von vorher (offen) zu nachher (gefüllt). 100 ist, wo die erste Studie begann. Bei Zeiten und Speicher ist weiter links besser, bei Tempo weiter rechts.',
      studies: ['Erste', 'Zweite'],
      axis: 'Erste vorher = 100',
    },
  }
}
