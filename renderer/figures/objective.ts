import type { GoalKind, Workload } from '../../preload/contract/goal.ts'
import type { Configuration } from '../../preload/contract/model.ts'
import { noiseBand } from './noise.ts'
import { parameterOrder } from './parameters.ts'
import type { OkOutcome, Trial } from '../../preload/contract/trial.ts'

/** A trial's score in the goal's own unit: seconds (chat), tokens/s (throughput) or MiB (memory). */
export function objectiveOf(outcome: OkOutcome, goal: GoalKind, { outputTokens }: Workload): number {
  const turnSeconds = outcome.ttftSeconds.mean + outputTokens / outcome.decodeTokensPerSecond.mean
  switch (goal) {
    case 'chat':
      return turnSeconds
    case 'throughput':
      return outputTokens / turnSeconds
    case 'memory':
      return outcome.load.memory.ramMiB + outcome.load.memory.vramMiB
  }
}

export function isBetter(goal: GoalKind, one: number, other: number): boolean {
  return goal === 'throughput' ? one > other : one < other
}

/** By how much a score is better than another, percent of that; negative: worse. */
export function gainPercent(goal: GoalKind, score: number, than: number): number {
  return 100 * (goal === 'throughput' ? score / than - 1 : 1 - score / than)
}

/** A trial that was measured, with its score. */
export interface ScoredTrial {
  trial: Trial
  score: number
}

/** Where a study stands: the user's own settings against the best seen so far, both in the goal's unit. */
export interface Standing {
  scored: ScoredTrial[]
  /** Finished without a figure. */
  unscored: Trial[]
  /** Mean over all loads of the user's own settings; null before the first. */
  baselineScore: number | null
  /** Where loads of the user's own settings lie by chance alone; null before anything was loaded twice. */
  noise: { low: number; high: number } | null
  best: ScoredTrial | null
  /** The trials that were better than all before them. */
  records: ScoredTrial[]
}

/** Sorts a study's trials out. The memory goal's limit on speed is left to the report: this is a progress display. */
export function standingOf(trials: readonly Trial[], goal: GoalKind, workload: Workload): Standing {
  const scored: ScoredTrial[] = []
  const unscored: Trial[] = []
  for (const trial of trials) {
    if (trial.outcome === null) continue
    if (trial.outcome.kind === 'ok') scored.push({ trial, score: objectiveOf(trial.outcome, goal, workload) })
    else unscored.push(trial)
  }
  const baseline = trials.find((trial) => trial.purpose === 'baseline')?.configuration
  const ofBaseline = scored.filter(({ trial }) => baseline && isSameConfiguration(trial.configuration, baseline))
  const records = scored.reduce<ScoredTrial[]>((found, entry) => {
    const last = found.at(-1)
    return last === undefined || isBetter(goal, entry.score, last.score) ? [...found, entry] : found
  }, [])
  const baselineScore = mean(ofBaseline.map(({ score }) => score))
  const noise = noiseBand(scored, baselineScore)
  return { scored, unscored, baselineScore, noise, best: records.at(-1) ?? null, records }
}

export function isSameConfiguration(one: Configuration, other: Configuration): boolean {
  return parameterOrder.every((name) => one[name] === other[name])
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
}
