import { mean } from 'simple-statistics'
import { pooledVariance } from '../../statistics/statistics.ts'
import { countedRepetitions } from '../objective.ts'
import type { Measurement } from '../samplers/history.ts'
import type { LogSeconds, Physics } from './physics.ts'
import type { Placement } from './placement.ts'

/** Spread of repetitions within a load before any is known, nats, and how many repetitions that guess is worth. */
const priorWithinSpread = { variance: 0.02 ** 2, degreesOfFreedom: 2 }
/** More loads than this say little more about the optimum, and cost grows with their cube. */
const mostLoads = 64

/** One load as the surrogate sees it. */
export interface LoadSummary {
  placement: Placement
  /** Means of ln TTFT and ln seconds per token over the repetitions. */
  values: LogSeconds
  repetitions: number
  /** Seconds of work before it, which have made the computer warm. */
  workedSeconds: number
}

export interface Loads {
  summaries: LoadSummary[]
  /** Variance of one repetition within its load, for each output, the prior guess pooled in. */
  within: LogSeconds
}

/** What the measured loads say; of very many the slow ones are left out, as they say least about the optimum. */
export function summarizeLoads(physics: Physics, measurements: readonly Measurement[]): Loads {
  const kept =
    measurements.length <= mostLoads
      ? measurements
      : measurements.toSorted((a, b) => a.cost - b.cost).slice(0, mostLoads)
  const seconds = kept.map(({ outcome }) =>
    countedRepetitions(outcome).map(({ ttftSeconds, decodeTokensPerSecond }) => ({
      ttft: Math.log(ttftSeconds),
      token: -Math.log(decodeTokensPerSecond),
    })),
  )
  const summaries = kept.map(({ configuration, workedSeconds }, i) => {
    const repetitions = seconds[i] ?? []
    return {
      placement: physics.place(configuration),
      values: { ttft: mean(repetitions.map(({ ttft }) => ttft)), token: mean(repetitions.map(({ token }) => token)) },
      repetitions: repetitions.length,
      workedSeconds,
    }
  })
  const within = {
    ttft: withinSpread(seconds.map((load) => load.map(({ ttft }) => ttft))),
    token: withinSpread(seconds.map((load) => load.map(({ token }) => token))),
  }
  return { summaries, within }
}

function withinSpread(groups: number[][]): number {
  const seen = pooledVariance(groups) ?? { variance: 0, degreesOfFreedom: 0 }
  const prior = priorWithinSpread
  return (
    (seen.variance * seen.degreesOfFreedom + prior.variance * prior.degreesOfFreedom) /
    (seen.degreesOfFreedom + prior.degreesOfFreedom)
  )
}
