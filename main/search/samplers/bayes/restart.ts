import type { Configuration } from '../../../../preload/contract/model.ts'
import type { Problem } from '../../types.ts'

/**
 * Seconds that a trial of `next` waits for its daemon to be started anew, as what the environment sets changes only
 * then; 0 where `last` ran in the same one, or where the daemon takes all settings with a request.
 */
export function secondsToRestart(problem: Problem, last: Configuration, next: Configuration): number {
  const names = ['flash_attention', 'kv_cache_type', 'num_parallel'] as const
  return names.every((name) => last[name] === next[name]) ? 0 : (problem.restartSeconds ?? 0)
}
