import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './step.module.css'

interface StepProps {
  heading: string
  /** What this is and what happens next. */
  lead?: ReactNode
  children: ReactNode
  back?: ReactNode
  forward?: ReactNode
}

/** One screen: a heading that takes the focus, a sentence, the content, and the ways on. */
export function Step({ heading, lead, children, back, forward }: StepProps) {
  const hasActions = back !== undefined || forward !== undefined
  return (
    <div className={classes.step} data-in-order>
      <div>
        <Title order={1} tabIndex={-1}>
          {heading}
        </Title>
        {lead !== undefined && <Text className={classes.lead ?? ''}>{lead}</Text>}
      </div>
      {children}
      {hasActions && (
        <div className={classes.actions} data-stays>
          {back}
          <div className={classes.forward}>{forward}</div>
        </div>
      )}
    </div>
  )
}
