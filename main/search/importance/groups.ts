import type { Band } from '../../../preload/contract/insight.ts'

/**
 * Rank groups of shares, in the order given: 1 for the largest share and all whose intervals overlap its own, 2 for
 * the largest of the others, and so on; null where a share cannot be told from none. Equal groups are not
 * distinguishable.
 */
export function rankGroups(items: readonly { share: Band; isDistinguishable: boolean }[]): (number | null)[] {
  const groups = items.map((): number | null => null)
  const open = items
    .map((item, index) => ({ ...item, index }))
    .filter(({ isDistinguishable }) => isDistinguishable)
    .toSorted((a, b) => b.share.value - a.share.value)
  let group = 0
  let leader: Band | null = null
  for (const { share, index } of open) {
    if (leader === null || share.high < leader.low) {
      leader = share
      group += 1
    }
    groups[index] = group
  }
  return groups
}
