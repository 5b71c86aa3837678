import { median } from 'simple-statistics'
import type { Statement } from '../../../preload/contract/estimate.ts'
import type { Study, StudyProgress } from '../../../preload/contract/study.ts'
import { budgetFor } from '../goals.ts'

/** Seconds that each finished trial took by the wall clock; those cut off or skipped say nothing. */
export function trialSeconds(study: Study): number[] {
  return study.trials.flatMap(({ startedAt, finishedAt, outcome }) => {
    if (finishedAt === null || outcome === null || outcome.kind === 'skipped') return []
    return [Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)]
  })
}

/** Trials that count against the budget: all but those that were skipped. */
export function spentLoads(study: Study): number {
  return study.trials.filter(({ outcome }) => outcome?.kind !== 'skipped').length
}

/**
 * How many trials the study will have in all, by what is known now: all that the budget allows, less what the search
 * did not use up, and no fewer than there are.
 */
export function expectedTrials(study: Study): number {
  const { baselineLoads, searchLoads, confirmPairs } = budgetFor(study.request.budget)
  const skipped = study.trials.length - spentLoads(study)
  const ofPhase = (purposes: readonly string[]) =>
    study.trials.filter(({ purpose }) => purposes.includes(purpose)).length
  // A space smaller than the budget is searched to its end; the sentinels in between hardly count.
  const search =
    study.searchEnded === null ? Math.min(searchLoads, study.plan.candidateCount - 1) : ofPhase(['search', 'sentinel'])
  const expected = baselineLoads + search + 2 * confirmPairs + skipped
  return study.phase === 'done' ? Math.max(1, study.trials.length) : Math.max(1, expected, study.trials.length)
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
  const remaining = finished.length === 0 ? null : Math.max(0, (expected - done) * median(finished) - sinceSeconds)
  return {
    trialNumber: study.trials.length,
    expectedTrials: expected,
    elapsedSeconds: study.activeSeconds + sinceSeconds,
    remainingSeconds: remaining,
    activity,
  }
}
