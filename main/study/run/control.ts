import { skip } from '../../measure/trial.ts'

/** How a run may be asked to end before its time. */
export type Ending = 'pause' | 'stop'

/**
 * The buttons of a running study and the runner's ear for them.
 *
 * A pause takes effect at once: the running trial is cut off and will be run anew, as a half-measured load is worth
 * nothing later and whoever pauses wants the computer now. Stopping and skipping cut the trial off as well.
 */
export interface StudyControl {
  pause(): void
  stop(): void
  skipTrial(): void
  /** What was asked for; a stop outranks a pause. */
  readonly ending: Ending | null
  /** A fresh signal for the next trial, aborted by any of the buttons. */
  beginTrial(): AbortSignal
}

export function createStudyControl(): StudyControl {
  let ending: Ending | null = null
  let trial = new AbortController()
  const end = (wanted: Ending) => {
    if (ending !== 'stop') ending = wanted
    trial.abort(ending)
  }
  return {
    pause: () => end('pause'),
    stop: () => end('stop'),
    skipTrial: () => trial.abort(skip),
    get ending() {
      return ending
    },
    beginTrial() {
      trial = new AbortController()
      if (ending !== null) trial.abort(ending)
      return trial.signal
    },
  }
}
