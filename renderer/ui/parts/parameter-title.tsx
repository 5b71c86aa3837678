import type { ParameterName } from '../../../preload/contract/model.ts'
import { useText } from '../../text/use-text.ts'
import classes from './parameter-title.module.css'

/** A setting's plain name with its technical one beside it. */
export function ParameterTitle({ name }: { name: ParameterName }) {
  const { words } = useText()
  return (
    <div className={classes.title}>
      <h3 className={classes.plain}>{words.parameters.names[name]}</h3>
      <span className={classes.technical}>{name}</span>
    </div>
  )
}
