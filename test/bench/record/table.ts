import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import { automatic } from '../../../preload/contract/model.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import { judge } from '../regret.ts'
import { loadTables, meanCost } from '../tables.ts'
import type { Table } from '../tables.ts'
import { textsOf } from '../tables/rows.ts'
import type { Row } from '../tables/rows.ts'

const goals = ['chat', 'throughput', 'memory'] as const satisfies readonly GoalKind[]

/** The files of a table, header lines first. */
export interface TableFiles {
  meta: Record<string, unknown>
  rows: readonly string[]
  /** Single repetitions of a measured table. */
  repetitions?: readonly string[]
}

/**
 * Writes a table in the format of tables/README.md, with what its rows say of the default and of the best.
 *
 * @param configurations all that have a row
 */
export function writeTable(folder: string, files: TableFiles, configurations: readonly Configuration[]): void {
  mkdirSync(folder, { recursive: true })
  writeCompressed(join(folder, 'rows.csv.gz'), files.rows)
  if (files.repetitions) writeCompressed(join(folder, 'repetitions.csv.gz'), files.repetitions)
  writeMeta(folder, files.meta)
  for (const table of loadTables(folder)) writeMeta(folder, { ...files.meta, ...resultsOf(table, configurations) })
}

function writeMeta(folder: string, meta: Record<string, unknown>): void {
  writeFileSync(join(folder, 'meta.json'), `${JSON.stringify(meta, null, 1)}\n`)
}

function writeCompressed(path: string, lines: readonly string[]): void {
  writeFileSync(path, gzipSync(`${lines.join('\n')}\n`))
}

function resultsOf(table: Table, configurations: readonly Configuration[]): Record<string, unknown> {
  const rows = configurations.flatMap((configuration) => {
    const row = table.row(configuration)
    return row ? [{ configuration, row }] : []
  })
  const usual = table.row(automatic)
  const count = (outcome: Row['outcome']) => rows.filter(({ row }) => row.outcome === outcome).length
  const outcomes = (['ok', 'oom', 'spill', 'timeout'] as const).map((outcome) => [outcome, count(outcome)] as const)
  return {
    default_outcome: usual?.outcome,
    default_objectives: Object.fromEntries(goals.map((goal) => [goal, usual ? valueOf(table, goal, usual) : null])),
    optimum: Object.fromEntries(goals.map((goal) => [goal, bestOf(table, goal, rows)])),
    outcomes: Object.fromEntries(outcomes.filter(([, rowCount]) => rowCount > 0)),
  }
}

function bestOf(table: Table, goal: GoalKind, rows: readonly { configuration: Configuration; row: Row }[]) {
  const ran = rows.filter(({ row }) => row.outcome === 'ok')
  const [first] = ran
  if (!first) return null
  const regretOf = ({ configuration }: typeof first) => judge(table, goal, configuration).regretPercent
  const best = ran.reduce((a, b) => (regretOf(b) < regretOf(a) ? b : a), first)
  return { value: valueOf(table, goal, best.row), config: textsOf(best.configuration) }
}

/** A row's objective in its own unit: seconds, tokens per second, MiB. */
function valueOf(table: Table, goal: GoalKind, row: Row): number | null {
  if (!row.rates) return null
  const cost = meanCost(goal, table.workload, row.rates, row)
  return Math.round((goal === 'throughput' ? 1 / cost : cost) * 1e4) / 1e4
}
