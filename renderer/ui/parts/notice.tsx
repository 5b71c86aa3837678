import { Button } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ErrorReport } from '../../../preload/contract/errors.ts'
import { useText } from '../../text/use-text.ts'
import classes from './notice.module.css'

interface NoticeProps {
  kind: 'info' | 'warning' | 'error'
  message: ReactNode
  hint?: ReactNode
  /** What to do about it. */
  action?: ReactNode
}

const icons = { info: IconInfoCircle, warning: IconAlertTriangle, error: IconAlertCircle }

/** Something to know. Errors are read out at once, the rest when the reader comes by. */
export function Notice({ kind, message, hint, action }: NoticeProps) {
  const Icon = icons[kind]
  return (
    <div className={`${classes.notice} ${classes[kind]}`} role={kind === 'error' ? 'alert' : undefined}>
      <Icon className={classes.icon} size={22} stroke={1.75} aria-hidden />
      <div className={classes.text}>
        <div className={classes.message}>{message}</div>
        {hint !== undefined && <div>{hint}</div>}
      </div>
      {action}
    </div>
  )
}

/** An error report of main's: what happened, what that means, what to do, with a button that tries again. */
export function ErrorNotice({ error, onRetry }: { error: ErrorReport; onRetry?: () => void }) {
  const { words } = useText()
  const action =
    onRetry === undefined ? undefined : (
      <Button variant="default" size="sm" onClick={onRetry}>
        {words.actions.tryAgain}
      </Button>
    )
  const meaning = words.errors.meanings[error.code]
  const hint = meaning === undefined ? error.hint : `${meaning} ${error.hint}`
  return <Notice kind="error" message={error.message} hint={hint} action={action} />
}
