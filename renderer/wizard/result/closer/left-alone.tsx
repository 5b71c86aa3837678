import type { Report } from '../../../../preload/contract/study.ts'
import { useText } from '../../../text/use-text.ts'
import { Panel } from '../../../ui/layout/panel.tsx'
import { ParameterTitle } from '../../../ui/explain/parameter-title.tsx'
import classes from '../result.module.css'

/** Each setting that stays as it is, and why. */
export function KeptList({ kept }: Pick<Report, 'kept'>) {
  const { words } = useText()
  return (
    <div className={classes.changes}>
      {kept.map(({ name, value, reason }) => (
        <Panel key={name}>
          <div className={classes.change}>
            <ParameterTitle name={name} found={[reason]} />
            <div className={classes.values}>{words.parameters.valueOf(name, value)}</div>
            <div className={classes.reason}>{reason.text}</div>
          </div>
        </Panel>
      ))}
    </div>
  )
}

/** What the study did not look at. */
export function UntestedList({ untested }: Pick<Report, 'untested'>) {
  return (
    <ul className={classes.notes}>
      {untested.map(({ code, text }) => (
        <li key={code}>{text}</li>
      ))}
    </ul>
  )
}
