import { mean } from 'simple-statistics'
import type { GoalKind } from '../../preload/contract/goal.ts'
import { normalCdf, studentTQuantile } from '../statistics/distributions.ts'
import { pooledVariance, sampleVariance } from '../statistics/statistics.ts'
import type { VarianceEstimate } from '../statistics/statistics.ts'
import { pool, priorSpread } from './load-spread.ts'
import { gainPercent, memoryTurnAllowance } from './objective.ts'

/** A gain below this, percent, is not worth a change. */
export const smallestWorthwhileGainPercent = 3
/** A change is adopted on two pairs of fresh loads at the least, as one load is never to be trusted. */
const fewestPairs = 2
/** Where the baseline is slower in the pairs than it was before, two slow loads may be chance: then so many. */
const fewestPairsIfUnsteady = 4
const confidence = 0.95
/**
 * Chance, over all looks of one study, of adopting a change that changes nothing. Far below the 2.5 % that a 95 %
 * interval leaves on this side: of a thousand people whose setup is right none should be told to change it.
 */
const adoptionErrorRate = 0.002
/** A confirmation ends when a worthwhile gain is this unlikely, or its proof within the pairs that are left. */
const leastHope = 0.1
/**
 * Standard deviation of ln cost of a load that was cut short: it rests on one answer, not even a whole one, on cold
 * memory, and such an answer can be several times slower than the next [llama.cpp on a shared machine: twice].
 */
const cutShortDeviation = 0.25
/** How far, in standard errors, the baseline's loads may move between search and confirmation. */
const unsteadyDistance = 3

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
  /** A load of the pairs was cut short, as it would have taken too long. */
  isCutShort: boolean
  /** Variance of ln cost between fresh loads of one configuration, from before the pairs; null if unknown. */
  loadSpread: VarianceEstimate | null
  /** σ_w of ln cost within a load; null if unknown. */
  repetitionDeviation: number | null
  /** Costs of the baseline's loads before the pairs. */
  earlierBaselineCosts: readonly number[]
  /** So many pairs at most will be measured; the verdict is looked at after each. */
  mostPairs: number
}

export interface Decision {
  kind: 'improved' | 'keep' | 'inconclusive'
  gainPercent: number
  /** Confidence interval of `gainPercent` that holds at 95 % over all looks; null without pairs. */
  interval: { low: number; high: number } | null
  /** The memory goal's limit on turn seconds is broken. */
  isTooSlow: boolean
  /** Further pairs would not change it, or are not likely to. */
  settled: boolean
}

/**
 * Adopt, keep or go on measuring, by paired log-ratios d = ln(baseline cost / candidate cost).
 *
 * Sequential test by alpha spending (K. Lan, D. DeMets, Biometrika 70, 1983) with the spending function α(t) = α · t
 * (K. Kim, D. DeMets, Biometrika 74, 1987): each look after the first spends an equal part. The boundaries are those
 * of the union bound, which holds whatever the joint law of t statistics is and costs little at rates this small;
 * the intervals are repeated confidence intervals (C. Jennison, B. Turnbull, Controlled Clinical Trials 5, 1984).
 *
 * The variance of one load comes from the earlier loads of equal settings, from the pairs and from a prior
 * (load-spread.ts), twice: by the spread of each arm, and by that of the differences. The wider interval counts, so
 * that neither a disturbance of one arm nor of both passes for precision.
 *
 * `improved`: the interval at the adoption error rate excludes "no gain" and the gain is 3 % or more. `keep`: a gain
 * of 3 % is unlikely, or the candidate is no better on average.
 */
export function decide(evidence: Evidence): Decision {
  const { goal, pairs, mostPairs } = evidence
  if (pairs.length === 0) return verdict('inconclusive', 0, null, false)
  const logRatios = pairs.map((pair) => Math.log(pair.baselineCost / pair.candidateCost))
  const center = mean(logRatios)
  const gain = gainPercent(goal, center)
  if (breaksTurnLimit(evidence)) return { ...verdict('keep', gain, null, true), isTooSlow: true }

  const spreads = loadSpreads(evidence, logRatios)
  const looks = Math.max(1, mostPairs - fewestPairs + 1)
  const interval95 = halfWidth(spreads, pairs.length, (1 - confidence) / (2 * looks))
  const interval = { low: gainPercent(goal, center - interval95), high: gainPercent(goal, center + interval95) }
  const needed = isUnsteady(evidence, spreads) ? fewestPairsIfUnsteady : fewestPairs
  const toAdopt = halfWidth(spreads, pairs.length, adoptionErrorRate / looks)
  if (pairs.length >= needed && center > toAdopt && gain >= smallestWorthwhileGainPercent) {
    return verdict('improved', gain, interval, true)
  }
  const isNoBetter = pairs.length >= fewestPairs && gain <= 0
  const hoped = gainPercent(goal, center + halfWidth(spreads, pairs.length, leastHope))
  if (isNoBetter || hoped < smallestWorthwhileGainPercent) return verdict('keep', gain, interval, true)
  const isOver = pairs.length >= mostPairs
  return verdict('inconclusive', gain, interval, isOver || chanceOfProof(evidence, center, spreads) < leastHope)
}

function verdict(kind: Decision['kind'], gain: number, interval: Decision['interval'], settled: boolean): Decision {
  return { kind, gainPercent: gain, interval, isTooSlow: false, settled }
}

function breaksTurnLimit({ goal, turnPairs }: Evidence): boolean {
  if (goal !== 'memory' || !turnPairs || turnPairs.length === 0) return false
  const ratios = turnPairs.map((pair) => Math.log(pair.candidateCost / pair.baselineCost))
  return mean(ratios) > Math.log(memoryTurnAllowance)
}

/** Variance of one load's ln cost, by the spread within each arm and by that of the differences. */
function loadSpreads(evidence: Evidence, logRatios: readonly number[]): VarianceEstimate[] {
  const { goal, pairs, isCutShort, loadSpread, repetitionDeviation } = evidence
  const prior = priorSpread(goal, repetitionDeviation)
  const least = isCutShort ? cutShortDeviation ** 2 : 0
  const arms = pooledVariance([
    pairs.map((pair) => Math.log(pair.baselineCost)),
    pairs.map((pair) => Math.log(pair.candidateCost)),
  ])
  const ofDifferences = sampleVariance(logRatios)
  // Two loads vary independently, hence the variance of their difference is twice that of one.
  const halved = ofDifferences && { ...ofDifferences, variance: ofDifferences.variance / 2 }
  return [pool(prior, loadSpread, arms), pool(prior, loadSpread, halved)].map((spread) => ({
    ...spread,
    variance: Math.max(spread.variance, least),
  }))
}

/** Half width of the wider interval for the mean of so many log-ratios, `tail` being its chance on either side. */
function halfWidth(spreads: readonly VarianceEstimate[], pairs: number, tail: number): number {
  const widths = spreads.map(
    ({ variance, degreesOfFreedom }) =>
      studentTQuantile(1 - tail, degreesOfFreedom) * Math.sqrt((2 * variance) / pairs),
  )
  return Math.max(...widths)
}

/** Whether the baseline is slower in the pairs than it was before, by more than the spread between loads explains. */
function isUnsteady({ pairs, earlierBaselineCosts }: Evidence, spreads: readonly VarianceEstimate[]): boolean {
  if (earlierBaselineCosts.length === 0) return false
  const now = mean(pairs.map((pair) => Math.log(pair.baselineCost)))
  const before = mean(earlierBaselineCosts.map(Math.log))
  const variance = Math.max(...spreads.map((spread) => spread.variance))
  const error = Math.sqrt(variance * (1 / pairs.length + 1 / earlierBaselineCosts.length))
  return now - before > unsteadyDistance * error
}

/**
 * Chance that the last look adopts if the present mean is the best guess: the final mean is normal around it with the
 * variance of what is still to come (predictive power, D. Spiegelhalter et al., Controlled Clinical Trials 7, 1986).
 */
function chanceOfProof({ goal, pairs, mostPairs }: Evidence, center: number, spreads: VarianceEstimate[]): number {
  const missing = mostPairs - pairs.length
  const variance = Math.max(...spreads.map((spread) => spread.variance))
  const looks = Math.max(1, mostPairs - fewestPairs + 1)
  const later = spreads.map((spread) => ({ ...spread, degreesOfFreedom: spread.degreesOfFreedom + missing }))
  const bar = Math.max(halfWidth(later, mostPairs, adoptionErrorRate / looks), leastLogRatio(goal))
  return 1 - normalCdf((bar - center) / Math.sqrt(2 * variance * (1 / pairs.length - 1 / mostPairs)))
}

/** ln(baseline cost / candidate cost) of the smallest worthwhile gain. */
function leastLogRatio(goal: GoalKind): number {
  const share = smallestWorthwhileGainPercent / 100
  return goal === 'throughput' ? Math.log1p(share) : -Math.log1p(-share)
}

/**
 * Chance that a confirmation of so many pairs will adopt a candidate, before it has begun.
 *
 * @param logRatio ln(baseline cost / candidate cost) as the search measured it.
 * @param loads how many loads of either that figure rests on.
 */
export function chanceOfConfirmation(
  evidence: Omit<Evidence, 'pairs' | 'turnPairs' | 'isCutShort'>,
  logRatio: number,
  loads: { baseline: number; candidate: number },
): number {
  const { goal, mostPairs, loadSpread, repetitionDeviation } = evidence
  const spread = pool(priorSpread(goal, repetitionDeviation), loadSpread)
  const later = { ...spread, degreesOfFreedom: spread.degreesOfFreedom + 2 * (mostPairs - 1) }
  const looks = Math.max(1, mostPairs - fewestPairs + 1)
  const bar = Math.max(halfWidth([later], mostPairs, adoptionErrorRate / looks), leastLogRatio(goal))
  const variance = spread.variance * (1 / loads.baseline + 1 / loads.candidate + 2 / mostPairs)
  return 1 - normalCdf((bar - logRatio) / Math.sqrt(variance))
}
