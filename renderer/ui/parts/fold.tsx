import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useDeferredValue, useId, useState, type ReactNode } from 'react'
import classes from './fold.module.css'

interface FoldProps {
  title: string
  detail: string
  /** Made when the fold is first opened. */
  children: () => ReactNode
}

/** A titled part of a page that stays closed, and unmade, until someone is curious. */
export function Fold({ title, detail, children }: FoldProps) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  // The button answers at once, however long the content takes to make.
  const isMade = useDeferredValue(isOpen)
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <div className={classes.fold}>
      <h3 className={classes.heading}>
        <button
          type="button"
          className={classes.button}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          <Chevron className={classes.chevron} size={20} aria-hidden />
          <span>{title}</span>
          <span className={classes.detail}>{detail}</span>
        </button>
      </h3>
      <div id={id} className={classes.content} hidden={!isOpen}>
        {isMade && children()}
      </div>
    </div>
  )
}
