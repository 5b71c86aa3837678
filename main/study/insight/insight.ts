import { AttuneError } from '../../../preload/contract/errors.ts'
import type { Insight, InsightQuestion } from '../../../preload/contract/insight.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { importanceFor } from './importance.ts'
import { tradeOffsFor } from './trade-offs.ts'

/**
 * What a study's measurements tell beyond its verdict: which parameters matter, and what there is to choose between.
 * Pure: the same study and question give the same answer.
 *
 * Throws `conflict` before the baseline has been measured.
 */
export function insightFor(study: Study, question: InsightQuestion): Insight {
  const goal = question.goal ?? study.request.goal
  const tradeOffs = tradeOffsFor(study, goal, question)
  if (tradeOffs) return { importance: importanceFor(study, goal), tradeOffs }
  throw new AttuneError({
    code: 'conflict',
    message: 'This study has not measured your present settings yet, so there is nothing to compare with.',
    hint: 'Wait for its first trials.',
  })
}
