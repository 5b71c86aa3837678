/**
 * Deals out combinations in turn: successive calls with lists of 2 and 3 items take every one of the 6 combinations
 * once while the ordinal counts to 6.
 */
export function dealer(ordinal: number): <T>(items: readonly [T, ...T[]]) => T {
  let rest = ordinal
  return (items) => {
    const item = items[rest % items.length] ?? items[0]
    rest = Math.floor(rest / items.length)
    return item
  }
}
