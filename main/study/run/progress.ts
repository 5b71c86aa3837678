import type { Statement } from '../../../preload/contract/estimate.ts'
import type { Study, StudyProgress } from '../../../preload/contract/study.ts'
import type { Trial } from '../../../preload/contract/trial.ts'
import { loadsLeft, remainingSeconds, secondsTaken } from './remaining.ts'

/** Seconds that each finished trial took by the wall clock; those cut off or skipped say nothing. */
export function trialSeconds(study: Study): number[] {
  return study.trials.filter(({ outcome }) => outcome !== null && outcome.kind !== 'skipped').flatMap(secondsTaken)
}

/** How many of the trials count against the budget: all but those that were skipped. */
export function spentLoads(trials: readonly Trial[]): number {
  return trials.filter(({ outcome }) => outcome?.kind !== 'skipped').length
}

/** How many trials the study will have in all, by what is known now. */
export function expectedTrials(study: Study): number {
  const { baseline, search, confirm } = loadsLeft(study)
  return Math.max(1, study.trials.length + Math.round(baseline + search + confirm))
}

/**
 * Where the study is.
 *
 * @param sinceSeconds seconds that the running trial has taken so far.
 */
export function studyProgress(study: Study, activity: Statement, sinceSeconds: number): StudyProgress {
  const elapsed = study.activeSeconds + sinceSeconds
  const allowed = Math.max(0, study.plan.maximumMinutes * 60 - elapsed)
  const remaining = remainingSeconds(study, sinceSeconds)
  return {
    trialNumber: study.trials.length,
    expectedTrials: expectedTrials(study),
    elapsedSeconds: elapsed,
    remainingSeconds: remaining === null ? null : Math.min(allowed, remaining),
    activity,
  }
}
