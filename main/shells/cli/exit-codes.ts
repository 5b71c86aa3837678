import type { Study } from '../../../preload/contract/study.ts'

/** What a calling script learns without reading a line. */
export const exitCodes = {
  /** Done: a better setting was proven, or the present one was found right. */
  done: 0,
  /** Something failed; the message says what and what to do. */
  failed: 1,
  /** The command was not understood. */
  usage: 2,
  /** The study ended without a clear verdict. */
  inconclusive: 3,
  /** Ended by Ctrl-C or stopped; the study is kept. */
  stopped: 130,
} as const

export function exitCodeOf(study: Study): number {
  if (study.state === 'failed') return exitCodes.failed
  switch (study.report?.verdict.kind) {
    case 'improved':
    case 'keep':
      return exitCodes.done
    case 'inconclusive':
      return exitCodes.inconclusive
    case 'stopped':
    case undefined:
      return exitCodes.stopped
  }
}
