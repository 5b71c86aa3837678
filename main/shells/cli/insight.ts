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
import { printLine, type Context } from './context.ts'
import { configurationText, gibibytes, significant } from './format.ts'
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
  const lines = importance === null ? [] : importanceLines(importance)
  printLine(context, [...lines, ...tradeOffLines(tradeOffs)].join('\n'))
}

function importanceLines({ parameters, pairs, sentences }: Importance): string[] {
  const rows = [
    ...parameters.map(({ name, share, group }) => [name, shareText(share), note(group !== null)]),
    ...pairs
      .filter(({ isDistinguishable }) => isDistinguishable)
      .map(({ names, share }) => [names.join(' × '), shareText(share), 'together, beyond each alone']),
  ]
  const said = sentences.map(({ text }) => `  ${text}`)
  return ['', 'What matters:', ...said, '', table([['setting', 'share of the differences', ''], ...rows])]
}

const note = (isDistinguishable: boolean): string => (isDistinguishable ? '' : 'not distinguishable from no effect')

function shareText({ value, low, high }: Band): string {
  const percent = (share: number) => Math.round(100 * Math.min(1, Math.max(0, share)))
  return `${percent(value)}% (${percent(low)} to ${percent(high)}%)`
}

function tradeOffLines({ choices, sentences }: TradeOffs): string[] {
  const shown = choices.filter(({ isParetoOptimal }) => isParetoOptimal)
  const rows = shown.map((choice) => [...choiceCells(choice), marks(choice)])
  const header = ['settings', 'turn s', 'first token s', 'tok/s', 'memory', '']
  return [
    '',
    'What there is to choose between:',
    ...sentences.map(({ text }) => `  ${text}`),
    '',
    table([header, ...rows]),
  ]
}

function choiceCells({ configuration, costs }: TradeOff): string[] {
  return [
    configurationText(configuration),
    significant(costs.turnSeconds),
    significant(costs.ttftSeconds),
    significant(1 / costs.secondsPerToken),
    gibibytes(costs.memoryMiB),
  ]
}

function marks({ isKnee, isPreferred, keepsLimits }: TradeOff): string {
  return [isPreferred ? 'best by what counts' : '', isKnee ? 'balanced' : '', keepsLimits ? '' : 'breaks a limit']
    .filter((mark) => mark !== '')
    .join(', ')
}
