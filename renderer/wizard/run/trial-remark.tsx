import type { Study } from '../../../preload/contract/study.ts'
import type { TrialOutcome } from '../../../preload/contract/trial.ts'
import { useText } from '../../text/use-text.ts'
import classes from './run.module.css'

/** Word of the last trial where something disturbed it. It comes and goes, so it belongs where nothing stands below. */
export function TrialRemark({ trials }: Pick<Study, 'trials'>) {
  const { words } = useText()
  const remark = remarkOn(trials.findLast((trial) => trial.outcome !== null)?.outcome ?? null)
  return remark !== null && <p className={classes.reason}>{words.run.remark(remark)}</p>
}

/** What disturbed a trial, or bore on its speed. */
function remarkOn(outcome: TrialOutcome | null): string | null {
  if (outcome?.kind === 'interference') return outcome.message
  return outcome?.kind === 'ok' ? (outcome.conditions?.[0]?.text ?? null) : null
}
