import type { Study } from '../../preload/contract/study.ts'
import { studySteps, type StudyStep } from '../state/location.ts'
import { visibleStudyStep, type WizardStep } from '../state/steps.ts'
import { useActions, useAttune } from '../state/use-attune.ts'
import { useText } from '../text/use-text.ts'
import { useFocusHeading } from '../ui/browser/focus-heading.ts'
import { RemoteView } from '../ui/layout/remote-view.tsx'
import { Step } from '../ui/layout/step.tsx'
import { ResultStep } from './result/result-step.tsx'
import { RunStep } from './run/run-step.tsx'
import { SaveStep } from './save/save-step.tsx'
import { StepsNav } from './steps-nav.tsx'

/** The steps that show a study, under way or long finished. */
export function StudyWizard({ id, asked }: { id: string; asked: StudyStep | null }) {
  const { words } = useText()
  const { openStudy } = useActions()
  const remote = useAttune((state) => state.openStudy)
  const step = remote.kind === 'ready' ? visibleStudyStep(asked, remote.value) : (asked ?? 'run')
  useFocusHeading(`${id} ${step} ${remote.kind === 'ready' ? progressMark(remote.value) : ''}`)
  const linkTo = (other: WizardStep) => {
    const known = studySteps.find((candidate) => candidate === other)
    if (known === undefined || remote.kind !== 'ready') return null
    return visibleStudyStep(known, remote.value) === known ? ({ page: 'study', id, step: known } as const) : null
  }
  return (
    <>
      <StepsNav current={step} linkTo={linkTo} />
      {remote.kind === 'ready' ? (
        <CurrentStep step={step} study={remote.value} />
      ) : (
        <Step heading={asked === null ? words.steps.study : words.steps.names[step]}>
          <RemoteView remote={remote} onRetry={() => void openStudy(id)} placeholderRem={20}>
            {() => null}
          </RemoteView>
        </Step>
      )}
    </>
  )
}

/** Changes when pausing, saving or undoing has replaced the button that was pressed, and the focus needs a new place. */
function progressMark({ state, certificates }: Study): string {
  return `${state} ${certificates.filter((certificate) => certificate.undoneAt === null).length}`
}

function CurrentStep({ step, study }: { step: StudyStep; study: Study }) {
  switch (step) {
    case 'run':
      return <RunStep study={study} />
    case 'result':
      return <ResultStep study={study} />
    case 'save':
      return <SaveStep study={study} />
  }
}
