import type { MachineConditions } from './read-conditions.ts'

/** A plan for each time budget is asked for at once, and another with every choice: one look serves them all. */
const freshSeconds = 5

/**
 * Looks again only where the last look is older than five seconds.
 *
 * @param nowSeconds monotonic
 */
export function recentConditions(
  look: () => Promise<MachineConditions>,
  nowSeconds: () => number,
): () => Promise<MachineConditions> {
  let last: { atSeconds: number; conditions: Promise<MachineConditions> } | null = null
  return () => {
    if (last === null || nowSeconds() - last.atSeconds > freshSeconds) {
      last = { atSeconds: nowSeconds(), conditions: look() }
    }
    return last.conditions
  }
}
