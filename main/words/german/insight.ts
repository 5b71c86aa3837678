import { whole, type insightSentences } from '../insight.ts'
import type { Translation, Values } from '../say.ts'
import { comma, gigabytes, plural, type Value } from './numbers.ts'
import { capitalised, label, labelsIn, layers, room, settings, threads, tokensAtOnce } from './settings.ts'

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

/** "14 % weniger Zeit als jetzt", or that nothing changes. */
function thanNow(change: Value): string {
  const percent = Math.round(Number(change))
  return percent === 0
    ? 'so lange wie jetzt'
    : `${Math.abs(percent)} % ${percent < 0 ? 'weniger' : 'mehr'} Zeit als jetzt`
}
const seconds = (value: Value): string => `${comma(Number(Number(value).toPrecision(3)))} s`

/** "Mehr als 8 Threads machen es langsamer." */
function beyondIsWorse(name: Value, side: 'above' | 'below', value: Value, goal: Value): string {
  return `${side === 'above' ? 'Mehr' : 'Weniger'} als ${withValue(name, value)} ${worse(goal)}.`
}
/** What worse means under a goal. */
const worse = (goal: Value): string => (goal === 'memory' ? 'brauchen mehr Speicher' : 'machen es langsamer')
/** "26 Schichten auf der Grafikkarte", "512 Tokens auf einmal", "Flash Attention aus". */
function withValue(name: Value, value: Value): string {
  if (name === 'use_mmap') return `Datei ${value === true ? 'eingeblendet' : 'eingelesen'}`
  if (typeof value === 'boolean') return `Flash Attention ${value ? 'an' : 'aus'}`
  if (name === 'num_gpu') return value === -1 ? 'automatische Zahl von Schichten' : layers(value)
  if (name === 'num_thread') return threads(value)
  if (name === 'num_parallel') return room(value)
  return name === 'kv_cache_type' ? `Kontext als ${value}` : tokensAtOnce(value)
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

  'insight.effectNone': ({ name }) =>
    `${capitalised(label(name))}: keine Wirkung, die sich von Zufall unterscheiden lässt.`,
  'insight.effectSlight': ({ name }) => `${capitalised(label(name))}: kaum ein Unterschied zwischen den Werten.`,
  'insight.effectFrom': ({ name, goal, lowest }) => beyondIsWorse(name, 'below', lowest, goal),
  'insight.effectUpTo': ({ name, goal, highest }) => beyondIsWorse(name, 'above', highest, goal),
  'insight.effectBetween': ({ name, goal, lowest, highest }) =>
    `Am besten mit ${lowest === highest ? lowest : `${lowest} bis ${highest}`} (${label(name)}): Weniger und mehr ${worse(goal)}.`,
  'insight.effectSwitch': ({ name, goal, value, percent }) =>
    `${withValue(name, value)}: ${goal === 'memory' ? `braucht ${whole(percent)} % mehr Speicher` : `${whole(percent)} % langsamer`}.`,
  'insight.bestTogether': (v) =>
    `Am besten zusammen: ${withValue(v.first, v.firstValue)} und ${withValue(v.second, v.secondValue)}.`,

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

  'insight.isPresent': () => 'Das hast du jetzt.',
  'insight.replyTakes': (v) => `Eine Antwort dauert ${seconds(v.seconds)}, ${thanNow(v.change)}.`,
  'insight.firstWordTakes': (v) => `Das erste Wort kommt nach ${seconds(v.seconds)}, ${thanNow(v.change)}.`,
  'insight.leavesMemory': ({ leftMiB }) => `Es lässt anderen Programmen ${gigabytes(leftMiB)} Speicher.`,
  'insight.leavesMemories': ({ leftMiB, leftVramMiB }) =>
    `Es lässt anderen Programmen ${gigabytes(leftMiB)} Speicher und ${gigabytes(leftVramMiB)} Grafikspeicher.`,
  'insight.takesMemory': ({ ramMiB, vramMiB }) =>
    Number(vramMiB) > 0
      ? `Es belegt ${gigabytes(ramMiB)} Speicher und ${gigabytes(vramMiB)} Grafikspeicher.`
      : `Es belegt ${gigabytes(ramMiB)} Speicher.`,
  'insight.measuredOnce': () =>
    'Nur nach einmaligem Laden gemessen; wenn du es speicherst, wird es wie gespeichert noch einmal gemessen.',
} satisfies Translation<typeof insightSentences>
