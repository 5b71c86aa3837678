import type { Trial } from '../../preload/contract/trial.ts'
import type { ScoredTrial } from './objective.ts'
import { parameterOrder } from './parameters.ts'

/** Standard deviations to either side within which nearly all loads of equal settings lie. */
const deviations = 2

/**
 * Where loads of the user's own settings lie by chance alone: around their mean as far as equal settings differed from
 * load to load in this study so far, by the pooled variance of ln score. Null before anything was loaded twice.
 */
export function noiseBand(
  scored: readonly ScoredTrial[],
  baselineScore: number | null,
): { low: number; high: number } | null {
  const groups = Map.groupBy(scored.filter(isWhole), ({ trial }) => keyOf(trial))
  let squares = 0
  let degrees = 0
  for (const group of groups.values()) {
    const logs = group.map(({ score }) => Math.log(score))
    const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length
    squares += logs.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    degrees += logs.length - 1
  }
  if (degrees === 0 || baselineScore === null) return null
  const spread = deviations * Math.sqrt(squares / degrees)
  return { low: baselineScore * Math.exp(-spread), high: baselineScore * Math.exp(spread) }
}

/** Shortened loads, and those that were cut short, differ for reasons of their own. */
function isWhole({ trial }: ScoredTrial): boolean {
  return trial.fidelity === undefined && trial.outcome?.kind === 'ok' && !trial.outcome.stoppedEarly
}

function keyOf({ configuration }: Trial): string {
  return parameterOrder.map((name) => configuration[name]).join(' ')
}
