import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { Checkpoint } from '../replay.ts'

/** Where a method stood on one table after so many trials. */
export interface Result extends Omit<Checkpoint, 'spills'> {
  table: string
  objective: GoalKind
  sampler: string
  seed: number
}

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
] as const satisfies readonly (keyof Result)[]

/** Results as comma-separated values, header line first. */
export function toCsv(results: readonly Result[]): string {
  const lines = results.map((result) => columns.map((column) => result[column]).join(','))
  return `${[columns.join(','), ...lines].join('\n')}\n`
}
