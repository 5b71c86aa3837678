import { median } from 'simple-statistics'
import type { Statement } from '../../../preload/contract/estimate.ts'
import type { Study, StudyProgress } from '../../../preload/contract/study.ts'
import type { Trial } from '../../../preload/contract/trial.ts'
import { budgetFor, usualConfirmPairs } from '../goals.ts'

/** Seconds that each finished trial took by the wall clock; those cut off or skipped say nothing. */
export function trialSeconds(study: Study): number[] {
  return study.trials.flatMap(({ startedAt, finishedAt, outcome }) => {
    if (finishedAt === null || outcome === null || outcome.kind === 'skipped') return []
    return [Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)]
  })
}

/** How many of the trials count against the budget: all but those that were skipped. */
export function spentLoads(trials: readonly Trial[]): number {
  return trials.filter(({ outcome }) => outcome?.kind !== 'skipped').length
}

/**
 * How many trials the study will have in all, by what is known now: what the budget allows, less what the search did
 * not use up, and no fewer than there are.
 */
export function expectedTrials(study: Study): number {
  if (study.phase === 'done') return Math.max(1, study.trials.length)
  const budget = budgetFor(study.request.budget)
  const skipped = study.trials.length - spentLoads(study.trials)
  const searched = study.trials.filter(({ purpose }) => purpose === 'search' || purpose === 'sentinel').length
  // A space smaller than the budget is searched to its end; the sentinels in between hardly count.
  const search = study.searchEnded === null ? Math.min(budget.searchLoads, study.plan.candidateCount - 1) : searched
  return Math.max(1, study.trials.length, budget.baselineLoads + search + 2 * usualConfirmPairs + skipped)
}

/**
 * Where the study is.
 *
 * @param sinceSeconds seconds that the running trial has taken so far.
 */
export function studyProgress(study: Study, activity: Statement, sinceSeconds: number): StudyProgress {
  const finished = trialSeconds(study)
  const expected = expectedTrials(study)
  const done = study.trials.filter(({ outcome }) => outcome !== null).length
  const elapsed = study.activeSeconds + sinceSeconds
  const allowed = study.plan.maximumMinutes * 60 - elapsed
  const remaining = finished.length === 0 ? null : (expected - done) * median(finished) - sinceSeconds
  return {
    trialNumber: study.trials.length,
    expectedTrials: expected,
    elapsedSeconds: elapsed,
    remainingSeconds: remaining === null ? null : Math.max(0, Math.min(allowed, remaining)),
    activity,
  }
}
