import type { Certificate, MeasuredChoice, Study } from '../../../preload/contract/study.ts'
import type { OkOutcome } from '../../../preload/contract/trial.ts'
import { studentTQuantile } from '../../statistics/distributions.ts'
import { pooledVariance } from '../../statistics/statistics.ts'
import { estimatesOver, groupByConfiguration, loadFigures, measuredLoads } from '../choices.ts'

/**
 * Standard deviation of ln turn between loads of equal settings, even where a study's few loads agreed better: two such
 * loads differ by 8 % on a quiet machine (reference: facts on Ollama, §8), which is 0.08 / √2.
 */
const leastLoadDeviation = 0.056

/** The tag's own figures, over its loads. */
export function certifiedFigures(study: Study, outcomes: readonly OkOutcome[]): NonNullable<Certificate['measured']> {
  const over = estimatesOver(
    study,
    outcomes.map((outcome) => loadFigures(study, outcome)),
  )
  return {
    decodeTokensPerSecond: over((load) => load.decodeTokensPerSecond),
    turnSeconds: over((load) => load.turnSeconds),
    ttftSeconds: over((load) => load.ttftSeconds),
  }
}

/**
 * Whether the tag's turn is as short as promised, or longer by no more than loads of equal settings differ: the
 * 97.5 % quantile of the difference of two means of ln turn, its variance pooled over the study's repeated loads.
 */
export function isPromiseKept(
  study: Study,
  promised: MeasuredChoice,
  measured: NonNullable<Certificate['measured']>,
): boolean {
  const groups = groupByConfiguration(measuredLoads(study))
  const spread = pooledVariance(groups.map((loads) => loads.map((load) => Math.log(load.turnSeconds))))
  const variance = Math.max(leastLoadDeviation ** 2, spread?.variance ?? 0)
  const quantile = studentTQuantile(0.975, Math.max(2, spread?.degreesOfFreedom ?? 0))
  const allowance = quantile * Math.sqrt(variance * (1 / promised.loads + 1 / measured.turnSeconds.count))
  return Math.log(measured.turnSeconds.mean / promised.turnSeconds.mean) <= allowance
}
