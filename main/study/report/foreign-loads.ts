import { median } from 'simple-statistics'
import type { Statement } from '../../../preload/contract/estimate.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { MeasureCode } from '../../words/measure.ts'
import type { StudyReason } from '../../words/study.ts'

/** Signs that the daemon loaded the model anew for somebody else, or because somebody else had. */
const signs: readonly string[] = ['measure.reloaded', 'measure.otherContext'] satisfies MeasureCode[]

/**
 * A problem that outlasts the study: programs that ask for other settings than their neighbours make the daemon load
 * the model anew with every change between them (reference: ollama.md §2). How often that was seen, what a load takes,
 * and what to do about it.
 */
export function foreignLoadNote({ trials }: Study): StudyReason[] {
  const seen = trials.flatMap(({ outcome }) => disturbancesOf(outcome)).filter(({ code }) => signs.includes(code))
  if (seen.length === 0) return []
  const withContext = seen.filter(({ code }) => code === 'measure.otherContext').map(({ values }) => values)
  const loads = trials.flatMap(({ outcome }) => (outcome?.kind === 'ok' ? [outcome.load.loadSeconds] : []))
  const values = { count: seen.length, ...(loads.length > 0 ? { seconds: median(loads) } : {}) }
  const [first] = withContext
  if (first?.['asked'] === undefined) return [{ code: 'study.foreignLoads', values }]
  const found = [...new Set(withContext.map((context) => context['found']))].join(', ')
  return [{ code: 'study.foreignContext', values: { ...values, found, asked: first['asked'] } }]
}

function disturbancesOf(outcome: Study['trials'][number]['outcome']): Statement[] {
  return outcome?.kind === 'ok' || outcome?.kind === 'interference' ? (outcome.disturbances ?? []) : []
}
