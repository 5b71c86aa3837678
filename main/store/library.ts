import type { Study, StudySummary } from '../../preload/contract/study.ts'

/** One line of the library. `tags`: those registered and not undone. */
export function summariseStudy(study: Study): StudySummary {
  const { id, createdAt, updatedAt, state, activeSeconds, request, daemon, model, trials, report, certificates } = study
  return {
    id,
    createdAt,
    updatedAt,
    state,
    activeSeconds,
    model: model.ref,
    goal: request.goal,
    trialCount: trials.length,
    daemonVersion: daemon.version,
    verdict: report?.verdict ?? null,
    speeds: report && { before: report.baseline.decodeTokensPerSecond, after: report.best.decodeTokensPerSecond },
    tags: certificates.filter(({ undoneAt }) => undoneAt === null).map(({ tag }) => tag),
  }
}

/** Newest first; studies begun at the same instant by their id, so that the order is always the same. */
export function byNewest(a: Pick<Study, 'createdAt' | 'id'>, b: Pick<Study, 'createdAt' | 'id'>): number {
  return b.createdAt.localeCompare(a.createdAt) || a.id.localeCompare(b.id)
}
