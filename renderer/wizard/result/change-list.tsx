import { IconArrowRight } from '@tabler/icons-react'
import type { Report } from '../../../preload/contract/study.ts'
import { useText } from '../../text/use-text.ts'
import { Panel } from '../../ui/layout/panel.tsx'
import { ParameterTitle } from '../../ui/explain/parameter-title.tsx'
import classes from './result.module.css'

/** Each changed setting, from what to what, and why. */
export function ChangeList({ changes }: { changes: Report['changes'] }) {
  const { words } = useText()
  return (
    <div className={classes.changes}>
      {changes.map(({ name, from, to, reason }) => (
        <Panel key={name}>
          <div className={classes.change}>
            <ParameterTitle name={name} found={[reason]} />
            <div className={classes.values}>
              <span className={classes.from}>{words.parameters.valueOf(name, from)}</span>
              <IconArrowRight size={18} aria-hidden />
              <span className="visually-hidden">{words.result.becomes}</span>
              <span>{words.parameters.valueOf(name, to)}</span>
            </div>
            <div className={classes.reason}>{reason.text}</div>
          </div>
        </Panel>
      ))}
    </div>
  )
}
