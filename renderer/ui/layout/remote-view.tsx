import type { ReactNode } from 'react'
import type { Remote } from '../../state/remote.ts'
import { useText } from '../../text/use-text.ts'
import { ErrorNotice } from '../parts/notice.tsx'
import classes from './panel.module.css'

interface RemoteViewProps<T> {
  remote: Remote<T>
  onRetry: () => void
  /** About how high the content will be, in rem. */
  placeholderRem: number
  /** What is being done, where it may take longer than a moment. */
  meanwhile?: string
  children: (value: T) => ReactNode
}

/**
 * What is asked of main, in whichever state it is. The placeholder stands still (see `theme.ts`), and what stands below
 * it on a page waits for it (see `global.css`).
 */
export function RemoteView<T>({ remote, onRetry, placeholderRem, meanwhile, children }: RemoteViewProps<T>) {
  const { words } = useText()
  switch (remote.kind) {
    case 'loading':
      return (
        <output className={classes.placeholder} style={{ minHeight: `${placeholderRem}rem` }} data-waiting>
          {meanwhile ?? words.actions.loading}
        </output>
      )
    case 'failed':
      return <ErrorNotice error={remote.error} onRetry={onRetry} />
    case 'ready':
      return children(remote.value)
  }
}
