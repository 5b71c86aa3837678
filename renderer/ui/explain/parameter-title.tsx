import type { Statement } from '../../../preload/contract/estimate.ts'
import type { ParameterName } from '../../../preload/contract/model.ts'
import { useText } from '../../text/use-text.ts'
import { Hint } from './hint.tsx'
import classes from './parameter-title.module.css'

interface ParameterTitleProps {
  name: ParameterName
  /** What Attune found out about this setting here. */
  found: readonly Statement[]
}

/** A setting's plain name, its technical one beside it, and what it does. */
export function ParameterTitle({ name, found }: ParameterTitleProps) {
  const { words } = useText()
  const about = words.parameters.about[name]
  return (
    <div className={classes.title}>
      <h3 className={classes.plain}>{words.parameters.names[name]}</h3>
      <span className={classes.technical}>
        {name}
        <Hint label={words.parameters.explain(name)}>
          <dl className={classes.about}>
            <dt>{words.parameters.does}</dt>
            <dd>{about.does}</dd>
            <dt>{about.moreName}</dt>
            <dd>{about.more}</dd>
            <dt>{about.lessName}</dt>
            <dd>{about.less}</dd>
            {found.length > 0 && <dt>{words.parameters.found}</dt>}
            {found.map((statement) => (
              <dd key={statement.code}>{statement.text}</dd>
            ))}
          </dl>
        </Hint>
      </span>
    </div>
  )
}
