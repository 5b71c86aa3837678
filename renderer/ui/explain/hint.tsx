import { IconHelpCircle } from '@tabler/icons-react'
import { useId, type ReactNode } from 'react'
import classes from './hint.module.css'

/**
 * A small button that explains what it stands beside. The browser's own popover: a click elsewhere and Escape close
 * it, and where a browser cannot place it beside its button, it stands in the middle of the window.
 */
export function Hint({ label, children }: { label: string; children: ReactNode }) {
  const id = useId()
  return (
    <>
      <button type="button" className={classes.button} popoverTarget={id} aria-label={label}>
        <IconHelpCircle size={18} stroke={1.75} aria-hidden />
      </button>
      <dialog id={id} popover="auto" aria-label={label} className={classes.popover}>
        {children}
      </dialog>
    </>
  )
}
