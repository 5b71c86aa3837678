import { mean, median, share } from '../figures.ts'
import { percent, print, printTable } from '../printing.ts'
import { overTables } from './pairs.ts'
import type { SearchRun, TaughtRuns } from './transfer.ts'

const reportedTrials = [3, 5, 10]
/** A recommendation this near to the optimum, percent, is as good as found. */
const nearPercent = 2

/** Says that no lesson can be given, so that an empty table is not taken for a poor result. */
export const nothingShared =
  'No two of these tables are of different models on computers that share a processor or a graphics card:\n' +
  'what transfer is worth from model to model cannot be shown on them.'

/** Prints what a first study was worth to the second: every lesson, and all of them. */
export function printTransfer(title: string, lessons: readonly TaughtRuns[]): void {
  print(`\n## ${title}\n`)
  print('Second study without → with what the first taught: regret of the recommendation, percent, median over seeds,')
  print('after so many trials (the default included); trials and seconds until it was within 2 % to stay, and trials,')
  print(
    'seconds and failed trials until it stopped, mean over seeds. A search that never came within 2 % counts with all',
  )
  print('that it did.\n')
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

/**
 * By what the computers share, with and without a graphics card, and speed and memory apart: what is carried over tells
 * of speed.
 */
function lessonGroups(lessons: readonly TaughtRuns[]): [name: string, lessons: TaughtRuns[]][] {
  const nameOf = ({ shared, objective, second }: TaughtRuns) => {
    const card = second.problemOf(objective).machine.gpus.length > 0 ? 'with a card' : 'no card'
    return `${shared}, ${card}, ${objective === 'memory' ? 'memory' : 'speed'}`
  }
  return [...Map.groupBy(lessons, nameOf)]
}

function paid(sides: Sides): Record<string, string> {
  return {
    'trials to 2 %': change(sides, (runs) => mean(runs.map((run) => firstNear(run).trials)).toFixed(1)),
    'seconds to 2 %': change(sides, (runs) => mean(runs.map((run) => firstNear(run).secondsPaid)).toFixed(0)),
    'within 2 %': change(sides, (runs) => percent(share(runs, isNearAtLast))),
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

function isNearAtLast({ checkpoints }: SearchRun): boolean {
  return (checkpoints.at(-1)?.regretPercent ?? Infinity) <= nearPercent
}

/** Where the search stood when its recommendation had come near for good, else when it stopped. */
function firstNear({ checkpoints, trials }: SearchRun): { trials: number; secondsPaid: number } {
  const run = checkpoints.slice(0, trials)
  const lastFar = run.findLastIndex(({ regretPercent }) => regretPercent > nearPercent)
  return run[Math.min(lastFar + 1, run.length - 1)] ?? { trials: 0, secondsPaid: 0 }
}

function secondsPaid({ checkpoints }: SearchRun): number {
  return checkpoints.at(-1)?.secondsPaid ?? 0
}

function failures({ checkpoints }: SearchRun): number {
  return checkpoints.at(-1)?.failures ?? 0
}
