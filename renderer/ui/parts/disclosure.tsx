import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useDeferredValue, useId, useState, type ReactNode } from 'react'
import classes from './disclosure.module.css'

interface DisclosureProps {
  label: string
  startsOpen?: boolean
  children: ReactNode
}

/** A button that shows and hides what stands below it. */
export function Disclosure({ label, startsOpen = false, children }: DisclosureProps) {
  const id = useId()
  const [isOpen, setOpen] = useState(startsOpen)
  // The button answers at once, however long the content takes to make.
  const isMade = useDeferredValue(isOpen)
  const Chevron = isOpen ? IconChevronDown : IconChevronRight
  return (
    <div>
      <Button
        variant="subtle"
        size="compact-md"
        ml="-0.5rem"
        classNames={{ label: classes.label ?? '' }}
        leftSection={<Chevron size={18} aria-hidden />}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        {label}
      </Button>
      <div id={id} hidden={!isOpen}>
        {isMade && children}
      </div>
    </div>
  )
}
