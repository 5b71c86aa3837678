import type { Reason } from '../../preload/contract/estimate.ts'
import type { Sentences, Values } from './say.ts'
import { gigabytes } from './units.ts'

type Value = Values[string] | undefined

/** Three significant digits, without an exponent. */
const rounded = (value: Value): string => {
  const number = Number(value)
  return Math.abs(number) >= 100 ? String(Math.round(number)) : String(Number(number.toPrecision(3)))
}
const percent = (value: Value): string => `${rounded(Math.round(Math.abs(Number(value)) * 10) / 10)}%`
export const plural = (count: Value, one: string, many = `${one}s`): string =>
  `${rounded(count)} ${Number(count) === 1 ? one : many}`
const speed = (value: Value): string => `${rounded(value)} tokens/s`

const labels: Record<string, string> = {
  num_gpu: 'layers on the graphics card',
  num_thread: 'processor threads',
  num_batch: 'tokens read at once',
  use_mmap: 'file mapping',
  flash_attention: 'flash attention',
  kv_cache_type: 'number format of the context',
  num_parallel: 'room for several conversations',
}
export const label = (name: Value): string => labels[String(name)] ?? String(name)

const countable: ReadonlySet<Value> = new Set(['num_gpu', 'num_thread', 'num_batch'])

/** "26 layers on the graphics card", "file mapping off", "automatic processor threads". */
export function withValue(name: Value, value: Value): string {
  if (typeof value === 'boolean') return `${label(name)} ${value ? 'on' : 'off'}`
  if (value === -1 || value === 'automatic') return `automatic ${label(name)}`
  if (name === 'num_parallel') return room(value)
  return countable.has(name) ? `${value} ${label(name)}` : `${label(name)} ${value}`
}

/** "room for 2 conversations". */
export const room = (count: Value): string => `room for ${plural(count, 'conversation')}`

/** "2 processor threads, 512 tokens read at once"; what the daemon decides itself is left out. */
export function settings(values: Values): string {
  const { num_gpu, num_thread, num_batch, use_mmap, flash_attention } = values
  const { kv_cache_type = 'automatic', num_parallel = 'automatic' } = values
  const parts = [
    num_gpu === 'automatic' ? '' : plural(num_gpu, 'layer on the graphics card', 'layers on the graphics card'),
    num_thread === 'automatic' ? '' : plural(num_thread, 'processor thread'),
    num_batch === 'automatic' ? '' : plural(num_batch, 'token read at once', 'tokens read at once'),
    use_mmap === 'automatic' ? '' : `file mapping ${use_mmap ? 'on' : 'off'}`,
    flash_attention === 'automatic' ? '' : `flash attention ${flash_attention ? 'on' : 'off'}`,
    kv_cache_type === 'automatic' ? '' : `the context as ${kv_cache_type}`,
    num_parallel === 'automatic' ? '' : room(num_parallel),
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(', ') : 'everything automatic'
}

/** What a gain and a loss are called under each goal. */
const gains: Record<string, [gain: string, loss: string]> = {
  chat: ['less time per reply', 'more time per reply'],
  throughput: ['more tokens per second', 'fewer tokens per second'],
  memory: ['less memory', 'more memory'],
}

/** "68 % less time per reply", or with the opposite word for a loss. */
export function gained({ goal, gain }: Values): string {
  const [more = 'better', less = 'worse'] = gains[String(goal)] ?? []
  return `${percent(gain)} ${Number(gain) >= 0 ? more : less}`
}

const threads = (count: Value): string =>
  count === 'automatic' ? 'the automatic number of threads' : plural(count, 'thread')
const chosen = (value: Value): string =>
  typeof value === 'boolean' ? (value ? 'switched on' : 'switched off') : String(value)

const cacheFormat = (value: Value): string => (value === 'automatic' ? 'in half precision' : `as ${value}`)

/** A sentence that ends in the two measured speeds. */
const threadSpeeds = ({ from, to, fromSpeed, toSpeed }: Values): string =>
  `With ${threads(to)} it writes ${speed(toSpeed)}, with ${threads(from)} ${rounded(fromSpeed)}`

/** What a comparison side by side rests on, and between which bounds its outcome lies. */
const ofPairs = ({ pairs }: Values): string =>
  `we measured both ${Number(pairs) === 1 ? 'once' : `${rounded(pairs)} times`}, in turns and loaded afresh`
const bounds = ({ low, high }: Values): string => `${percent(low)} and ${percent(high)} (95% confidence)`

/** The conditions that are marked on a trial, as they follow "it ran". */
const circumstances: Record<string, string> = {
  'machine.onBattery': 'on battery',
  'machine.powerSaver': 'in power saving mode',
  'machine.hot': 'on a hot computer',
  'machine.hotAt': 'on a hot computer',
  'machine.lowMemory': 'with little memory free',
  'machine.lowMemoryWsl': 'with little memory free',
  'machine.lowMemoryLimited': 'with little memory free',
}

/** What the plan knows of another computer, and what it does not. */
function toldOf({ cores, memoryMiB, vramMiB }: Values): string {
  const told = [
    ...(cores === undefined ? [] : [plural(cores, 'core')]),
    ...(memoryMiB === undefined ? [] : [`${gigabytes(memoryMiB)} of memory`]),
    ...(vramMiB === undefined ? [] : [vramMiB === 0 ? 'no graphics card' : `${gigabytes(vramMiB)} of graphics memory`]),
  ]
  if (told.length === 0) return 'Nothing was said of it, so only what is safe on any computer is tried.'
  return `Planned with what was said of it: ${told.join(', ')}.`
}

/** What each of several loads takes; nothing where none was measured. */
const eachTaking = (seconds: Value): string => (seconds === undefined ? '' : `, which takes ${rounded(seconds)} s`)

/** What came with later versions of Ollama, as it follows "It lacks". */
const features: Record<string, string> = {
  reportsContextLength: 'the word on how much context a model was loaded with, so that this cannot be checked (0.10)',
  automaticFlashAttention: 'flash attention wherever the computer can do it (0.12.4)',
  automaticBatch: 'its own choice of how many tokens are read at once (0.30)',
  outputLayerFirst: 'the newer order of layers on graphics cards (0.30)',
}
/** Plans of earlier versions told of the first alone, and without a name. */
const featuresIn = (missing: Value = 'reportsContextLength'): string =>
  String(missing)
    .split(', ')
    .map((name) => features[name] ?? name)
    .join('; ')

/** Plans, the course of a study, verdicts, changes and notes. */
export const studySentences = {
  'study.oldDaemon': ({ missing }) =>
    `This Ollama is old. It lacks ${featuresIn(missing)}. A newer one is better to measure with.`,
  'study.secondDaemon': () =>
    'A second Ollama is started for the study, as only so settings of the whole server can be tried. It reads your models and changes nothing; yours stays as it is, but please do not use it meanwhile.',
  'study.unknownEnvironment': () =>
    'The environment of your Ollama could not be read: if you have set any OLLAMA variables for it, figures for your present settings may differ.',
  'study.remoteDaemon': (values) =>
    `The model server runs on another computer. ${toldOf(values)} Programs that disturb it there cannot be seen from here.`,
  'study.remoteRegimeUnknown': () =>
    'Whether the other computer has a graphics card is not known, so where the model runs is left to its model server.',
  'study.remoteCoresUntold': () =>
    'How many cores the other computer has is not known, so the number of threads stays automatic.',
  'study.remoteMemoryUntold': () =>
    'How much memory the other computer has is not known, so no more tokens are read at once than usual.',
  'study.remoteGraphicsUntold': () =>
    'What graphics memory the other computer has is not known, so this is left to its model server.',
  'study.memoryIsShort': ({ neededMiB, availableMiB }) =>
    `The model needs about ${gigabytes(neededMiB)}, and ${gigabytes(availableMiB)} of memory are free: close other programs first.`,
  'study.contextBeyondTraining': ({ asked, trained }) =>
    `The model was made for ${trained} tokens of context, so it will be run with that instead of ${asked}.`,
  'study.otherModelsLoaded': ({ names }) =>
    `Other models are loaded (${names}): they take memory, and using them during the study disturbs it.`,
  'study.modelIsLoaded': () => 'The model is loaded now. The study unloads it, and loads it again at its end.',

  'study.baselineFirst': () => 'Your present settings come first: everything is compared with them.',
  'study.baselineAgain': ({ number, planned }) =>
    `Your present settings again, load ${number} of ${planned}: this shows how much the figures vary by themselves.`,
  'study.sentinel': () => 'Your present settings once more, to see whether the computer has become slower or faster.',
  'study.sentinelOfPower': () =>
    'Your present settings once more, as the computer was plugged in or unplugged and its speed may be another now.',
  'study.repeatDisturbed': () => 'Once more, because the last measurement was disturbed.',
  'study.isWorthIt': ({ name }) =>
    `The best settings with your own ${label(name)}, to see whether changing that is worth it.`,
  'study.tagAlone': () =>
    'The best settings as far as a saved model can hold them, to see what it brings without the settings of the server.',
  'study.confirmCandidate': ({ pair, planned }) =>
    `Checking the best settings against yours, pair ${pair} of at most ${planned}: the best ones, loaded afresh.`,
  'study.confirmBaseline': ({ pair, planned }) =>
    `Checking the best settings against yours, pair ${pair} of at most ${planned}: yours, loaded afresh.`,
  'study.probing': ({ percent: done }) => `Looking at what the processor and its memory can do: ${done}%.`,
  'study.awaitingMains': () =>
    'Paused while the computer runs on battery: the study goes on by itself once it is plugged in.',
  'study.awaitingDaemon': () => 'Waiting for the model server to answer again.',

  'study.cutOff': () => 'Attune or the computer was shut down during this trial.',

  'study.loadsSpent': ({ loads }) => `The search ended after ${plural(loads, 'trial')}, as planned.`,
  'study.timeSpent': ({ minutes }) => `The search ended to stay within ${plural(minutes, 'minute')}.`,

  'study.verdict.improved': (values) => `Better settings found: ${gained(values)}.`,
  'study.verdict.improvedLikely': (values) => `Better settings found: likely ${gained(values)}.`,
  'study.verdict.likely': (values) =>
    `Other settings are likely better: ${gained(values)}, but not so surely that a change can be recommended. Keep yours, or run a longer study.`,
  'study.verdict.keep': () => 'Your settings are already right: keep them.',
  'study.verdict.nothingBetter': () => 'Nothing better was found: keep your settings.',
  'study.verdict.inconclusive': (values) =>
    `Nothing is proven: the best other settings measured ${gained(values)}, but the figures vary too much to be sure. Keep yours.`,
  'study.verdict.unconfirmed': (values) =>
    `Nothing is proven yet: other settings measured ${gained(values)}, but not side by side with yours. Keep yours for now.`,
  'study.verdict.stopped': () => 'The study ended before a verdict: keep your settings for now.',
  'study.verdict.unmeasured': () => 'The study ended before your present settings were measured.',

  'study.measuredInPairs': ({ pairs }) =>
    `Both were measured in turns, ${plural(pairs, 'time')} each, loaded afresh, and compared pair by pair.`,
  'study.surelyBetter': (values) => `Very sure: ${ofPairs(values)}, and the gain is between ${bounds(values)}.`,
  'study.better': (values) =>
    `Sure that it is better, less so by how much: ${ofPairs(values)}, and the gain is between ${bounds(values)}.`,
  'study.likelyBetter': (values) =>
    `Likely rather than sure: ${ofPairs(values)}, and the gain is between ${bounds(values)}.`,
  'study.surelyNoBetter': (values) =>
    `Very sure: ${ofPairs(values)}, and a change would gain ${Number(values.high) <= 0 ? 'nothing' : `at most ${percent(values.high)}`}.`,
  'study.unsure': (values) =>
    `Not sure: ${ofPairs(values)}, and anything between a loss of ${percent(values.low)} and a gain of ${percent(values.high)} is possible.`,
  'study.savesButTooSlow': (values) => `${settings(values)}: less memory, but replies take over 10% longer.`,
  'study.candidateFailed': (values) => `The best settings (${settings(values)}) failed when they were loaded again.`,
  'study.nothingElseMeasured': () => 'No other settings could be measured.',
  'study.rivalNoBetter': (values) =>
    `The best of the other settings (${settings(values)}) measured ${gained(values)}; below ${values.needed}% a change is not worth making.`,
  'study.rivalWithinNoise': (values) =>
    `The best of the other settings (${settings(values)}) measured ${gained(values)}: no more than the figures vary by themselves.`,
  'study.rivalUnconfirmed': (values) =>
    `${settings(values)} measured ${gained(values)} in the search; a longer study for this goal would check it side by side.`,

  'study.threadsBeyondCores': (values) =>
    `${threadSpeeds(values)}: more threads than the ${plural(values.usable, 'core')} it may use get in each other’s way.`,
  'study.threadsOnSlowCores': (values) =>
    `${threadSpeeds(values)}: beyond the ${plural(values.fast, 'fast core')} the slow ones hold the others up.`,
  'study.threadsFewer': (values) =>
    `${threadSpeeds(values)}: the additional threads wait for memory and for each other.`,
  'study.threadsMore': (values) => `${threadSpeeds(values)}: the processor has cores to spare.`,
  'study.layers': ({ from, to, fromSpeed, toSpeed }) =>
    `With ${to} layers on the graphics card it writes ${speed(toSpeed)}, instead of ${rounded(fromSpeed)} with ${from}.`,
  'study.batch': ({ from, to, fromSpeed, toSpeed }) =>
    `With ${to} tokens read at once it reads a prompt at ${speed(toSpeed)}, instead of ${rounded(fromSpeed)} with ${from}.`,
  'study.mapping': ({ from, to, fromSpeed, toSpeed }) =>
    `With file mapping ${chosen(to)} it writes ${speed(toSpeed)}, ${chosen(from)} ${rounded(fromSpeed)}.`,
  'study.flashAttention': ({ from, to, fromSpeed, toSpeed }) =>
    `With flash attention ${chosen(to)} it writes ${speed(toSpeed)}, ${chosen(from)} ${rounded(fromSpeed)}.`,
  'study.cacheType': ({ from, to, fromSpeed, toSpeed }) =>
    `With the context kept ${cacheFormat(to)} it writes ${speed(toSpeed)}, ${cacheFormat(from)} ${rounded(fromSpeed)}.`,
  'study.conversations': ({ from, to, fromSpeed, toSpeed }) =>
    `With ${room(to)} it writes ${speed(toSpeed)}, with ${room(from)} ${rounded(fromSpeed)}.`,
  'study.savesMemory': ({ name, from, to, fromMiB, toMiB }) =>
    `With ${withValue(name, to)} it needs ${gigabytes(toMiB)}, instead of ${gigabytes(fromMiB)} with ${chosen(from)}.`,
  'study.otherwiseNoFit': ({ name, from }) => `With ${withValue(name, from)} it does not fit in memory.`,
  'study.changedTogether': ({ name, others }) =>
    `Changed together with ${String(others).split(', ').map(label).join(' and ')}: no trial tells what ${label(name)} did alone.`,

  'study.keptWorse': (v) => `With ${withValue(v.name, v.other)} instead it measured ${gained(v)}.`,
  'study.keptAlike': (v) =>
    `With ${withValue(v.name, v.other)} instead it measured ${gained(v)}: below ${v.needed}% a change is not worth making.`,
  'study.keptUnproven': (v) =>
    `With ${withValue(v.name, v.other)} instead it measured ${gained(v)}, but not side by side, so it is not proven.`,
  'study.keptInCompany': (v) =>
    `${plural(v.count, 'setup')} with another value ${Number(v.count) === 1 ? 'was' : 'were'} measured, along with other changes; the best of them measured ${gained(v)}.`,
  'study.keptFailed': ({ count }) => `${plural(count, 'trial')} with another value left no figure to compare with.`,
  'study.keptUntried': () => 'No trial changed it: by all that was measured there was nothing to expect from it.',

  'study.untestedSetups': ({ measured, of }) =>
    `${measured} of the ${of} setups that differ were measured; what the others would do was judged from these.`,
  'study.untestedPrompts': ({ promptTokens }) =>
    `Prompts had about ${promptTokens} tokens; much longer or shorter ones were not measured.`,
  'study.untestedAnswers': () =>
    'The answers were not compared: none of these settings is there to change what the model says.',

  'study.foreignContext': ({ count, seconds, found, asked }) =>
    `Problem: another program uses this model with a context of ${found} tokens instead of ${asked}. ${plural(count, 'time')} during the study the model was loaded anew because of that${eachTaking(seconds)}, and so it goes on whenever programs take turns. Set the same context length (num_ctx) in all of them, or none, so that the model’s own holds.`,
  'study.foreignLoads': ({ count, seconds }) =>
    `Problem: ${plural(count, 'time')} during the study another program made the model load anew${eachTaking(seconds)}, most likely because it asks for other settings of its own or for another model. So it goes on whenever programs take turns: give all of them the same model and the same settings, or no settings, so that the model’s own hold.`,

  'study.extrapolated': ({ measured, full }) =>
    `Answers of ${measured} tokens were measured; the figures for ${full} tokens assume that the rest comes at the same speed.`,
  'study.shortPrompt': ({ promptTokens, contextLength }) =>
    `Prompts were shortened to ${promptTokens} tokens, so that they fit the context of ${contextLength}.`,
  'study.shortenedWorkload': ({ promptTokens, outputTokens }) =>
    `Whole answers would take too long with this model or your own settings, so everything was measured with prompts of ${promptTokens} tokens and answers of ${outputTokens}; the seconds are for those.`,
  'study.noEffect': ({ name }) =>
    `The model server takes no notice of ${label(name)}: the model takes the same memory whatever it is set to. It was left alone once that showed.`,
  'study.effectUnseen': ({ names }) =>
    `The model server does not tell whether it obeys in ${String(names).split(', ').map(label).join(' and ')}: only the measured speed speaks for that.`,
  'study.contextIsShorter': ({ asked, given }) =>
    `The model server gave ${given} tokens of context instead of ${asked}: the figures are for that.`,
  'study.startedFromEarlier': ({ studies }) =>
    `This study began with what ${plural(studies, 'earlier study', 'earlier studies')} taught about this computer.`,
  'study.startedFromProbe': ({ coreMiB, allMiB }) =>
    `Before the first trial Attune looked at the processor and its memory (one core reads ${gigabytes(coreMiB)} a second, all together ${gigabytes(allMiB)}): that told the search where to begin, no more.`,
  'study.promising': (values) =>
    `Not yet confirmed, but promising: ${settings(values)}, ${percent(values.gain)} better in the trials so far.`,
  'study.becameSlower': ({ percent: change }) =>
    `Your own settings became ${percent(change)} slower in the course of the study: heat, power saving or other programs.`,
  'study.becameFaster': ({ percent: change }) =>
    `Your own settings became ${percent(change)} faster in the course of the study: something else had slowed the computer at first.`,
  'study.driftCorrected': () =>
    'Where trials of different times are compared, this change of the computer was taken out of the figures first.',
  'study.noise': ({ loads, repetitions }) =>
    `How much the figures vary by themselves: loads of the same settings differ by ${percent(loads)}, answers within a load by ${percent(repetitions)} (standard deviations).`,
  'study.countOutliers': ({ count, of }) =>
    `${plural(count, 'answer')} of ${of} took unusually long or short: kept and shown, but they hardly move a load’s figure, which is the median of its answers.`,
  'study.countOutOfMemory': ({ count }) => `${plural(count, 'trial')} did not fit in memory.`,
  'study.countSpill': ({ count }) => `${plural(count, 'trial')} overflowed graphics memory and crawled.`,
  'study.countTimeout': ({ count }) => `${plural(count, 'trial')} took too long and ended without figures.`,
  'study.countInterference': ({ count }) =>
    `${plural(count, 'trial')} did not count, as other programs or a change of power disturbed them.`,
  'study.countCondition': ({ condition, count, of }) =>
    `${rounded(count)} of ${plural(of, 'trial')} ran ${circumstances[String(condition)] ?? condition}: slower, perhaps, than the computer can be.`,
  'study.countFailed': ({ count }) => `${plural(count, 'trial')} failed because the model server did.`,
  'study.countSkipped': ({ count }) => `${plural(count, 'trial')} did not run to the end: skipped, or cut off.`,
  'study.countCrashed': ({ count }) =>
    `${plural(count, 'setup')} will not be tried again on this computer, as it or Attune went down at that.`,
  'study.countAbandoned': ({ count }) =>
    `${plural(count, 'trial')} ended early, being too slow to win or to wait for: the figures are sound, but rest on few tokens.`,

  'study.creatingTag': ({ name }) => `Creating ${name}.`,
  'study.measuringTag': ({ load, loads }) => `Measuring the saved model as it is, load ${load} of ${loads}.`,
} as const satisfies Sentences

export type StudyCode = keyof typeof studySentences

/** A fact whose sentence is above. */
export interface StudyReason extends Reason {
  code: StudyCode
}
