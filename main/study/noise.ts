import type { Estimate } from '../../preload/contract/estimate.ts'
import type { GoalKind } from '../../preload/contract/goal.ts'
import type { Study } from '../../preload/contract/study.ts'
import type { TrialOutcome } from '../../preload/contract/trial.ts'
import { driftCorrection, estimateDrift, type Drift } from '../search/drift.ts'
import { priorSpread, varianceComponents, type VarianceComponents } from '../search/load-spread.ts'
import { objectiveCost } from '../search/objective.ts'
import {
  groupByConfiguration,
  isSameConfiguration,
  measuredLoads,
  middleSeconds,
  type MeasuredLoad,
} from './choices.ts'

/**
 * How much the goal's cost varies within and between loads of equal settings. Loads that were cut short say nothing of
 * that: they rest on one answer, on cold memory.
 */
export function noiseOf(study: Study, goal: GoalKind, loads: readonly MeasuredLoad[]): VarianceComponents {
  const logCosts = ({ repetitions, memory }: MeasuredLoad) =>
    repetitions.map((repetition) => Math.log(objectiveCost(goal, { ...repetition, memory }, study.plan.workload)))
  const whole = loads.filter(({ stoppedEarly }) => !stoppedEarly)
  return varianceComponents(groupByConfiguration(whole).map((own) => own.map(logCosts)))
}

/** The drift of the computer's speed, by all loads of the user's own settings so far. */
export function driftOf(study: Study): Drift {
  const loads = measuredLoads(study).filter(
    ({ configuration, stoppedEarly }) => !stoppedEarly && isSameConfiguration(configuration, study.plan.baseline),
  )
  const prior = priorSpread('chat', noiseOf(study, 'chat', loads).repetitionDeviation)
  const timed = loads.map(({ atSeconds, turnSeconds }) => ({ atSeconds, logSpeed: -Math.log(turnSeconds) }))
  return estimateDrift(timed, prior)
}

/** The study's loads as they would have been at its beginning: for comparing what was measured at different times. */
export function driftFreeLoads(study: Study): MeasuredLoad[] {
  const drift = driftOf(study)
  return measuredLoads(study).map((load) => {
    const factor = driftCorrection(drift, load.atSeconds)
    return {
      ...load,
      ...corrected(load, factor),
      turnSeconds: load.turnSeconds / factor,
      repetitions: load.repetitions.map((repetition) => ({ ...repetition, ...corrected(repetition, factor) })),
    }
  })
}

/**
 * The last trial's outcome as samplers are told of it: its speeds freed of the drift that is known by then, so that no
 * sampler needs to know of time.
 */
export function driftFreeOutcome(study: Study): TrialOutcome | null {
  const outcome = study.trials.at(-1)?.outcome ?? null
  if (outcome?.kind !== 'ok') return outcome
  const drift = driftOf(study)
  if (drift.perSecond === 0) return outcome
  const factor = driftCorrection(drift, middleSeconds(study).at(-1) ?? 0)
  return {
    ...outcome,
    repetitions: outcome.repetitions.map((repetition) => ({ ...repetition, ...corrected(repetition, factor) })),
    ttftSeconds: scaled(outcome.ttftSeconds, 1 / factor),
    prefillTokensPerSecond: scaled(outcome.prefillTokensPerSecond, factor),
    decodeTokensPerSecond: scaled(outcome.decodeTokensPerSecond, factor),
  }
}

type Speeds = Pick<MeasuredLoad, 'ttftSeconds' | 'prefillTokensPerSecond' | 'decodeTokensPerSecond'>

function corrected({ ttftSeconds, prefillTokensPerSecond, decodeTokensPerSecond }: Speeds, factor: number): Speeds {
  return {
    ttftSeconds: ttftSeconds / factor,
    prefillTokensPerSecond: prefillTokensPerSecond * factor,
    decodeTokensPerSecond: decodeTokensPerSecond * factor,
  }
}

function scaled({ mean, interval, count }: Estimate, factor: number): Estimate {
  return {
    mean: mean * factor,
    interval: interval && { low: interval.low * factor, high: interval.high * factor },
    count,
  }
}
