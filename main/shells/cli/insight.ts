import { AttuneError } from '../../../preload/contract/errors.ts'
import {
  insightQuestionSchema,
  type Band,
  type Importance,
  type InsightQuestion,
  type TradeOff,
  type TradeOffs,
} from '../../../preload/contract/insight.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { CliWords } from '../../words/cli.ts'
import { printLine, type Context } from './context.ts'
import type { CliText } from './format.ts'
import { table } from './terminal.ts'

export interface PreferenceOptions {
  weight?: string[]
  limit?: string[]
}

/**
 * Weights and limits as people write them: "turnSeconds=2", "ttftSeconds=0.5".
 * Throws `invalidInput` for anything else.
 */
export function readQuestion({ weight, limit }: PreferenceOptions): InsightQuestion {
  const question = { ...(weight && { weights: pairs(weight) }), ...(limit && { limits: pairs(limit) }) }
  const parsed = insightQuestionSchema.safeParse(question)
  if (parsed.success) return parsed.data
  throw new AttuneError({
    code: 'invalidInput',
    message: 'The weights or limits were not understood.',
    hint: 'Write them like "--weight turnSeconds=2 memoryMiB=1 --limit ttftSeconds=0.5"; "--help" lists the names.',
  })
}

function pairs(texts: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    texts.map((text) => {
      const [name = '', value = ''] = text.split('=')
      return [name, value === '' ? Number.NaN : Number(value)]
    }),
  )
}

/** Prints which settings matter and what there is to choose between, where the study has measured enough for it. */
export async function printInsight(context: Context, study: Study, question: InsightQuestion): Promise<void> {
  if (study.report === null) return
  const { importance, tradeOffs } = await context.api['study.insight']({ id: study.id, ...question })
  const { text } = context
  const lines = importance === null ? [] : importanceLines(text, importance)
  printLine(context, [...lines, ...tradeOffLines(text, tradeOffs)].join('\n'))
}

function importanceLines({ words }: CliText, { parameters, pairs, sentences }: Importance): string[] {
  const { matters, shareColumns, noEffect, together } = words.insight
  const rows = [
    ...parameters.map(({ name, share, group }) => [name, shareText(words, share), group === null ? noEffect : '']),
    ...pairs
      .filter(({ isDistinguishable }) => isDistinguishable)
      .map(({ names, share }) => [names.join(' × '), shareText(words, share), together]),
  ]
  const said = sentences.map(({ text }) => `  ${text}`)
  return ['', matters, ...said, '', table([[...shareColumns, ''], ...rows])]
}

function shareText({ percentRange }: CliWords, { value, low, high }: Band): string {
  const percent = (share: number) => Math.round(100 * Math.min(1, Math.max(0, share)))
  return percentRange(percent(value), percent(low), percent(high))
}

function tradeOffLines(text: CliText, { choices, sentences }: TradeOffs): string[] {
  const { figures } = text.words.studies
  const shown = choices.filter(({ isParetoOptimal }) => isParetoOptimal)
  const rows = shown.map((choice) => [...choiceCells(text, choice), marks(text.words, choice)])
  const header = [figures.settings, figures.turn, figures.ttft, figures.decode, figures.memory, '']
  return [
    '',
    text.words.insight.choices,
    ...sentences.map((sentence) => `  ${sentence.text}`),
    '',
    table([header, ...rows]),
  ]
}

function choiceCells(text: CliText, { configuration, costs }: TradeOff): string[] {
  return [
    text.configuration(configuration),
    text.significant(costs.turnSeconds),
    text.significant(costs.ttftSeconds),
    text.significant(1 / costs.secondsPerToken),
    text.memory(costs.memoryMiB),
  ]
}

function marks({ insight }: CliWords, { isKnee, isPreferred, keepsLimits }: TradeOff): string {
  return [isPreferred ? insight.preferred : '', isKnee ? insight.balanced : '', keepsLimits ? '' : insight.breaksLimit]
    .filter((mark) => mark !== '')
    .join(', ')
}
