import type { PlannedReplay } from '../virtual/virtual-study.ts'
import { replayStudy } from '../virtual/virtual-study.ts'

/** What a window showed in the course of a study, and how long the study took in truth. */
export interface WatchedStudy {
  shown: { atSeconds: number; remainingSeconds: number }[]
  totalSeconds: number
}

/** Runs a study and keeps every remaining time that it told. */
export async function watchedStudy(planned: PlannedReplay, seed: number): Promise<WatchedStudy> {
  const shown: WatchedStudy['shown'] = []
  const { study } = await replayStudy(planned, seed, {
    onEvent: (event, atSeconds) => {
      if (event.type !== 'study.progress' || event.progress.remainingSeconds === null) return
      shown.push({ atSeconds, remainingSeconds: event.progress.remainingSeconds })
    },
  })
  return { shown, totalSeconds: study.activeSeconds }
}

/**
 * Errors of the estimate on screen when this part of the study has passed, as shares of the truth; positive: too long.
 * On screen the time that passes is taken off the last estimate told.
 */
export function estimatesAt(
  { shown, totalSeconds }: WatchedStudy,
  part: number,
): { wholeError: number; leftError: number } {
  const now = part * totalSeconds
  const last = shown.findLast(({ atSeconds }) => atSeconds <= now)
  if (last === undefined) return { wholeError: Number.POSITIVE_INFINITY, leftError: Number.POSITIVE_INFINITY }
  const left = Math.max(0, last.remainingSeconds - (now - last.atSeconds))
  return { wholeError: (now + left) / totalSeconds - 1, leftError: left / (totalSeconds - now) - 1 }
}
