import type { insightSentences } from '../insight.ts'
import type { Translation, Values } from '../say.ts'
import { comma, plural, type Value } from './numbers.ts'
import { capitalised, label, labelsIn, settings } from './settings.ts'

/** Whole percent within 0 to 100, as shares are known no better; what is more than nothing does not become 0. */
function whole(value: Value): string {
  const number = Math.min(100, Math.max(0, Number(value)))
  return number > 0 && number < 0.5 ? '<1' : String(Math.round(number))
}

/** "71 % (55–83 %)". */
const share = (v: Values): string => `${whole(v.share)} % (${whole(v.low)}–${whole(v.high)} %)`

/** "12 % weniger Zeit je Antwort, 5 % mehr Speicher". */
function changes(v: Values): string {
  const nouns: [name: string, noun: string][] = [
    ['turnSeconds', 'Zeit je Antwort'],
    ['ttftSeconds', 'Wartezeit auf das erste Wort'],
    ['secondsPerToken', 'Zeit je weiterem Wort'],
    ['memoryMiB', 'Speicher'],
  ]
  const parts = nouns.flatMap(([name, noun]) => {
    const change = v[name]
    if (change === undefined) return []
    return [`${Math.abs(Math.round(Number(change)))} % ${Number(change) < 0 ? 'weniger' : 'mehr'} ${noun}`]
  })
  return parts.length > 0 ? parts.join(', ') : 'in jeder Hinsicht fast gleich'
}

/** What matters among the settings, and what there is to choose between. */
export const germanInsight = {
  'insight.mattersMost': (v) =>
    `Am meisten zählt: ${label(v.name)} (${v.name}). ${share(v)} der Unterschiede kommen daher.`,
  'insight.matterAlike': ({ names }) =>
    `Am meisten zählen ${labelsIn(names)}; welche davon mehr, lässt sich nicht unterscheiden.`,
  'insight.alsoMatters': (v) => `Danach kommt ${label(v.name)} (${v.name}): ${share(v)}.`,
  'insight.pairMatters': (v) =>
    `${capitalised(label(v.first))} und ${label(v.second)} wirken auch zusammen: Der beste Wert des einen hängt vom anderen ab, ${share(v)}.`,
  'insight.matterLittle': ({ names, most }) =>
    `${capitalised(labelsIn(names))}: etwas Wirkung, aber unter ${comma(most)} % der Unterschiede.`,
  'insight.notDistinguishable': ({ names }) =>
    `${capitalised(labelsIn(names))}: von keiner Wirkung nicht zu unterscheiden.`,
  'insight.nothingDistinguishable': () =>
    'Nach dem, was gemessen wurde, lässt sich bei keiner Einstellung Wirkung von Zufall unterscheiden.',
  'insight.range': ({ setups, widestRatio, spreadPercent }) =>
    `Betrachtet sind ${setups} Kombinationen, die passen und höchstens das ${comma(widestRatio)}-Fache der besten kosten; sie unterscheiden sich meist um ${Math.round(Number(spreadPercent))} %.`,

  'insight.front': ({ count, of }) =>
    `Von ${plural(of, 'gemessenen Kombination', 'gemessenen Kombinationen')} ${count === 1 ? 'wird eine' : `werden ${count}`} von keiner anderen in jeder Hinsicht übertroffen.`,
  'insight.presentPreferred': () =>
    'Nach dem, was dir wichtig ist, lohnt nichts Gemessenes einen Wechsel von deinen jetzigen Einstellungen.',
  'insight.preferred': (v) =>
    `Am besten von allem Gemessenen nach dem, was dir wichtig ist: ${settings(v)}. Verglichen mit jetzt: ${changes(v)} (${plural(v.loads, 'Mal', 'Mal')} geladen).`,
  'insight.steadiness': ({ percent }) =>
    `Mit etwas anderen Gewichten bleibt das in ${whole(percent)} von 100 Fällen das Beste.`,
  'insight.knee': (v) => `Der ausgewogenste Kompromiss zwischen Antwortzeit und Speicher: ${settings(v)}.`,
  'insight.nothingKeepsLimits': () =>
    'Nichts Gemessenes hält deine Grenzen ein; was ihnen am nächsten kommt, steht zuerst.',
} satisfies Translation<typeof insightSentences>
