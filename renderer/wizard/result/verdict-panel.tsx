import { IconCircleCheck, IconHelpCircle, IconPlayerStop, IconRosetteDiscountCheck } from '@tabler/icons-react'
import type { Verdict } from '../../../preload/contract/study.ts'
import { useText } from '../../text/use-text.ts'
import classes from './result.module.css'

const icons = {
  improved: IconRosetteDiscountCheck,
  keep: IconCircleCheck,
  inconclusive: IconHelpCircle,
  stopped: IconPlayerStop,
}

/** The verdict in one sentence, how sure it is, and why. */
export function VerdictPanel({ verdict }: { verdict: Verdict }) {
  const { words } = useText()
  const Icon = icons[verdict.kind]
  const isGood = verdict.kind === 'improved' || verdict.kind === 'keep'
  return (
    <div className={`${classes.verdict} ${isGood ? classes.isGood : ''}`}>
      <Icon className={classes.verdictIcon} size={44} stroke={1.5} aria-hidden />
      <div>
        <p className={classes.sentence}>{verdict.sentence.text}</p>
        {verdict.reasons.map((reason) => (
          <p key={reason.code} className={classes.certainty}>
            {reason.text}
          </p>
        ))}
        {verdict.kind === 'keep' && <p className={classes.next}>{words.result.nothingToDo}</p>}
      </div>
    </div>
  )
}
