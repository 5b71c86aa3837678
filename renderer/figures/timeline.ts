import type { StudyPhase } from '../../preload/contract/study.ts'
import type { Trial, TrialPurpose } from '../../preload/contract/trial.ts'

/** What the seconds of a study, or of one trial, went into. */
export interface TimeShares {
  loading: number
  answering: number
  /** Trials without a figure; else unloading, and waiting for a quiet computer. */
  lost: number
}

/** One ended trial on the study's own clock, which stands still while the study is paused. */
export interface TimedTrial extends TimeShares {
  trial: Trial
  phase: StudyPhase
  startSeconds: number
}

const phases: Record<TrialPurpose, StudyPhase> = {
  baseline: 'baseline',
  search: 'search',
  sentinel: 'search',
  confirmBaseline: 'confirm',
  confirmCandidate: 'confirm',
}

/** Where the time of each ended trial went, in the order in which they ran. */
export function timelineOf(trials: readonly Trial[]): TimedTrial[] {
  let worked = 0
  return trials.flatMap((trial): TimedTrial[] => {
    const { startedAt, finishedAt, outcome, purpose } = trial
    if (finishedAt === null || outcome === null) return []
    const seconds = Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)
    const startSeconds = worked
    worked += seconds
    const [loading, answers] =
      outcome.kind === 'ok'
        ? [outcome.load.loadSeconds, outcome.repetitions.reduce((sum, { totalSeconds }) => sum + totalSeconds, 0)]
        : [0, 0]
    const answering = Math.min(answers, Math.max(0, seconds - loading))
    const lost = Math.max(0, seconds - loading - answering)
    return [{ trial, phase: phases[purpose], startSeconds, loading: Math.min(loading, seconds), answering, lost }]
  })
}

export function totalShares(timeline: readonly TimeShares[]): TimeShares {
  const total = (name: keyof TimeShares) => timeline.reduce((sum, shares) => sum + shares[name], 0)
  return { loading: total('loading'), answering: total('answering'), lost: total('lost') }
}
