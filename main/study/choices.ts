import { mean, median } from 'simple-statistics'
import type { Estimate, Statement } from '../../preload/contract/estimate.ts'
import type { GoalKind } from '../../preload/contract/goal.ts'
import { parameterNames, type Configuration, type MemoryEstimate } from '../../preload/contract/model.ts'
import type { MeasuredChoice, Study } from '../../preload/contract/study.ts'
import type { OkOutcome, TrialOutcome, TrialPurpose } from '../../preload/contract/trial.ts'
import { isOfPower } from '../hardware/conditions/conditions.ts'
import { countedRepetitions, displayedObjective, objectiveCost, turnSeconds } from '../search/objective.ts'
import { pool, priorSpread } from '../search/load-spread.ts'
import { pooledVariance, ratioEstimate } from '../statistics/statistics.ts'

/** What one load measured: medians of its counted repetitions, which a hiccup in one of them does not move. */
export interface LoadFigures {
  ttftSeconds: number
  prefillTokensPerSecond: number
  decodeTokensPerSecond: number
  turnSeconds: number
  loadSeconds: number
  memory: MemoryEstimate
}

/** One load that was measured. */
export interface MeasuredLoad extends LoadFigures {
  configuration: Configuration
  purpose: TrialPurpose
  /** Middle of the trial, seconds of trials since the study began. */
  atSeconds: number
  /** The counted repetitions; one alone if the load was cut short. */
  repetitions: OkOutcome['repetitions']
  stoppedEarly: boolean
  /** How the computer was fed; loads under different power are not compared one by one. */
  power: string
}

export function isSameConfiguration(a: Configuration, b: Configuration): boolean {
  return parameterNames.every((name) => a[name] === b[name])
}

/**
 * The study's successful loads in the order in which they ran. Shortened trials are left out: they tell the sampler
 * what to measure in full, and their figures are too rough for anything else. So are loads from before the
 * workload was shortened: their prompts were longer.
 */
export function measuredLoads(study: Study): MeasuredLoad[] {
  const times = middleSeconds(study)
  return study.trials.flatMap(({ configuration, fidelity, purpose, outcome }, index): MeasuredLoad[] => {
    if (outcome?.kind !== 'ok' || fidelity || !isOfPresentWorkload(study, outcome)) return []
    const { stoppedEarly } = outcome
    const repetitions = countedRepetitions(outcome)
    const atSeconds = times[index] ?? 0
    return [
      {
        configuration,
        purpose,
        atSeconds,
        repetitions,
        stoppedEarly,
        power: powerOf(outcome),
        ...loadFigures(study, outcome),
      },
    ]
  })
}

/** How the computer was fed during a trial: equal texts mean the same way. Mains where nobody looked. */
function powerOf(outcome: TrialOutcome | null): string {
  return (conditionsDuring(outcome) ?? [])
    .filter(isOfPower)
    .map(({ code }) => code)
    .toSorted()
    .join()
}

/** How the computer was fed when it was last looked at. */
export function presentPower({ trials }: Study): string {
  return powerOf(trials.findLast(({ outcome }) => conditionsDuring(outcome) !== null)?.outcome ?? null)
}

/** What bore on the speed of a trial; null where nobody looked. */
export function conditionsDuring(outcome: TrialOutcome | null): Statement[] | null {
  return outcome?.kind === 'ok' || outcome?.kind === 'interference' ? (outcome.conditions ?? null) : null
}

/** Calibration of prompts leaves them within this factor of what was asked. */
const promptTolerance = 1.5

/**
 * Whether a load was measured with the workload that the study has now: one that was shortened meanwhile is another.
 * Warm-ups do not tell: their prompts are made before the model's tokens are known.
 */
export function isOfPresentWorkload({ plan }: Study, outcome: OkOutcome): boolean {
  const longest = promptTolerance * plan.workload.promptTokens
  return countedRepetitions(outcome).every(({ promptTokens }) => promptTokens <= longest)
}

/** Middle of each trial, seconds of trials since the study began: pauses let a computer rest and do not count. */
export function middleSeconds({ trials }: Study): number[] {
  let worked = 0
  return trials.map(({ startedAt, finishedAt }) => {
    const seconds = finishedAt === null ? 0 : Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)
    worked += seconds
    return worked - seconds / 2
  })
}

export function loadFigures(study: Study, outcome: OkOutcome): LoadFigures {
  const repetitions = countedRepetitions(outcome)
  const medianOf = (value: (repetition: OkOutcome['repetitions'][number]) => number) => median(repetitions.map(value))
  return {
    ttftSeconds: medianOf((repetition) => repetition.ttftSeconds),
    prefillTokensPerSecond: medianOf((repetition) => repetition.prefillTokensPerSecond),
    decodeTokensPerSecond: medianOf((repetition) => repetition.decodeTokensPerSecond),
    turnSeconds: medianOf((repetition) => turnSeconds(repetition, study.plan.workload)),
    loadSeconds: outcome.load.loadSeconds,
    memory: outcome.load.memory,
  }
}

/** Loads grouped by configuration, in order of first appearance. */
export function groupByConfiguration(loads: readonly MeasuredLoad[]): MeasuredLoad[][] {
  const groups: MeasuredLoad[][] = []
  for (const load of loads) {
    const group = groups.find(([first]) => first && isSameConfiguration(first.configuration, load.configuration))
    if (group) group.push(load)
    else groups.push([load])
  }
  return groups
}

/**
 * A configuration with its estimates over loads: equal settings differ from load to load by more than within one, so
 * a load counts as one observation however many repetitions it had. How much loads differ is told by all of the study
 * that were repeated, as two or three alone say little.
 */
export function summarise(study: Study, goal: GoalKind, loads: readonly MeasuredLoad[]): MeasuredChoice {
  const first = loads[0]
  if (!first) throw new RangeError('a choice needs at least one load')
  const over = estimatesOver(study, loads)
  return {
    configuration: first.configuration,
    loads: loads.length,
    turnSeconds: over((load) => load.turnSeconds),
    ttftSeconds: over((load) => load.ttftSeconds),
    prefillTokensPerSecond: over((load) => load.prefillTokensPerSecond),
    decodeTokensPerSecond: over((load) => load.decodeTokensPerSecond),
    memory: {
      ramMiB: mean(loads.map((load) => load.memory.ramMiB)),
      vramMiB: mean(loads.map((load) => load.memory.vramMiB)),
    },
    objective: over((load) => displayedObjective(goal, objectiveCost(goal, load, study.plan.workload)), goal),
    isParetoOptimal: false,
  }
}

/** Estimates over these loads, of one configuration, with what the whole study tells of how loads differ. */
export function estimatesOver(study: Study, loads: readonly LoadFigures[]) {
  const groups = groupByConfiguration(measuredLoads(study))
  return (value: (load: LoadFigures) => number, goal: GoalKind = 'chat'): Estimate => {
    const seen = pooledVariance(groups.map((own) => own.map((load) => Math.log(value(load)))))
    return ratioEstimate(loads.map(value), pool(priorSpread(goal, null), seen))
  }
}

/**
 * Whether a configuration cannot be relied upon, however fast another load of it was: it ran out of memory, spilled,
 * timed out or went down with the computer once, or failed twice. A single failure may be an accident, a daemon that was restarted for instance.
 */
export function isUnreliable(study: Study, configuration: Configuration): boolean {
  const outcomes = study.trials
    .filter((trial) => isSameConfiguration(trial.configuration, configuration))
    .map(({ outcome }) => outcome)
  const kinds = outcomes.map((outcome) => outcome?.kind)
  return (
    outcomes.some((outcome) => outcome?.kind === 'skipped' && outcome.isCutOff) ||
    kinds.some((kind) => kind === 'outOfMemory' || kind === 'spill' || kind === 'timeout') ||
    kinds.filter((kind) => kind === 'failed').length >= 2
  )
}
