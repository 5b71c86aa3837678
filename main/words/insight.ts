import type { Reason } from '../../preload/contract/estimate.ts'
import type { Sentences, Values } from './say.ts'
import { label, plural, settings, withValue } from './study.ts'
import { gigabytes } from './units.ts'

type Value = Values[string] | undefined

const listed = (names: Value): string => inWords(String(names).split(', ').map(label))
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function inWords(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`
}

/** Whole percent within 0 to 100, as shares are known no better; what is more than nothing does not become 0. */
export function whole(value: Value): string {
  const number = Math.min(100, Math.max(0, Number(value)))
  return number > 0 && number < 0.5 ? '<1' : String(Math.round(number))
}
/** "71 % (55–83 %)". */
const share = (v: Values): string => `${whole(v.share)}% (${whole(v.low)}–${whole(v.high)}%)`

/** "12 % less time per reply, 5 % more memory". */
function changes(v: Values): string {
  const nouns: [name: string, noun: string][] = [
    ['turnSeconds', 'time per reply'],
    ['ttftSeconds', 'wait for the first word'],
    ['secondsPerToken', 'time per further word'],
    ['memoryMiB', 'memory'],
  ]
  const parts = nouns.flatMap(([name, noun]) => {
    const change = v[name]
    if (change === undefined) return []
    return [`${Math.abs(Math.round(Number(change)))}% ${Number(change) < 0 ? 'less' : 'more'} ${noun}`]
  })
  return parts.length > 0 ? parts.join(', ') : 'nearly the same in every respect'
}

/** "14 % less time than now", or that nothing changes. */
function thanNow(change: Value): string {
  const percent = Math.round(Number(change))
  return percent === 0 ? 'as long as now' : `${Math.abs(percent)}% ${percent < 0 ? 'less' : 'more'} time than now`
}
/** Three significant digits, as no measurement is better than that. */
const seconds = (value: Value): string => `${Number(Number(value).toPrecision(3))} s`

/** "More than 8 processor threads make it slower." */
function beyondIsWorse(name: Value, side: 'above' | 'below', value: Value, goal: Value): string {
  return `${side === 'above' ? 'More' : 'Fewer'} than ${value} ${label(name)} ${worse(goal)}.`
}
/** What worse means under a goal. */
const worse = (goal: Value): string => (goal === 'memory' ? 'need more memory' : 'make it slower')

/** What matters among the settings, and what there is to choose between. */
export const insightSentences = {
  'insight.mattersMost': (v) =>
    `What matters most is ${label(v.name)} (${v.name}): ${share(v)} of the differences come from it.`,
  'insight.matterAlike': ({ names }) =>
    `${capitalised(listed(names))} matter most; which of them more is not distinguishable.`,
  'insight.alsoMatters': (v) => `Next comes ${label(v.name)} (${v.name}): ${share(v)}.`,
  'insight.pairMatters': (v) =>
    `${capitalised(label(v.first))} and ${label(v.second)} also act together: the best value of one depends on the other, ${share(v)}.`,
  'insight.matterLittle': ({ names, most }) =>
    `${capitalised(listed(names))}: some effect, but below ${most}% of the differences.`,
  'insight.notDistinguishable': ({ names }) => `${capitalised(listed(names))}: not distinguishable from no effect.`,
  'insight.nothingDistinguishable': () => 'No setting’s effect can be told from chance by what was measured.',
  'insight.range': ({ setups, widestRatio, spreadPercent }) =>
    `This looks at ${setups} setups that fit and cost at most ${widestRatio} times as much as the best; they typically differ by ${Math.round(Number(spreadPercent))}%.`,

  'insight.effectNone': ({ name }) => `${capitalised(label(name))}: no effect that can be told from chance.`,
  'insight.effectSlight': ({ name }) => `${capitalised(label(name))}: hardly any difference between the values.`,
  'insight.effectFrom': ({ name, goal, lowest }) => beyondIsWorse(name, 'below', lowest, goal),
  'insight.effectUpTo': ({ name, goal, highest }) => beyondIsWorse(name, 'above', highest, goal),
  'insight.effectBetween': ({ name, goal, lowest, highest }) =>
    `Best with ${lowest === highest ? lowest : `${lowest} to ${highest}`} for ${label(name)}: less and more ${worse(goal)}.`,
  'insight.effectSwitch': ({ name, goal, value, percent }) =>
    `${capitalised(withValue(name, value))} ${goal === 'memory' ? `needs ${whole(percent)}% more memory` : `makes it ${whole(percent)}% slower`}.`,
  'insight.bestTogether': (v) =>
    `Best together: ${withValue(v.first, v.firstValue)} and ${withValue(v.second, v.secondValue)}.`,

  'insight.front': ({ count, of }) =>
    `Of ${plural(of, 'measured setup')} ${count} ${count === 1 ? 'is' : 'are'} not beaten in every respect by another.`,
  'insight.presentPreferred': () =>
    'By what counts for you, nothing that was measured is worth a change from your present settings.',
  'insight.preferred': (v) =>
    `Best of those measured by what counts for you: ${settings(v)}. Compared with now: ${changes(v)} (from ${plural(v.loads, 'load')}).`,
  'insight.steadiness': ({ percent }) =>
    `With slightly other weights it stays the best in ${whole(percent)} of 100 cases.`,
  'insight.knee': (v) => `The most balanced compromise between reply time and memory: ${settings(v)}.`,
  'insight.nothingKeepsLimits': () =>
    'None of the measured setups keeps your limits; those that come nearest are listed first.',

  'insight.isPresent': () => 'This is what you have now.',
  'insight.replyTakes': (v) => `A reply takes ${seconds(v.seconds)}, ${thanNow(v.change)}.`,
  'insight.firstWordTakes': (v) => `The first word comes after ${seconds(v.seconds)}, ${thanNow(v.change)}.`,
  'insight.leavesMemory': ({ leftMiB }) => `It leaves ${gigabytes(leftMiB)} of memory for other programs.`,
  'insight.leavesMemories': ({ leftMiB, leftVramMiB }) =>
    `It leaves ${gigabytes(leftMiB)} of memory and ${gigabytes(leftVramMiB)} of graphics memory for other programs.`,
  'insight.takesMemory': ({ ramMiB, vramMiB }) =>
    Number(vramMiB) > 0
      ? `It takes ${gigabytes(ramMiB)} of memory and ${gigabytes(vramMiB)} of graphics memory.`
      : `It takes ${gigabytes(ramMiB)} of memory.`,
  'insight.measuredOnce': () => 'Measured in one load only; if you save it, it is measured again as saved.',
} as const satisfies Sentences

export type InsightCode = keyof typeof insightSentences

/** A fact whose sentence is above. */
export interface InsightReason extends Reason {
  code: InsightCode
}
