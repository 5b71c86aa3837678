import type { GoalKind } from '../contract/goal.ts'
import type { StudyState } from '../contract/study.ts'
import type { TrialOutcome, TrialPurpose } from '../contract/trial.ts'

/** Words for studies that the window, the page of a report and the command line have in common. */
export interface StudyWords {
  trial: string
  purpose: string
  purposes: Record<TrialPurpose, string>
  outcomes: Record<TrialOutcome['kind'] | 'running', string>
  /** Title of the notice that a study is over, or of how else it stands. */
  notice: Record<StudyState, (model: string) => string>
  settings: string
  figure: string
  figures: { turn: string; ttft: string; decode: string; prefill: string; memory: string }
  /** Tokens per second, written short. */
  tokensPerSecond: string
  /** Name and unit of the figure that a goal makes better. */
  axes: Record<GoalKind, string>
  measured: string
  beforeAfter: string
  before: string
  after: string
  changes: string
  /** Between a value and the one that takes its place. */
  becomes: string
  kept: string
  untested: string
  notes: string
}
