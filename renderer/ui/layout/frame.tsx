import type { ReactNode } from 'react'
import { formatLocation, type Location } from '../../state/location.ts'
import { useAttune } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import classes from './frame.module.css'
import { ConnectionLost } from './connection-lost.tsx'
import { Mark } from '../theme/mark.tsx'

/** What surrounds every page: the mark, the way between pages, and word of a lost connection. */
export function Frame({ children }: { children: ReactNode }) {
  const { words } = useText()
  const isLost = useAttune((state) => state.connection === 'lost')
  const page = useAttune((state) => state.location.page)
  return (
    <>
      <a className={classes.skip} href="#content" onClick={skipToContent}>
        {words.frame.skip}
      </a>
      <header className={classes.header}>
        <span className={classes.brand}>
          <Mark size={30} />
          {words.frame.name}
        </span>
        <nav className={classes.nav} aria-label={words.frame.pages}>
          <PageLink
            to={{ page: 'new', step: 'computer' }}
            isCurrent={page === 'new' || page === 'study'}
            label={words.frame.tune}
          />
          <PageLink
            to={{ page: 'library' }}
            isCurrent={page === 'library' || page === 'compare'}
            label={words.frame.library}
          />
          <PageLink to={{ page: 'settings' }} isCurrent={page === 'settings'} label={words.frame.settings} />
        </nav>
      </header>
      <ConnectionLost />
      <main id="content" tabIndex={-1} className={classes.main}>
        {/* Without a connection nothing can be done, but what was last known stays to be read. */}
        <fieldset role="presentation" className={classes.controls} disabled={isLost}>
          {children}
        </fieldset>
      </main>
    </>
  )
}

function PageLink({ to, isCurrent, label }: { to: Location; isCurrent: boolean; label: string }) {
  return (
    <a className={classes.link} href={formatLocation(to)} aria-current={isCurrent ? 'page' : undefined}>
      {label}
    </a>
  )
}

/** The address after `#` says which page is shown, so the ordinary jump to an anchor is not available. */
function skipToContent(event: React.MouseEvent): void {
  event.preventDefault()
  document.querySelector<HTMLElement>('main')?.focus()
}
