import { mean } from 'simple-statistics'
import type { GoalKind } from '../../preload/contract/goal.ts'
import { parameterNames, type Configuration, type ParameterName } from '../../preload/contract/model.ts'
import type { Study } from '../../preload/contract/study.ts'
import type { TrialPurpose } from '../../preload/contract/trial.ts'
import { pool, priorSpread } from '../search/load-spread.ts'
import { gainPercent, objectiveCost, turnLimitSeconds } from '../search/objective.ts'
import {
  chanceOfConfirmation,
  decide,
  smallestWorthwhileGainPercent,
  type Decision,
  type Evidence,
} from '../search/verdict.ts'
import {
  groupByConfiguration,
  isSameConfiguration,
  isUnreliable,
  measuredLoads,
  presentPower,
  type MeasuredLoad,
} from './choices.ts'
import { effectiveConfiguration } from './effects.ts'
import { budgetFor, usualConfirmPairs } from './goals.ts'
import { driftFreeLoads, noiseOf } from './noise.ts'

/** A configuration that looks better than the baseline by the search's own measurements. */
export interface Rival {
  configuration: Configuration
  loads: MeasuredLoad[]
  /** ln(baseline cost / rival's cost), by means over loads: positive is better. */
  logRatio: number
}

/** Mean objective cost over loads, the goal's own unit, always to be minimised. */
export function meanCost(study: Study, goal: GoalKind, loads: readonly MeasuredLoad[]): number {
  return mean(loads.map((load) => objectiveCost(goal, load, study.plan.workload)))
}

/** Loads of the user's own settings, the baseline phase's, sentinels and confirmation alike. */
export function baselineLoads(study: Study): MeasuredLoad[] {
  return measuredLoads(study).filter((load) => isSameConfiguration(load.configuration, study.plan.baseline))
}

/**
 * Everything measured besides the baseline, most promising first, free of the computer's drift. Configurations that failed in any load, or that
 * make a turn longer than the goal admits, come nowhere.
 */
export function rivals(study: Study, goal: GoalKind): Rival[] {
  const loads = driftFreeLoads(study)
  const ofBaseline = loads.filter((load) => isSameConfiguration(load.configuration, study.plan.baseline))
  if (ofBaseline.length === 0) return []
  const baselineCost = meanCost(study, goal, ofBaseline)
  const limit = turnLimitSeconds(goal, mean(ofBaseline.map((load) => load.turnSeconds))) ?? Infinity
  return groupByConfiguration(loads)
    .flatMap((loads): Rival[] => {
      const configuration = loads[0]?.configuration
      if (!configuration || isSameConfiguration(effectiveConfiguration(study, configuration), study.plan.baseline))
        return []
      if (isUnreliable(study, configuration)) return []
      if (mean(loads.map((load) => load.turnSeconds)) > limit) return []
      return [{ configuration, loads, logRatio: Math.log(baselineCost / meanCost(study, goal, loads)) }]
    })
    .toSorted((a, b) => b.logRatio - a.logRatio)
}

/**
 * What the confirmation is about: the candidate it began with or, before that, what the sampler recommends, else the
 * best rival. Either must look better by what would make a change worthwhile: as the best of many noisy figures
 * flatters itself, one that shows less would not be adopted after a fair comparison, and one whose lead is within the
 * noise is not worth the loads. Among these the one that changes fewer settings is taken if the others do not earn
 * their keep.
 */
export function confirmationCandidate(study: Study, recommend: () => Configuration): Configuration | null {
  const begun = confirmedConfiguration(study)
  if (begun) return begun
  const { goal } = study.request
  const worthwhile = rivals(study, goal).filter((rival) => isPromising(study, goal, rival))
  const [best] = worthwhile
  if (!best) return null
  const recommended = recommend()
  const start = worthwhile.find(({ configuration }) => isSameConfiguration(configuration, recommended)) ?? best
  return worthwhile.reduce((kept, rival) => (isPreferable(study, rival, kept) ? rival : kept), start).configuration
}

/** The settings in which a configuration differs from the user's own. */
export function changedNames(study: Study, configuration: Configuration): ParameterName[] {
  return parameterNames.filter((name) => configuration[name] !== study.plan.baseline[name])
}

/** What a setting has to gain to be worth changing beside others, nats: less than this no one would notice. */
const worthOfSetting = 0.01

/** Standard errors by which a lead must exceed that worth, or else it may be chance. */
const doubt = 0.75

/** Each changed setting has to be worth a change by itself: simpler wins unless it loses that much for each. */
function isPreferable(study: Study, rival: Rival, kept: Rival): boolean {
  const fewer = changedNames(study, kept.configuration).length - changedNames(study, rival.configuration).length
  if (fewer <= 0) return false
  const { goal, loadSpread, repetitionDeviation } = evidenceBefore(study, study.request.goal)
  const { variance } = pool(priorSpread(goal, repetitionDeviation), loadSpread)
  const error = Math.sqrt(variance * (1 / rival.loads.length + 1 / kept.loads.length))
  return rival.logRatio >= kept.logRatio - fewer * worthOfSetting - doubt * error
}

/** The candidate of a confirmation that has begun. */
export function confirmedConfiguration(study: Study): Configuration | null {
  return study.trials.find(({ purpose }) => purpose === 'confirmCandidate')?.configuration ?? null
}

export function isWorthwhile(goal: GoalKind, rival: Rival): boolean {
  return gainPercent(goal, rival.logRatio) >= smallestWorthwhileGainPercent
}

/** Loads spent on a confirmation that has a smaller chance than this of proving anything are wasted. */
const leastChance = 0.15

/** Whether it is worth the loads to compare a rival with the baseline: a confirmation might well prove it better. */
export function isPromising(study: Study, goal: GoalKind, rival: Rival): boolean {
  const loads = { baseline: baselineLoads(study).length, candidate: rival.loads.length }
  return (
    isWorthwhile(goal, rival) && chanceOfConfirmation(evidenceBefore(study, goal), rival.logRatio, loads) >= leastChance
  )
}

/** A confirmation should succeed with this chance if the best rival is as good as it looks. */
const wishedChance = 0.8

/**
 * Pairs of loads that the search leaves time for: as many as it takes to prove the best rival by its measured lead
 * amid the noise seen so far; the usual number where no rival leads, or no number would do.
 */
export function pairsToReserve(study: Study): number {
  const { goal, budget } = study.request
  const [best] = rivals(study, goal)
  if (!best) return usualConfirmPairs
  const evidence = evidenceBefore(study, goal)
  const loads = { baseline: baselineLoads(study).length, candidate: best.loads.length }
  for (let pairs = usualConfirmPairs; pairs <= budgetFor(budget).confirmPairs; pairs += 1) {
    if (chanceOfConfirmation({ ...evidence, mostPairs: pairs }, best.logRatio, loads) >= wishedChance) return pairs
  }
  return usualConfirmPairs
}

/** What is known of the noise before any pairs. */
function evidenceBefore(study: Study, goal: GoalKind): Omit<Evidence, 'pairs' | 'turnPairs' | 'isCutShort'> {
  const isEarlier = ({ purpose }: MeasuredLoad) => !purpose.startsWith('confirm')
  const { repetitionDeviation, loadMedian } = noiseOf(study, goal, driftFreeLoads(study).filter(isEarlier))
  return {
    goal,
    loadSpread: loadMedian,
    repetitionDeviation,
    earlierBaselineCosts: baselineLoads(study)
      .filter((load) => isEarlier(load) && !load.stoppedEarly)
      .map((load) => objectiveCost(goal, load, study.plan.workload)),
    mostPairs: budgetFor(study.request.budget).confirmPairs,
  }
}

/**
 * Loads of both arms of the confirmation, the k-th of one beside the k-th of the other. Only loads under the same power
 * make a pair.
 */
export function confirmedPairs(study: Study): { baseline: MeasuredLoad; candidate: MeasuredLoad }[] {
  const ofPurpose = (purpose: TrialPurpose) => measuredLoads(study).filter((load) => load.purpose === purpose)
  const candidates = ofPurpose('confirmCandidate')
  return ofPurpose('confirmBaseline').flatMap((baseline) => {
    const index = candidates.findIndex(({ power }) => power === baseline.power)
    const [candidate] = index === -1 ? [] : candidates.splice(index, 1)
    return candidate ? [{ baseline, candidate }] : []
  })
}

/**
 * What the pairs measured so far say of the candidate. The spread between loads of equal settings, seen before the
 * confirmation, is evidence as well: the first pair would otherwise say nothing about noise.
 */
export function decideByPairs(study: Study, goal: GoalKind): Decision {
  const pairs = confirmedPairs(study)
  const costOf = (load: MeasuredLoad) => objectiveCost(goal, load, study.plan.workload)
  const pairsOf = (value: (load: MeasuredLoad) => number) =>
    pairs.map(({ baseline, candidate }) => ({ baselineCost: value(baseline), candidateCost: value(candidate) }))
  return decide({
    ...evidenceBefore(study, goal),
    pairs: pairsOf(costOf),
    isCutShort: pairs.some(({ baseline, candidate }) => baseline.stoppedEarly || candidate.stoppedEarly),
    turnPairs: pairsOf((load) => load.turnSeconds),
  })
}

/**
 * Whose turn it is: the candidate's and the baseline's in ABBA order, so that drift favours neither. The candidate
 * comes first of all, which puts into the journal what the confirmation is about. After the power changed, pairs begin
 * anew.
 */
export function nextArm(study: Study): 'confirmBaseline' | 'confirmCandidate' {
  const present = presentPower(study)
  const count = (purpose: TrialPurpose) =>
    measuredLoads(study).filter((load) => load.purpose === purpose && load.power === present).length
  const baselines = count('confirmBaseline')
  const candidates = count('confirmCandidate')
  if (baselines !== candidates) return baselines < candidates ? 'confirmBaseline' : 'confirmCandidate'
  return candidates % 2 === 0 ? 'confirmCandidate' : 'confirmBaseline'
}
