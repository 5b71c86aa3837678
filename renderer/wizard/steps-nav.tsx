import { formatLocation, type Location } from '../state/location.ts'
import { wizardSteps, type WizardStep } from '../state/steps.ts'
import { useText } from '../text/use-text.ts'
import classes from './steps-nav.module.css'

interface StepsNavProps {
  current: WizardStep
  /** Where a step's name leads, null where it cannot be gone to. */
  linkTo: (step: WizardStep) => Location | null
}

/** Where in the seven steps this is, and the way back to those that can be gone back to. */
export function StepsNav({ current, linkTo }: StepsNavProps) {
  const { words } = useText()
  const position = wizardSteps.indexOf(current)
  return (
    <nav className={classes.nav} aria-label={words.steps.label}>
      <p className={classes.short} aria-hidden>
        {words.steps.position(position + 1, wizardSteps.length, words.steps.names[current])}
      </p>
      <ol className={classes.list}>
        {wizardSteps.map((step, index) => (
          <li key={step} className={classes.item}>
            <StepName
              label={words.steps.names[step]}
              place={index < position ? 'done' : index === position ? 'current' : 'ahead'}
              to={step === current ? null : linkTo(step)}
            />
          </li>
        ))}
      </ol>
    </nav>
  )
}

interface StepNameProps {
  label: string
  place: 'done' | 'current' | 'ahead'
  to: Location | null
}

function StepName({ label, place, to }: StepNameProps) {
  const placeClass = { done: classes.isDone, current: classes.isCurrent, ahead: '' }[place]
  const className = `${classes.step} ${placeClass}`
  const content = <span className={classes.label}>{label}</span>
  if (to === null) {
    return (
      <span className={className} aria-current={place === 'current' ? 'step' : undefined}>
        {content}
      </span>
    )
  }
  return (
    <a className={className} href={formatLocation(to)}>
      {content}
    </a>
  )
}
