import { environmentNames } from '../../../../preload/contract/model.ts'
import type { Configuration } from '../../../../preload/contract/model.ts'
import type { Problem } from '../../types.ts'

/**
 * Seconds that a trial of `next` waits for its daemon to be started anew, as what the environment sets changes only
 * then; 0 where `last` ran in the same one, or where the daemon takes all settings with a request.
 */
export function secondsToRestart(problem: Problem, last: Configuration, next: Configuration): number {
  const isSame = environmentNames.every((name) => last[name] === next[name])
  return isSame ? 0 : (problem.restartSeconds ?? 0)
}
