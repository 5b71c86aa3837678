import type { LocalModel } from '../../../preload/contract/model.ts'
import { useText } from '../../text/use-text.ts'
import classes from './fit-badge.module.css'

/** Where a model will run, and where it came from if that matters. */
export function FitBadge({ model }: { model: LocalModel }) {
  const { words } = useText()
  const fitClass = model.fit === 'full' ? classes.full : model.fit === 'tooBig' ? classes.tooBig : ''
  return (
    <span className={classes.badges}>
      {model.fit !== null && <span className={`${classes.badge} ${fitClass}`}>{words.model.fit[model.fit]}</span>}
      {model.ref.daemon === 'builtIn' && <span className={classes.badge}>{words.model.builtIn}</span>}
      {model.isAttuned && <span className={classes.badge}>{words.model.attuned}</span>}
    </span>
  )
}
