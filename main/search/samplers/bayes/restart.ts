import type { Configuration } from '../../../../preload/contract/model.ts'
import type { Problem } from '../../types.ts'

/**
 * Seconds that a trial of `next` waits for its daemon to be started anew, as what the environment sets changes only
 * then; 0 where `last` ran in the same one, or where the daemon takes all settings with a request.
 */
export function secondsToRestart(problem: Problem, last: Configuration, next: Configuration): number {
  const isSame = last.flash_attention === next.flash_attention && last.kv_cache_type === next.kv_cache_type
  return isSame ? 0 : (problem.restartSeconds ?? 0)
}
