import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { goalKindSchema, studyRequestSchema } from '../../preload/contract/goal.ts'
import type { GoalKind } from '../../preload/contract/goal.ts'
import type { SamplerKind } from '../../main/search/create-sampler.ts'
import { regretOfSpace, replay } from './replay.ts'
import type { Checkpoint } from './replay.ts'
import { loadTables } from './tables.ts'
import type { Table } from './tables.ts'

const reportedTrials = [5, 10, 20, 40]

/** One replayed study as it stood after `trials`. */
interface Result extends Checkpoint {
  table: string
  objective: GoalKind
  sampler: SamplerKind
  seed: number
}

const { values: options } = parseArgs({
  options: {
    tables: { type: 'string' },
    samplers: { type: 'string', default: 'bayes,random,rules' },
    objective: { type: 'string', default: 'chat,throughput,memory' },
    seeds: { type: 'string', default: '10' },
    trials: { type: 'string', default: '20' },
    out: { type: 'string' },
  },
})
if (!options.tables) throw new Error('Say where the tables are: --tables DIRECTORY')
const tables = loadTables(options.tables)
const samplers = z.array(studyRequestSchema.shape.sampler.removeDefault()).parse(options.samplers.split(','))
const objectives = z.array(goalKindSchema).parse(options.objective.split(','))
const seeds = z.coerce.number().int().positive().parse(options.seeds)
const trials = z.coerce.number().int().positive().parse(options.trials)

const results: Result[] = []
for (const sampler of samplers) {
  const asks: number[] = []
  const stopped: number[] = []
  const lines: Record<string, unknown>[] = []
  for (const table of tables) {
    for (const objective of objectives) {
      const found = runAll(table, objective, sampler, asks, stopped)
      results.push(...found)
      lines.push({ table: table.id, objective, bound: regretOfSpace(table, objective).toFixed(2), ...summary(found) })
    }
  }
  console.log(`\n${sampler}: median regret, percent, after so many trials (the default's included)`)
  console.table(lines)
  console.log('mean over tables:', summaryOverTables(lines))
  console.log(
    `trials until it stopped: median ${quantile(stopped, 0.5)}; ask: median ${quantile(asks, 0.5).toFixed(1)} ms, p99 ${quantile(asks, 0.99).toFixed(1)} ms`,
  )
}
if (options.out) writeFileSync(options.out, csv(results))

function runAll(table: Table, objective: GoalKind, sampler: SamplerKind, asks: number[], stopped: number[]): Result[] {
  return Array.from({ length: seeds }, (_, seed) => seed).flatMap((seed) => {
    const { checkpoints, askMilliseconds } = replay(table, objective, sampler, seed, trials)
    asks.push(...askMilliseconds)
    stopped.push(askMilliseconds.length)
    return checkpoints.map((checkpoint) => ({ table: table.id, objective, sampler, seed, ...checkpoint }))
  })
}

function summary(found: Result[]): Record<string, string> {
  const columns: Record<string, string> = {}
  for (const count of reportedTrials.filter((count) => count <= trials)) {
    const at = found.filter((result) => result.trials === count)
    columns[`at ${count}`] = quantile(
      at.map((result) => result.regretPercent),
      0.5,
    ).toFixed(2)
    if (count !== Math.min(20, trials)) continue
    columns['p90'] = quantile(
      at.map((result) => result.regretPercent),
      0.9,
    ).toFixed(2)
    columns['failed'] = mean(at.map((result) => result.failures)).toFixed(2)
    columns['worse'] = `${(100 * mean(at.map((result) => (result.worseThanDefaultPercent > 1 ? 1 : 0)))).toFixed(0)} %`
    columns['seconds'] = mean(at.map((result) => result.secondsPaid)).toFixed(0)
  }
  return columns
}

/** Means of every numeric column, for the two speed objectives together and for memory. */
function summaryOverTables(lines: Record<string, unknown>[]): Record<string, string> {
  const groups = {
    speed: lines.filter((l) => l['objective'] !== 'memory'),
    memory: lines.filter((l) => l['objective'] === 'memory'),
  }
  return Object.fromEntries(
    Object.entries(groups)
      .filter(([, group]) => group.length > 0)
      .map(([name, group]) => {
        const columns = ['bound', ...reportedTrials.map((count) => `at ${count}`), 'p90', 'failed'].filter(
          (c) => group[0]?.[c] !== undefined,
        )
        return [name, columns.map((c) => `${c}: ${mean(group.map((line) => Number(line[c]))).toFixed(2)}`).join('  ')]
      }),
  )
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const position = share * (sorted.length - 1)
  const below = sorted[Math.floor(position)] ?? Number.NaN
  const above = sorted[Math.ceil(position)] ?? below
  return below + (above - below) * (position - Math.floor(position))
}

function csv(rows: Result[]): string {
  const columns = [
    'table',
    'objective',
    'sampler',
    'seed',
    'trials',
    'regretPercent',
    'worseThanDefaultPercent',
    'secondsPaid',
    'failures',
  ] as const
  return [columns.join(','), ...rows.map((row) => columns.map((column) => row[column]).join(','))].join('\n') + '\n'
}
