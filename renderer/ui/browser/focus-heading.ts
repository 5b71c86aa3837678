import { useEffect, useRef } from 'react'

/** Moves the focus to the page's heading whenever `screen` changes, so that screen readers follow. */
export function useFocusHeading(screen: string): void {
  const shown = useRef(screen)
  useEffect(() => {
    // The first screen is the page itself, which the browser announces on its own.
    if (shown.current === screen) return
    shown.current = screen
    window.scrollTo(0, 0)
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
  }, [screen])
}
