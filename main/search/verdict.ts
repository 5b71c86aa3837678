import { mean } from 'simple-statistics'
import type { GoalKind } from '../../preload/contract/goal.ts'
import { studentTQuantile } from './distributions.ts'
import { gainPercent, memoryTurnAllowance } from './objective.ts'
import { sampleVariance } from './statistics.ts'
import type { VarianceEstimate } from './statistics.ts'

/** A gain below this, percent, is not worth a change. */
export const smallestWorthwhileGainPercent = 3
/** A change is adopted on two pairs of fresh loads at the least, as one load is never to be trusted. */
const fewestPairs = 2
const confidence = 0.95
/** Beyond this no number of pairs is foreseen. */
const mostPairsForeseen = 1000

/** Costs (objective.ts) of two fresh loads measured side by side, one of the baseline and one of the candidate. */
export interface Pair {
  baselineCost: number
  candidateCost: number
}

export interface Evidence {
  goal: GoalKind
  pairs: readonly Pair[]
  /** Turn seconds of the same loads; needed for the memory goal alone, which limits them. */
  turnPairs?: readonly Pair[]
  /** Variance of ln cost between fresh loads of one configuration, known from earlier in the study; null if unknown. */
  loadSpread: VarianceEstimate | null
  /** How often the verdict is looked at in all while pairs come in, this time included; 1 for a single look at the end. */
  plannedLooks: number
}

export interface Decision {
  kind: 'improved' | 'keep' | 'inconclusive'
  gainPercent: number
  /** Confidence interval of `gainPercent` that holds at 95 % over all planned looks; null without any known spread. */
  interval: { low: number; high: number } | null
  /** The memory goal's limit on turn seconds is broken. */
  isTooSlow: boolean
  settled: boolean
  /** Pairs in all at which the interval is expected to settle the matter; null if settled or not foreseeable. */
  pairsToSettle: number | null
}

/**
 * Adopt, keep or go on measuring, by paired log-ratios d = ln(baseline cost / candidate cost).
 *
 * The variance of d is pooled from the pairs' own spread (n − 1 degrees of freedom) and twice the known spread
 * between loads. Repeated looks are paid for by splitting the error rate among them (Bonferroni), which makes
 * the intervals repeated confidence intervals: C. Jennison, B. Turnbull, Controlled Clinical Trials 5, 1984.
 * `improved`: the interval excludes "no gain" and the gain is 3 % or more. `keep`: the interval excludes a gain of
 * 3 %, or the candidate is no better on average.
 */
export function decide(evidence: Evidence): Decision {
  const { goal, pairs } = evidence
  if (pairs.length === 0) return undecided(0, null, null)
  const logRatios = pairs.map((pair) => Math.log(pair.baselineCost / pair.candidateCost))
  const center = mean(logRatios)
  const gain = gainPercent(goal, center)
  const spread = spreadOfDifference(logRatios, evidence.loadSpread)
  if (breaksTurnLimit(evidence)) return { ...undecided(gain, null, null), kind: 'keep', isTooSlow: true, settled: true }
  if (spread === null) return undecided(gain, null, fewestPairs)

  const quantile = (degrees: number) => studentTQuantile(1 - (1 - confidence) / (2 * evidence.plannedLooks), degrees)
  const half = quantile(spread.degreesOfFreedom) * Math.sqrt(spread.variance / pairs.length)
  const interval = { low: gainPercent(goal, center - half), high: gainPercent(goal, center + half) }
  const decided = (kind: Decision['kind']): Decision => ({
    kind,
    gainPercent: gain,
    interval,
    isTooSlow: false,
    settled: true,
    pairsToSettle: null,
  })
  if (interval.high < smallestWorthwhileGainPercent) return decided('keep')
  if (pairs.length >= fewestPairs) {
    if (gain <= 0) return decided('keep')
    if (interval.low > 0 && gain >= smallestWorthwhileGainPercent) return decided('improved')
  }
  return undecided(gain, interval, pairsToSettle(goal, center, spread, pairs.length, quantile))
}

function undecided(gain: number, interval: Decision['interval'], pairs: number | null): Decision {
  return { kind: 'inconclusive', gainPercent: gain, interval, isTooSlow: false, settled: false, pairsToSettle: pairs }
}

function breaksTurnLimit({ goal, turnPairs }: Evidence): boolean {
  if (goal !== 'memory' || !turnPairs || turnPairs.length === 0) return false
  const ratios = turnPairs.map((pair) => Math.log(pair.candidateCost / pair.baselineCost))
  return mean(ratios) > Math.log(memoryTurnAllowance)
}

/** Variance of one log-ratio: its two loads vary independently, hence twice the variance of a load. */
function spreadOfDifference(logRatios: number[], load: VarianceEstimate | null): VarianceEstimate | null {
  const own = sampleVariance(logRatios)
  if (!load || load.degreesOfFreedom === 0) return own
  const known = { variance: 2 * load.variance, degreesOfFreedom: load.degreesOfFreedom }
  if (!own) return known
  const degreesOfFreedom = own.degreesOfFreedom + known.degreesOfFreedom
  const squares = own.variance * own.degreesOfFreedom + known.variance * known.degreesOfFreedom
  return { variance: squares / degreesOfFreedom, degreesOfFreedom }
}

/** Smallest number of pairs at which the interval, if centre and spread stay, lies clear of 0 or of 3 %. */
function pairsToSettle(
  goal: GoalKind,
  center: number,
  spread: VarianceEstimate,
  measured: number,
  quantile: (degrees: number) => number,
): number | null {
  const isWorthwhile = gainPercent(goal, center) >= smallestWorthwhileGainPercent
  const isClear = (pairs: number) => {
    const half = quantile(spread.degreesOfFreedom + pairs - measured) * Math.sqrt(spread.variance / pairs)
    return isWorthwhile ? center - half > 0 : gainPercent(goal, center + half) < smallestWorthwhileGainPercent
  }
  // The half width falls with every pair, so the smallest number is found by bisection.
  let tooFew = Math.max(measured, fewestPairs - 1)
  let enough = mostPairsForeseen
  if (!isClear(enough)) return null
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2)
    if (isClear(middle)) enough = middle
    else tooFew = middle
  }
  return enough
}
