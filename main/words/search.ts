import type { Sentences, Values } from './say.ts'
import { label, room } from './study.ts'

type Value = string | number | boolean | undefined

/** Three significant digits, without an exponent. */
const rounded = (value: Value): string => {
  const number = Number(value)
  return Math.abs(number) >= 100 ? String(Math.round(number)) : String(Number(number.toPrecision(3)))
}

const plural = (count: Value, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** A configuration in words; what is left to the engine goes unsaid. */
const setting = (values: Values): string => {
  const { layers, threads, batch, mapping, flashAttention, cacheType = 'automatic' } = values
  const { conversations = 'automatic' } = values
  const parts = [
    Number(layers) >= 0 ? plural(layers, 'layer') + ' on the graphics card' : '',
    Number(threads) > 0 ? plural(threads, 'thread') : '',
    Number(batch) > 0 ? `${batch} tokens read at once` : '',
    mapping === 'mapped' ? 'the file mapped' : mapping === 'read' ? 'the file read into memory' : '',
    flashAttention === true ? 'flash attention on' : flashAttention === false ? 'flash attention off' : '',
    cacheType === 'automatic' ? '' : `the context as ${cacheType}`,
    conversations === 'automatic' ? '' : room(conversations),
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(', ') : "the engine's own choices"
}

/** Why a search space is bounded as it is, why a configuration is tried next and why a search ends. */
export const searchSentences = {
  'search.regimeProcessor': () =>
    'There is no graphics card that the engine can use, so the processor does all the work.',
  'search.regimeFull': ({ total, freeGigabytes }) =>
    `All ${total} layers fit in the ${freeGigabytes} GB of free graphics memory, so the graphics card does the work.`,
  'search.regimePartial': ({ layers, total, freeGigabytes }) =>
    `About ${layers} of ${total} layers fit in the ${freeGigabytes} GB of free graphics memory; the processor does the rest.`,

  'search.noGraphics': () => 'There is no graphics card that the engine can use.',
  'search.allLayersFit': ({ total, neededGigabytes, freeGigabytes }) =>
    `All ${total} layers fit with room to spare (${neededGigabytes} of ${freeGigabytes} GB), and the engine should put them there by itself.`,
  'search.allLayersAskedFor': () => 'Where its first load shows that it does not, Attune asks for all of them.',
  'search.layersThatFit': ({ layers, total, freeGigabytes }) =>
    `About ${layers} of ${total} layers fit in the ${freeGigabytes} GB of free graphics memory; every layer there saves time, so only counts near that limit are tried.`,
  'search.threadsAtMostUsable': ({ usable, fast, physical }) =>
    `This program may use ${plural(usable, 'core')} (${physical} physical, ${fast} of them fast): more threads than that slow each other down badly, and writing text is usually quickest near the number of fast ones.`,
  'search.automaticThreadsTooMany': ({ automatic, usable }) =>
    `Left to itself the engine starts ${plural(automatic, 'thread')}, but this program may use only ${plural(usable, 'core')}.`,
  'search.threadsMatterLittle': ({ fast }) =>
    `With the whole model on the graphics card threads matter little, so only a few counts up to the ${plural(fast, 'fast core')} are tried.`,
  'search.threadsTakeNoMemory': () => 'Threads take next to no memory, so only the usual counts are tried.',
  'search.batchBounds': ({ smallest, largest }) =>
    `The more tokens are read at once, the sooner a prompt is read and the more memory that takes: ${smallest} to ${largest} are tried, doubling each time.`,
  'search.mappingOffOnProcessor': () =>
    'On a processor the engine reads the file into memory by default, which lets it arrange the weights for speed; mapping the file would prevent that.',
  'search.mappingBothWays': () =>
    'Mapping the file saves memory; reading it can make prompts faster when layers stay off the graphics card. Both are tried.',
  'search.valuesNeedTooMuchMemory': ({ name, dropped }) => `Left out for want of memory (${label(name)}): ${dropped}.`,
  'search.oneValueLeft': ({ name }) => `Only one value of ${label(name)} is worth trying here.`,

  'search.contextIsRequired': ({ contextLength }) =>
    `You need ${contextLength} tokens of context; that is never traded for speed.`,
  'search.flashAttentionIsTheDaemons': () =>
    'Flash attention is a setting of the whole model server, not of one model, so it stays as it is.',
  'search.flashAttentionBothWays': () =>
    'Flash attention is tried on and off: which of them is faster depends on the device and on the context length.',
  'search.cacheTypesTried': () =>
    'Smaller number formats of the context save memory, and reading less of it can save time. Answers may differ slightly; how good they are is not measured.',
  'search.cacheTypeChangesAnswers': () =>
    'A smaller number format for the context would save memory but changes the answers, so it stays as it is.',
  'search.parallelIsTheDaemons': () =>
    'How many requests run at once is a setting of the whole model server, so it stays as it is.',
  'search.parallelTakesNoTime': ({ own }) =>
    `Your Ollama keeps room for ${own} conversations at once. That takes memory but hardly any time, so it stays as it is; with “Less memory” as the goal Attune tries it with room for one.`,
  'search.parallelForOne': ({ own }) =>
    `Your Ollama keeps room for ${own} conversations at once, each with memory for a whole context. It is tried with room for one as well; a second conversation would then wait for the first.`,
  'search.promptCacheIsUnseen': () =>
    'Ollama also keeps up to 8 GB of earlier prompts in memory, so that a conversation you come back to goes on sooner. No trial here comes back to one, so it is left alone; LLAMA_ARG_CACHE_RAM=0 in its environment switches it off.',

  'search.baselineFirst': () => 'Your present settings come first: everything else is compared with them.',
  'search.drawnAtRandom': ({ open }) => `Drawn at random from the ${open} setups not tried yet.`,
  'search.nextOnGrid': ({ open }) =>
    `Next on a grid that grows finer and finer; ${plural(open, 'setup')} not tried yet.`,
  'search.spreadEvenly': ({ open }) =>
    `Chosen so that the trials spread evenly over what is possible; ${plural(open, 'setup')} not tried yet.`,
  'search.likeTheBest': ({ ratio }) =>
    `Settings like these are ${rounded(ratio)} times as typical of the best trials so far as of the others.`,
  'search.bredFromTheBest': ({ population }) =>
    `A small step away from the best of the last ${plural(population, 'trial')}.`,
  'search.drawnForShortTrial': ({ open }) =>
    `Drawn at random from the ${plural(open, 'setup')} not tried yet, for a short trial: only the best of these are measured in full.`,
  'search.promoted': ({ rivals }) =>
    `Among the best of ${plural(rivals, 'short trial')}, so it is measured more thoroughly.`,
  'search.ruleOfThumb': ({ decodeTokensPerSecond, turnSeconds }) =>
    `From the computer's facts alone about ${rounded(decodeTokensPerSecond)} tokens/s and ${rounded(turnSeconds)} s a reply are expected.`,

  'search.firstToRun': (v) =>
    `With ${setting(v)}: the most likely to run at all, at about ${rounded(v.decodeTokensPerSecond)} tokens/s.`,
  'search.expectedBetter': (v) =>
    `With ${setting(v)}: expected to be ${rounded(v.gainPercent)}% better than the best so far, at about ${rounded(v.decodeTokensPerSecond)} tokens/s.`,
  'search.uncertain': (v) =>
    `With ${setting(v)}: could be up to ${rounded(v.upToPercent)}% better than the best so far, and nothing close to it has been measured yet.`,
  'search.again': (v) => `Once more with ${setting(v)}: its figures decide, and one load can be a chance.`,
  'search.onlyRepetitionTeaches': ({ tried }) =>
    `After ${plural(tried, 'trial')} nothing new is more promising than to measure the best ones again, side by side with yours.`,
  'search.neverVaried': ({ names }) =>
    `No trial has changed ${String(names).split(', ').map(label).join(', ')} yet: that is looked at once, whatever is expected of it.`,
  'search.nothingLeftToGain': ({ tried, chancePercent }) =>
    `The search ended after ${plural(tried, 'setup')}: the chance that any other is 3% better was ${Number(chancePercent) < 1 ? 'under 1' : Math.round(Number(chancePercent))}%.`,

  'search.trialsUsedUp': ({ trials }) => `All ${plural(trials, 'trial')} of this time budget have been used.`,
  'search.candidatesExhausted': () => 'Every setup that fits has been tried.',
  'search.rulesUsedUp': ({ trials }) => `The ${plural(trials, 'setup')} that the rules favour have been tried.`,
} as const satisfies Sentences

export type SearchCode = keyof typeof searchSentences
