import type { Clock } from '../../ollama/clock.ts'
import type { MachineConditions } from './read-conditions.ts'

/** A plan for each time budget is asked for at once, and another with every choice: one look serves them all. */
const freshSeconds = 5

/** Looks again only where the last look is older than five seconds. */
export function recentConditions(
  look: () => Promise<MachineConditions>,
  clock: Pick<Clock, 'now'>,
): () => Promise<MachineConditions> {
  let last: { atSeconds: number; conditions: Promise<MachineConditions> } | null = null
  return () => {
    if (last === null || clock.now() - last.atSeconds > freshSeconds) {
      last = { atSeconds: clock.now(), conditions: look() }
    }
    return last.conditions
  }
}
