import type { Study } from '../../preload/contract/study.ts'
import type { Draft } from './draft.ts'
import { draftSteps, studySteps, type DraftStep, type StudyStep } from './location.ts'

export type WizardStep = DraftStep | StudyStep
export const wizardSteps: readonly WizardStep[] = [...draftSteps, ...studySteps]

/** The furthest step that the choices made so far allow. Looking at the computer is no choice. */
export function reachedDraftStep(draft: Draft): DraftStep {
  if (!draft.isModelChosen) return 'model'
  return draft.isGoalChosen ? 'plan' : 'goal'
}

/** The step that a study calls for: its result once there is one, else the measuring. */
export function reachedStudyStep(study: Study): StudyStep {
  return hasResult(study) ? 'result' : 'run'
}

/** The step to show: what the address asks for, as far as the facts allow it. */
export function visibleDraftStep(asked: DraftStep, draft: Draft): DraftStep {
  return earlier(draftSteps, asked, reachedDraftStep(draft))
}

/** As `visibleDraftStep`; a study with a result may also be saved. */
export function visibleStudyStep(asked: StudyStep | null, study: Study): StudyStep {
  if (asked === null) return reachedStudyStep(study)
  return earlier(studySteps, asked, hasResult(study) ? 'save' : 'run')
}

/** Is the study under way in this process, or waiting to go on? */
export function isActive(study: Study): boolean {
  return study.state === 'running' || study.state === 'paused'
}

function hasResult(study: Study): boolean {
  return study.report !== null && (study.state === 'finished' || study.state === 'stopped')
}

function earlier<T>(order: readonly T[], one: T, other: T): T {
  return order.indexOf(one) <= order.indexOf(other) ? one : other
}
