import { draftSteps, type DraftStep } from '../state/location.ts'
import { visibleDraftStep, type WizardStep } from '../state/steps.ts'
import { useAttune } from '../state/use-attune.ts'
import { useFocusHeading } from '../ui/browser/focus-heading.ts'
import { ComputerStep } from './computer/computer-step.tsx'
import { GoalStep } from './goal/goal-step.tsx'
import { ModelStep } from './model/model-step.tsx'
import { PlanStep } from './plan/plan-step.tsx'
import { StepsNav } from './steps-nav.tsx'

/** The steps up to the start of a study. The address asks for one; the choices made say how far it may go. */
export function DraftWizard({ asked }: { asked: DraftStep }) {
  const draft = useAttune((state) => state.draft)
  const step = visibleDraftStep(asked, draft)
  useFocusHeading(step)
  const linkTo = (other: WizardStep) => {
    const known = draftSteps.find((candidate) => candidate === other)
    if (known === undefined) return null
    return visibleDraftStep(known, draft) === known ? ({ page: 'new', step: known } as const) : null
  }
  return (
    <>
      <StepsNav current={step} linkTo={linkTo} />
      <CurrentStep step={step} />
    </>
  )
}

function CurrentStep({ step }: { step: DraftStep }) {
  switch (step) {
    case 'computer':
      return <ComputerStep />
    case 'model':
      return <ModelStep />
    case 'goal':
      return <GoalStep />
    case 'plan':
      return <PlanStep />
  }
}
