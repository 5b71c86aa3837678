import type { SearchDimension } from '../../../preload/contract/plan.ts'
import { useText } from '../../text/use-text.ts'
import { Panel } from '../../ui/layout/panel.tsx'
import { ParameterTitle } from '../../ui/explain/parameter-title.tsx'
import classes from './plan.module.css'

/** One setting that the study varies: the values it may take and why not others. */
export function DimensionPanel({ dimension }: { dimension: SearchDimension }) {
  const { words } = useText()
  return (
    <Panel>
      <ParameterTitle name={dimension.name} found={dimension.reasons} />
      <ul className={classes.values} aria-label={words.plan.values}>
        {dimension.values.map((value) => (
          <li key={String(value)}>{words.parameters.valueOf(dimension.name, value)}</li>
        ))}
      </ul>
      {dimension.reasons.map((reason) => (
        <p key={reason.code} className={classes.reason}>
          {reason.text}
        </p>
      ))}
    </Panel>
  )
}
