import { median } from 'simple-statistics'
import type { ErrorReport } from '../../../preload/contract/errors.ts'
import type { Reason } from '../../../preload/contract/estimate.ts'
import type { Workload } from '../../../preload/contract/goal.ts'
import type { Configuration, ParameterName } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { Fidelity, Trial, TrialPurpose } from '../../../preload/contract/trial.ts'
import type { Sampler } from '../../search/types.ts'
import { isSameConfiguration, isUnreliable, measuredLoads, presentPower } from '../choices.ts'
import {
  baselineLoads,
  changedNames,
  confirmationCandidate,
  confirmedConfiguration,
  confirmedPairs,
  decideByPairs,
  nextArm,
  pairsToReserve,
} from '../confirmation.ts'
import { tagPart } from '../environment.ts'
import { budgetFor, sentinelEvery, shorterWorkload, timesHalved, usualConfirmPairs } from '../goals.ts'
import type { StudyCode, StudyReason } from '../../words/study.ts'
import { spentLoads, trialSeconds } from './progress.ts'
import { findDeadParameter, type DeadParameter } from './visible-effects.ts'
import { guardForComparison, guardForReason, guardTurnSeconds, halvingsToPass } from './time-guard.ts'

export interface TrialStep {
  kind: 'trial'
  purpose: TrialPurpose
  configuration: Configuration
  reason: Reason
  abandonAboveTurnSeconds: number | null
  /** A shorter trial suffices; absent: measure in full. */
  fidelity?: Fidelity | undefined
}

export type Step =
  | TrialStep
  | { kind: 'shortenWorkload'; workload: Workload }
  | { kind: 'enterPhase'; phase: 'search' | 'confirm' }
  | { kind: 'leaveAlone'; parameter: DeadParameter }
  | { kind: 'endSearch'; reason: Reason }
  | { kind: 'finish' }
  | { kind: 'fail'; failure: ErrorReport }

/** A trial that others disturbed is repeated at most so many times in a row. */
const repeatsAfterInterference = 2
/** So many trials in a row without an answer mean that the engine, not the settings, is broken. */
const failuresInARow = 4
/** Attempts beyond the planned ones that the baseline and the confirmation are given. */
const spareAttempts = 3

/**
 * What to do next, derived from the journal alone (and from the sampler while searching): a study that was cut off
 * at any instant goes on by asking this again.
 */
export function nextStep(study: Study, sampler: Sampler): Step {
  const last = study.trials.at(-1)
  if (trailing(study, ({ outcome }) => outcome?.kind === 'failed') >= failuresInARow) {
    return { kind: 'fail', failure: failureOf(last) }
  }
  switch (study.phase) {
    case 'baseline':
      return disturbed(study) ?? baselineStep(study)
    case 'search':
      return disturbed(study) ?? searchStep(study, sampler)
    case 'confirm':
      return confirmStep(study, sampler)
    case 'done':
      return { kind: 'finish' }
  }
}

function baselineStep(study: Study): Step {
  const planned = budgetFor(study.request.budget).baselineLoads
  const measured = measuredLoads(study).length
  const outOfMemory = study.trials.filter(({ outcome }) => outcome?.kind === 'outOfMemory').length
  const shorter = shorterWorkloadFor(study)
  if (shorter) return { kind: 'shortenWorkload', workload: shorter }
  const isGivenUp = spentLoads(study.trials) >= planned + spareAttempts || outOfMemory >= 2 || isTimeUp(study)
  if (measured >= planned || (isGivenUp && measured > 0)) return { kind: 'enterPhase', phase: 'search' }
  if (isGivenUp) return { kind: 'fail', failure: failureOf(study.trials.at(-1)) }
  const reason: StudyReason = {
    code: measured === 0 ? 'study.baselineFirst' : 'study.baselineAgain',
    values: { number: measured + 1, planned },
  }
  return baselineTrial(study, 'baseline', reason)
}

/** Halvings for settings that gave no figures in time: how slow they are is not known. */
const halvingsAfterTimeout = 2

/**
 * A shorter workload for the whole study, where the user's own settings do not get through a whole answer in time, or
 * get through it so slowly that every answer would be cut short. Where they are far slower than that the settings are
 * to blame rather than the model: better ones will get through.
 */
function shorterWorkloadFor(study: Study): Workload | null {
  const { workload } = study.plan
  const timeouts = study.trials.filter(({ outcome }) => outcome?.kind === 'timeout').length
  if (halvingsAfterTimeout * timeouts > timesHalved(study)) return shorterWorkload(workload, halvingsAfterTimeout)
  const last = measuredLoads(study).at(-1)
  const halvings = last?.stoppedEarly ? halvingsToPass(study, last.turnSeconds) : 0
  return halvings > 0 ? shorterWorkload(workload, halvings) : null
}

function searchStep(study: Study, sampler: Sampler): Step {
  if (study.searchEnded !== null) {
    const candidate = confirmationCandidate(study, () => sampler.recommend())
    if (candidate === null) return { kind: 'finish' }
    return reasonStep(study, candidate) ?? { kind: 'enterPhase', phase: 'confirm' }
  }
  const dead = findDeadParameter(study)
  if (dead) return { kind: 'leaveAlone', parameter: dead }
  const { searchLoads } = budgetFor(study.request.budget)
  const spent = spentLoads(study.trials.filter(({ purpose }) => purpose !== 'baseline'))
  if (spent >= searchLoads) return { kind: 'endSearch', reason: { code: 'study.loadsSpent', values: { loads: spent } } }
  if (isTimeUp(study, 2 * pairsToReserve(study))) {
    return { kind: 'endSearch', reason: { code: 'study.timeSpent', values: { minutes: study.plan.maximumMinutes } } }
  }
  if (hasNewPower(study)) return baselineTrial(study, 'sentinel', { code: 'study.sentinelOfPower', values: {} })
  if (trailing(study, ({ purpose }) => purpose === 'search') >= sentinelEvery) {
    return baselineTrial(study, 'sentinel', { code: 'study.sentinel', values: {} })
  }
  const suggestion = sampler.ask()
  if (suggestion.kind === 'stop') return { kind: 'endSearch', reason: suggestion.reason }
  const guard = guardTurnSeconds(study)
  const abandonAboveTurnSeconds = Math.min(guard, suggestion.abandonAboveTurnSeconds ?? guard)
  return { ...suggestion, purpose: 'search', abandonAboveTurnSeconds }
}

const reasonCode = 'study.isWorthIt' satisfies StudyCode

/**
 * Where the candidate changes several settings: the candidate as a tag alone would bring it, where it needs another
 * environment, and the candidate with one of them as it was. This gives every change its measured reason, and finds
 * changes that are none.
 */
function reasonStep(study: Study, candidate: Configuration): TrialStep | null {
  const changed = changedNames(study, candidate)
  const { reasonLoads } = budgetFor(study.request.budget)
  const done = study.trials.filter(({ reason }) => reason.code === reasonCode).length
  if (changed.length < 2 || isTimeUp(study, 2 * usualConfirmPairs)) return null
  const isUntried = (configuration: Configuration) =>
    study.trials.every((trial) => trial.fidelity || !isSameConfiguration(trial.configuration, configuration))
  const step = (configuration: Configuration, reason: StudyReason): TrialStep => {
    const abandonAboveTurnSeconds = guardForReason(study, candidate)
    return { kind: 'trial', purpose: 'search', configuration, reason, abandonAboveTurnSeconds }
  }
  const tagAlone = tagPart(study, candidate)
  if (isUntried(tagAlone)) return step(tagAlone, { code: 'study.tagAlone', values: {} })
  const without = (name: ParameterName) => ({ ...candidate, [name]: study.plan.baseline[name] })
  const name = done >= reasonLoads ? undefined : changed.find((name) => isUntried(without(name)))
  return name === undefined ? null : step(without(name), { code: reasonCode, values: { name } })
}

function confirmStep(study: Study, sampler: Sampler): Step {
  const { confirmPairs } = budgetFor(study.request.budget)
  const candidate = confirmationCandidate(study, () => sampler.recommend())
  const trials = study.trials.filter(({ purpose }) => purpose === 'confirmBaseline' || purpose === 'confirmCandidate')
  const pairs = confirmedPairs(study).length
  const isSpent = pairs >= confirmPairs || spentLoads(trials) >= 2 * confirmPairs + spareAttempts || isTimeUp(study)
  if (
    candidate === null ||
    isSpent ||
    isUnreliable(study, candidate) ||
    decideByPairs(study, study.request.goal).settled
  ) {
    return { kind: 'finish' }
  }
  const repeat = disturbed(study)
  if (repeat) return repeat
  const values = { pair: pairs + 1, planned: confirmPairs }
  const abandonAboveTurnSeconds = guardForComparison(study, study.plan.baseline, candidate)
  const purpose = nextArm(study)
  return purpose === 'confirmBaseline'
    ? { ...baselineTrial(study, purpose, { code: 'study.confirmBaseline', values }), abandonAboveTurnSeconds }
    : {
        kind: 'trial',
        purpose,
        configuration: candidate,
        reason: { code: 'study.confirmCandidate', values },
        abandonAboveTurnSeconds,
      }
}

/** Whether the computer was plugged in or unplugged since the user's own settings were last measured. */
function hasNewPower(study: Study): boolean {
  const [last] = baselineLoads(study).slice(-1)
  return last !== undefined && last.power !== presentPower(study) && study.trials.at(-1)?.purpose !== 'sentinel'
}

function baselineTrial(study: Study, purpose: TrialPurpose, reason: StudyReason): TrialStep {
  const abandonAboveTurnSeconds = guardTurnSeconds(study)
  return { kind: 'trial', purpose, configuration: study.plan.baseline, reason, abandonAboveTurnSeconds }
}

/** The last trial once more if others disturbed it, unless it was repeated often enough. */
function disturbed(study: Study): TrialStep | null {
  const last = study.trials.at(-1)
  if (!last || last.outcome?.kind !== 'interference') return null
  const inARow = trailing(
    study,
    ({ outcome, configuration }) =>
      outcome?.kind === 'interference' && isSameConfiguration(configuration, last.configuration),
  )
  if (inARow > repeatsAfterInterference) return null
  const { purpose, configuration, fidelity } = last
  const reason: StudyReason = { code: 'study.repeatDisturbed', values: {} }
  const abandonAboveTurnSeconds = purpose.startsWith('confirm')
    ? guardForComparison(study, study.plan.baseline, confirmedConfiguration(study) ?? configuration)
    : guardTurnSeconds(study)
  return { kind: 'trial', purpose, configuration, reason, abandonAboveTurnSeconds, fidelity }
}

/** Whether the study's minutes are used up but for so many more loads. */
function isTimeUp(study: Study, reservedLoads = 0): boolean {
  const seconds = trialSeconds(study)
  const reserve = seconds.length === 0 ? 0 : reservedLoads * median(seconds)
  return study.activeSeconds + reserve >= study.plan.maximumMinutes * 60
}

/** How many trials at the end of the journal satisfy the predicate, without a gap. */
function trailing(study: Study, predicate: (trial: Trial) => boolean): number {
  const reversed = study.trials.toReversed()
  const end = reversed.findIndex((trial) => !predicate(trial))
  return end === -1 ? reversed.length : end
}

function failureOf(last: Trial | undefined): ErrorReport {
  const outcome = last?.outcome
  switch (outcome?.kind) {
    case 'outOfMemory':
      return {
        code: 'outOfMemory',
        message: 'The model does not fit in memory with its present settings.',
        hint: 'Choose a shorter context length or a smaller model, or close other programs.',
      }
    case 'timeout':
      return {
        code: 'timeout',
        message: `The present settings are too slow to be measured: ${outcome.message}`,
        hint: 'Choose a smaller model.',
      }
    case 'interference':
      return {
        code: 'daemonBusy',
        message: `The computer is too busy to measure anything: ${outcome.message}`,
        hint: 'Close other programs, then start the study again.',
      }
    case 'failed':
    case 'spill':
      return {
        code: 'engineCrashed',
        message: `The model server fails again and again: ${outcome.message}`,
        hint: 'Check that the model answers a simple question, then start the study again.',
      }
    case 'ok':
    case 'skipped':
    case undefined:
      return {
        code: 'timeout',
        message: 'The time for this study was used up before your present settings could be measured.',
        hint: 'Start a study with more time.',
      }
  }
}
