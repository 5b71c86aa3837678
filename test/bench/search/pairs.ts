import type { GoalKind } from '../../../preload/contract/goal.ts'
import { median, mean } from '../figures.ts'
import { judge } from '../regret.ts'
import type { Worth } from '../regret.ts'
import type { Table } from '../tables.ts'

/** A table with an objective, and every run of one method on it. */
export interface Pair<Run> {
  table: Table
  objective: GoalKind
  /** Worth of changing nothing. */
  usual: Worth
  runs: Run[]
}

/** Every table with every objective, its runs by `runAll`. */
export async function forEachPair<Run>(
  tables: readonly Table[],
  objectives: readonly GoalKind[],
  runAll: (table: Table, objective: GoalKind) => Promise<Run[]>,
): Promise<Pair<Run>[]> {
  const pairs: Pair<Run>[] = []
  for (const table of tables) {
    for (const objective of objectives) {
      const usual = judge(table, objective, table.problemOf(objective).baseline)
      pairs.push({ table, objective, usual, runs: await runAll(table, objective) })
    }
  }
  return pairs
}

/** A default this near to the optimum, percent, is what every method gets for nothing. */
const nothingToWinPercent = 2

/**
 * The groups over which figures are summed up: simulated and measured tables apart, speed and memory apart, and each
 * once more without the pairs in which there is nothing to win.
 */
export function groupsOf<Run>(pairs: readonly Pair<Run>[]): { name: string; pairs: Pair<Run>[] }[] {
  const kinds = [
    { name: 'simulated, speed', includes: (pair: Pair<Run>) => !pair.table.isMeasured && pair.objective !== 'memory' },
    { name: 'simulated, memory', includes: (pair: Pair<Run>) => !pair.table.isMeasured && pair.objective === 'memory' },
    { name: 'measured, speed', includes: (pair: Pair<Run>) => pair.table.isMeasured && pair.objective !== 'memory' },
    { name: 'measured, memory', includes: (pair: Pair<Run>) => pair.table.isMeasured && pair.objective === 'memory' },
  ]
  return kinds
    .flatMap(({ name, includes }) => {
      const ofKind = pairs.filter(includes)
      const open = ofKind.filter(({ usual }) => usual.regretPercent > nothingToWinPercent)
      const isSame = open.length === ofKind.length
      return [{ name, pairs: ofKind }, ...(isSame ? [] : [{ name: `${name}, something to win`, pairs: open }])]
    })
    .filter((group) => group.pairs.length > 0)
}

/** Mean and median over tables, as one crawling default can swamp a mean. */
export function overTables(values: readonly number[]): string {
  return `${mean(values).toFixed(2)} / ${median(values).toFixed(2)}`
}
