import { mean, median } from '../figures.ts'
import { print, printTable } from '../printing.ts'
import { overTables } from './pairs.ts'
import type { SearchRun, TaughtRuns } from './transfer.ts'

const reportedTrials = [3, 5, 10]

/** Says that no lesson can be given, so that an empty table is not taken for a poor result. */
export const nothingShared =
  'No two of these tables are of different models on computers that share a processor or a graphics card:\n' +
  'what transfer is worth from model to model cannot be shown on them.'

/** Prints what a first study was worth to the second: every lesson, and all of them. */
export function printTransfer(title: string, lessons: readonly TaughtRuns[]): void {
  print(`\n## ${title}\n`)
  print('Second study without → with what the first taught: regret of the recommendation, percent, median over seeds,')
  print(
    'after so many trials (the default included); trials, seconds and failed trials until it stopped, mean over seeds.\n',
  )
  printTable(lessons.map(lessonLine))
  print('\nOver lessons (regrets: mean / median of their figures):\n')
  printTable(lessonGroups(lessons).map(([name, group]) => overallLine(name, group)))
}

function lessonLine(lesson: TaughtRuns): Record<string, string> {
  const regrets = reportedTrials.map((count) => [
    `${count} trials`,
    change(lesson, (runs) => median(regretsAt(runs, count)).toFixed(2)),
  ])
  const { first, second, shared, objective } = lesson
  return { first: first.id, second: second.id, shared, objective, ...Object.fromEntries(regrets), ...paid(lesson) }
}

function overallLine(name: string, lessons: readonly TaughtRuns[]): Record<string, string> {
  const over = (side: Side, count: number) =>
    overTables(lessons.map((lesson) => median(regretsAt(lesson[side], count))))
  const regrets = reportedTrials.map((count) => [
    `${count} trials`,
    `${over('without', count)} → ${over('taught', count)}`,
  ])
  const all = {
    without: lessons.flatMap(({ without }) => without),
    taught: lessons.flatMap(({ taught }) => taught),
  }
  return { group: `${name} (${lessons.length})`, ...Object.fromEntries(regrets), ...paid(all) }
}

type Side = 'without' | 'taught'
type Sides = Record<Side, readonly SearchRun[]>

/** By what the computers share, and speed and memory apart: what is carried over tells of speed. */
function lessonGroups(lessons: readonly TaughtRuns[]): [name: string, lessons: TaughtRuns[]][] {
  const nameOf = ({ shared, objective }: TaughtRuns) => `${shared}, ${objective === 'memory' ? 'memory' : 'speed'}`
  return [...Map.groupBy(lessons, nameOf)]
}

function paid(sides: Sides): Record<string, string> {
  return {
    'until it stopped': change(sides, (runs) => mean(runs.map(({ trials }) => trials)).toFixed(1)),
    seconds: change(sides, (runs) => mean(runs.map(secondsPaid)).toFixed(0)),
    failed: change(sides, (runs) => mean(runs.map(failures)).toFixed(2)),
  }
}

function change({ without, taught }: Sides, figure: (runs: readonly SearchRun[]) => string): string {
  return `${figure(without)} → ${figure(taught)}`
}

function regretsAt(runs: readonly SearchRun[], count: number): number[] {
  return runs.map(({ checkpoints }) => (checkpoints[count - 1] ?? checkpoints.at(-1))?.regretPercent ?? Number.NaN)
}

function secondsPaid({ checkpoints }: SearchRun): number {
  return checkpoints.at(-1)?.secondsPaid ?? 0
}

function failures({ checkpoints }: SearchRun): number {
  return checkpoints.at(-1)?.failures ?? 0
}
