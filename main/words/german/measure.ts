import type { measureSentences } from '../measure.ts'
import type { Translation } from '../say.ts'
import { comma, gigabytes, type Value } from './numbers.ts'

const seconds = (value: Value): string => {
  const number = Number(value)
  return number < 10 ? `${comma(number.toFixed(1))} s` : `${Math.round(number)} s`
}

/** What a trial is doing, what disturbed it and how it ended. */
export const germanMeasure = {
  'measure.unloading': () => 'Das Modell wird entladen, damit es frisch beginnt.',
  'measure.loading': () => 'Das Modell wird mit diesen Einstellungen geladen.',
  'measure.warmingUp': () => 'Aufwärmen: eine Antwort, die nicht zählt.',
  'measure.repetition': ({ number, expected }) => `Antwort ${number} von etwa ${expected} wird gemessen.`,
  'measure.waiting': () => 'Warten, weil andere Programme den Computer beschäftigen.',

  'measure.busyProcessor': ({ percent }) =>
    `Andere Programme belegten während der Messung ${comma(percent)} % des Prozessors.`,
  'measure.reloaded': () =>
    'Das Modell wurde mitten in der Messung neu geladen, wahrscheinlich von einem anderen Programm.',
  'measure.otherContext': ({ asked, found }) =>
    `Ein anderes Programm hat dieses Modell mit ${found} statt ${asked} Tokens Kontext geladen: So wird es jedes Mal neu geladen, also gib solchen Programmen dieselbe Kontextlänge.`,
  'measure.queued': ({ seconds: waited }) => `Eine andere Anfrage hat das Modell ${seconds(waited)} lang beschäftigt.`,
  'measure.otherModel': ({ name }) => `Ein anderes Programm hat während der Messung das Modell ${name} benutzt.`,
  'measure.otherClient': () => 'Ein anderes Programm hat während der Messung dieses Modell benutzt.',
  'measure.daemonBusy': () => 'Der Modellserver war zu beschäftigt, um die Anfrage anzunehmen.',

  'measure.notLoaded': ({ name }) =>
    `Der Modellserver sagt, er habe ${name} geladen, nennt es aber nicht unter den geladenen.`,
  'measure.truncatedPrompt': ({ expected, counted }) =>
    `Der Modellserver las ${counted} Tokens von einem Text mit etwa ${expected}: Er kürzt lange Texte.`,
  'measure.shortAnswer': ({ asked, got }) =>
    `Das Modell hörte nach ${got} von ${asked} Tokens auf, zu früh für eine Messung.`,
  'measure.noFigures': () => 'Der Modellserver gab zu seiner Antwort keine brauchbaren Zahlen an.',

  'measure.loadTimeout': ({ seconds: limit }) => `Das Modell war nach ${seconds(limit)} noch nicht geladen.`,
  'measure.answerTimeout': ({ seconds: limit }) => `Die Antwort war nach ${seconds(limit)} noch nicht fertig.`,
  'measure.spill': ({ expected, measured }) =>
    `Der Grafikspeicher lief in den Arbeitsspeicher über: ${comma(measured)} statt etwa ${comma(expected)} Tokens/s.`,
  'measure.noRoom': ({ predictedMiB, reserveMiB }) =>
    `Nicht geladen: Es braucht etwa ${gigabytes(predictedMiB)} Speicher, und ${gigabytes(reserveMiB)} müssen für andere Programme frei bleiben.`,
  'measure.memoryShort': ({ leftMiB }) =>
    `Abgebrochen, weil für alles andere nur noch ${gigabytes(leftMiB)} Speicher blieben.`,
  'measure.skipped': () => 'Auf deinen Wunsch übersprungen.',
} satisfies Translation<typeof measureSentences>
