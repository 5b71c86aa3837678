import { useEffect, useState } from 'react'
import type { TimedProgress } from '../../state/store.ts'
import { useText } from '../../text/use-text.ts'

/** Often enough for a clock in words, seldom enough not to disturb the measurement. */
const tickMilliseconds = 5_000

/** Time gone and time left, carried on from what main said last. */
export function RunClock({ progress }: { progress: TimedProgress }) {
  const { words } = useText()
  const [now, setNow] = useState(progress.receivedAt)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMilliseconds)
    return () => clearInterval(timer)
  }, [])
  const sinceSeconds = Math.max(0, (now - progress.receivedAt) / 1000)
  const remainingSeconds =
    progress.remainingSeconds === null ? null : Math.max(0, progress.remainingSeconds - sinceSeconds)
  return <>{words.run.times(progress.elapsedSeconds + sinceSeconds, remainingSeconds)}</>
}
