import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { GoalKind, Workload } from '../../preload/contract/goal.ts'
import type { ProbeResult } from '../../preload/contract/machine.ts'
import { automatic } from '../../preload/contract/model.ts'
import type { Configuration } from '../../preload/contract/model.ts'
import { memoryTurnAllowance, objectiveCost, turnSeconds } from '../../main/search/objective.ts'
import type { Problem } from '../../main/search/types.ts'
import { readMeta } from './tables/meta.ts'
import { problemFrom } from './tables/problem.ts'
import { readRows } from './tables/rows.ts'
import type { Rates, Row } from './tables/rows.ts'

/** One machine with one model: everything a replay needs, apart from what a method may see (`problemOf`). */
export interface Table {
  id: string
  /** Measured on a real daemon: sparse, and its means are noisy. */
  isMeasured: boolean
  workload: Workload
  repetitionLimitSeconds: number
  /** What a look at the computer found; absent where nobody looked. */
  probe?: ProbeResult | undefined
  drift: { fraction: number; timeConstantSeconds: number }
  /** The row of a configuration; undefined where it was not measured. */
  row(configuration: Configuration): Row | undefined
  problemOf(goal: GoalKind): Problem
  /** Best table mean of the objective among rows that ran, as a cost to minimise. */
  optimum(goal: GoalKind): number
}

/** Loads every table folder below `directory`, or the folder itself when it is a table. Throws where there is none. */
export function loadTables(directory: string): Table[] {
  if (isTable(directory)) return [loadTable(directory)]
  const folders = readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(directory, name))
    .filter(isTable)
  if (folders.length === 0) throw new Error(`${directory} holds no table: no folder in it has a meta.json`)
  return folders.map(loadTable).toSorted((a, b) => a.id.localeCompare(b.id))
}

function isTable(directory: string): boolean {
  return existsSync(join(directory, 'meta.json'))
}

function loadTable(directory: string): Table {
  const meta = readMeta(join(directory, 'meta.json'))
  const rowsPath = join(directory, 'rows.csv.gz')
  const rows = readRows(rowsPath, meta)
  const usual = rows.of(automatic)
  if (!usual) throw new Error(`${rowsPath} has no row for the default`)
  const workload = { promptTokens: meta.workload.prompt_tokens, outputTokens: meta.workload.output_tokens }
  const costOf = (goal: GoalKind, { rates, ramMiB, vramMiB }: Row) =>
    rates ? meanCost(goal, workload, rates, { ramMiB, vramMiB }) : Infinity
  const optimumOf = (goal: GoalKind) => {
    const limit = goal === 'memory' && usual.rates ? memoryTurnAllowance * costOf('chat', usual) : Infinity
    const admissible = rows.all.filter((row) => row.outcome === 'ok' && costOf('chat', row) <= limit)
    return admissible.reduce((least, row) => Math.min(least, costOf(goal, row)), Infinity)
  }
  const optima = { chat: optimumOf('chat'), throughput: optimumOf('throughput'), memory: optimumOf('memory') }
  const problem = problemFrom(meta, workload)
  return {
    id: meta.id,
    isMeasured: meta.id.startsWith('real-') || meta.source.startsWith('measured'),
    workload,
    repetitionLimitSeconds: meta.workload.repetition_limit_s,
    probe: meta.probe,
    drift: { fraction: meta.noise.drift_fraction, timeConstantSeconds: meta.noise.drift_time_constant_s },
    row: (configuration) => rows.of(configuration),
    problemOf: (goal) => ({ ...problem, goal }),
    optimum: (goal) => optima[goal],
  }
}

/** The objective of table means, as tables/README.md defines it. */
export function meanCost(
  goal: GoalKind,
  workload: Workload,
  rates: Rates,
  memory: { ramMiB: number; vramMiB: number },
): number {
  const { decodeTokensPerSecond } = rates
  const ttftSeconds = meanTtftSeconds(workload.promptTokens, rates)
  return objectiveCost(goal, { ttftSeconds, decodeTokensPerSecond, memory }, workload)
}

/** Turn seconds of table means. */
export function meanTurnSeconds(workload: Workload, rates: Rates): number {
  const ttftSeconds = meanTtftSeconds(workload.promptTokens, rates)
  return turnSeconds({ ttftSeconds, decodeTokensPerSecond: rates.decodeTokensPerSecond }, workload)
}

/** What a request costs besides arithmetic, seconds (tables/README.md). */
const requestSeconds = 0.012

/** Seconds to the first token (tables/README.md): the prompt, one token, and the request itself. */
export function meanTtftSeconds(
  promptTokens: number,
  { prefillTokensPerSecond, decodeTokensPerSecond }: Rates,
): number {
  return promptTokens / prefillTokensPerSecond + 1 / decodeTokensPerSecond + requestSeconds
}
