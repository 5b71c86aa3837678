import { mean } from 'simple-statistics'
import { studentTQuantile } from '../statistics/distributions.ts'
import type { VarianceEstimate } from '../statistics/statistics.ts'
import { pool } from './load-spread.ts'

/** One load of the baseline. */
export interface TimedLoad {
  /** Seconds of study at which it was measured. */
  atSeconds: number
  /** ln speed: minus ln of the turn's seconds. */
  logSpeed: number
}

/** How the speed of unchanged settings moves in the course of a study. */
export interface Drift {
  /** Change of ln speed per second, shrunk towards none. 0 unless it is significant. */
  perSecond: number
  /** Between these seconds the baseline was watched; beyond them nothing is known. */
  fromSeconds: number
  toSeconds: number
}

export const noDrift: Drift = { perSecond: 0, fromSeconds: 0, toSeconds: 0 }

const fewestLoads = 3
/** Chance at which a computer without any drift has its figures corrected. */
const errorRate = 0.01
/** A change of speed over the whole study that is nothing unusual, as a standard deviation of its logarithm. */
const usualChange = 0.15

/**
 * Straight line through ln speed over the seconds of study, from all loads of the baseline.
 *
 * Its slope is corrected for only if Student's t excludes zero, with a variance moderated by `prior` as there are few
 * loads; and then it is shrunk as by a normal prior around none: slope · τ² / (τ² + se²) with τ the slope of a usual
 * change (ridge regression, A. Hoerl, R. Kennard, Technometrics 12, 1970).
 */
export function estimateDrift(loads: readonly TimedLoad[], prior: VarianceEstimate): Drift {
  if (loads.length < fewestLoads) return noDrift
  const seconds = loads.map(({ atSeconds }) => atSeconds)
  const [fromSeconds, toSeconds] = [Math.min(...seconds), Math.max(...seconds)]
  const [middle, level] = [mean(seconds), mean(loads.map(({ logSpeed }) => logSpeed))]
  const squares = seconds.reduce((sum, at) => sum + (at - middle) ** 2, 0)
  if (squares === 0) return noDrift
  const slope = loads.reduce((sum, load) => sum + (load.atSeconds - middle) * (load.logSpeed - level), 0) / squares
  const residuals = loads.map((load) => load.logSpeed - level - slope * (load.atSeconds - middle))
  const degreesOfFreedom = loads.length - 2
  const own = { variance: residuals.reduce((sum, r) => sum + r * r, 0) / degreesOfFreedom, degreesOfFreedom }
  const spread = pool(own, prior)
  const squaredError = spread.variance / squares
  const quantile = studentTQuantile(1 - errorRate / 2, spread.degreesOfFreedom)
  if (Math.abs(slope) <= quantile * Math.sqrt(squaredError)) return noDrift
  const usual = (usualChange / (toSeconds - fromSeconds)) ** 2
  return { perSecond: (slope * usual) / (usual + squaredError), fromSeconds, toSeconds }
}

/**
 * The factor by which a speed measured at `atSeconds` is to be multiplied to be comparable with speeds at the study's
 * beginning. What lies outside the time that was watched is treated like its nearest end.
 */
export function driftCorrection({ perSecond, fromSeconds, toSeconds }: Drift, atSeconds: number): number {
  const watched = Math.min(toSeconds, Math.max(fromSeconds, atSeconds))
  return Math.exp(-perSecond * (watched - fromSeconds))
}

/** Share by which speed changed while it was watched: −0.1 is a tenth slower. */
export function driftShare({ perSecond, fromSeconds, toSeconds }: Drift): number {
  return Math.expm1(perSecond * (toSeconds - fromSeconds))
}
