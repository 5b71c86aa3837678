import { Button } from '@mantine/core'
import { useEffect, useId, useRef } from 'react'
import { useText } from '../../text/use-text.ts'
import classes from './confirm.module.css'

interface ConfirmProps {
  title: string
  message: string
  confirmLabel: string
  isDanger?: boolean
  onConfirm: () => void
  onCancel: () => void
}

/**
 * Asks once more before something that cannot be undone. The browser's own dialog: it keeps the focus inside, closes
 * with Escape and gives the focus back. Rendered only while it asks.
 */
export function Confirm({ title, message, confirmLabel, isDanger = false, onConfirm, onCancel }: ConfirmProps) {
  const { words } = useText()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-message`}
      onCancel={(event) => {
        event.preventDefault()
        onCancel()
      }}
    >
      <h2 id={`${id}-title`} className={classes.title}>
        {title}
      </h2>
      <p id={`${id}-message`}>{message}</p>
      <div className={classes.buttons}>
        <Button variant="default" onClick={onCancel}>
          {words.actions.cancel}
        </Button>
        <Button {...(isDanger ? { color: 'red' } : {})} onClick={onConfirm}>
          {confirmLabel}
        </Button>
      </div>
    </dialog>
  )
}
