import { mean, median, quantile, share } from '../figures.ts'
import { percent, print, printTable } from '../printing.ts'
import { regretOfSpace } from '../replay.ts'
import type { Checkpoint, Replay } from '../replay.ts'
import { groupsOf, overTables } from './pairs.ts'
import type { Pair } from './pairs.ts'

const reportedTrials = [5, 10, 20, 40]
const reportedSeconds = [120, 300, 600, 1200]

/** An instant of a study at which a method is judged. */
interface Moment {
  label: string
  at: (run: Replay, start: Checkpoint) => Checkpoint
}

/** Prints everything about one sampler: each table, and all of them. */
export function printSampler(sampler: string, pairs: readonly Pair<Replay>[], trials: number): void {
  const moments = momentsOf(trials)
  print(`\n## ${sampler}\n`)
  print('Regret of the recommendation, percent: median and 90th percentile over seeds, after so many trials (the')
  print('default included) and seconds paid; of the default, and of the best that the space holds.\n')
  printTable(pairs.map((pair) => regretLine(pair, moments)))
  print(`\nAfter ${trials} trials:\n`)
  printTable(pairs.map((pair) => endLine(pair, trials)))
  print('\nOver tables (mean / median of their figures):\n')
  printTable(groupsOf(pairs).flatMap((group) => moments.map((moment) => overallLine(group.name, group.pairs, moment))))
  const asks = pairs.flatMap(({ runs }) => runs.flatMap(({ askMilliseconds }) => askMilliseconds))
  const milliseconds = [0.5, 0.99, 1].map((part) => quantile(asks, part).toFixed(1))
  print(`\nask: median ${milliseconds[0]} ms, 99th percentile ${milliseconds[1]} ms, longest ${milliseconds[2]} ms`)
}

function momentsOf(trials: number): Moment[] {
  const counts = [...new Set(reportedTrials.map((count) => Math.min(count, trials)))]
  return [
    ...counts.map((count): Moment => ({
      label: `${count} trials`,
      at: ({ checkpoints }) => checkpoints[count - 1] ?? nothing,
    })),
    ...reportedSeconds.map((seconds): Moment => ({
      label: `${seconds} s`,
      at: ({ checkpoints }, start) => checkpoints.findLast(({ secondsPaid }) => secondsPaid <= seconds) ?? start,
    })),
  ]
}

const nothing: Checkpoint = {
  trials: 0,
  secondsPaid: 0,
  failures: 0,
  spills: 0,
  regretPercent: 0,
  worseThanDefaultPercent: 0,
}

/** Before anything was measured the default is what a method recommends. */
function checkpointsAt({ usual, runs }: Pair<Replay>, { at }: Moment): Checkpoint[] {
  return runs.map((run) => at(run, { ...nothing, ...usual }))
}

function regretsAt(pair: Pair<Replay>, moment: Moment): number[] {
  return checkpointsAt(pair, moment).map(({ regretPercent }) => regretPercent)
}

function regretLine(pair: Pair<Replay>, moments: readonly Moment[]): Record<string, string> {
  const cells = moments.map((moment) => {
    const regrets = regretsAt(pair, moment)
    return [moment.label, `${median(regrets).toFixed(2)} / ${quantile(regrets, 0.9).toFixed(1)}`]
  })
  return {
    ...nameOf(pair),
    default: pair.usual.regretPercent.toFixed(2),
    space: regretOfSpace(pair.table, pair.objective).toFixed(2),
    ...Object.fromEntries(cells),
  }
}

function endLine(pair: Pair<Replay>, trials: number): Record<string, string> {
  const ends = pair.runs.flatMap(({ checkpoints }) => checkpoints[trials - 1] ?? [])
  return {
    ...nameOf(pair),
    'within 2 %': percent(share(ends, isWithin(2))),
    'within 5 %': percent(share(ends, isWithin(5))),
    failed: mean(ends.map(({ failures }) => failures)).toFixed(2),
    'spilled of these': mean(ends.map(({ spills }) => spills)).toFixed(2),
    'worse than default': percent(share(ends, isWorse)),
    seconds: mean(ends.map(({ secondsPaid }) => secondsPaid)).toFixed(0),
    'asked (median)': median(pair.runs.map(({ askMilliseconds }) => askMilliseconds.length)).toFixed(0),
  }
}

function overallLine(name: string, pairs: readonly Pair<Replay>[], moment: Moment): Record<string, string> {
  const over = (value: (checkpoints: Checkpoint[]) => number) =>
    mean(pairs.map((pair) => value(checkpointsAt(pair, moment))))
  const regrets = pairs.map((pair) => regretsAt(pair, moment))
  return {
    group: `${name} (${pairs.length})`,
    after: moment.label,
    'median regret': overTables(regrets.map(median)),
    '90th percentile': overTables(regrets.map((values) => quantile(values, 0.9))),
    'within 2 %': percent(over((checkpoints) => share(checkpoints, isWithin(2)))),
    'within 5 %': percent(over((checkpoints) => share(checkpoints, isWithin(5)))),
    failed: over((checkpoints) => mean(checkpoints.map(({ failures }) => failures))).toFixed(2),
    'spilled of these': over((checkpoints) => mean(checkpoints.map(({ spills }) => spills))).toFixed(2),
    'worse than default': percent(
      over((checkpoints) => share(checkpoints, isWorse)),
      1,
    ),
  }
}

function nameOf({ table, objective }: Pair<unknown>): Record<string, string> {
  return { table: table.id, objective }
}

const isWithin =
  (limit: number) =>
  ({ regretPercent }: Checkpoint) =>
    regretPercent <= limit

function isWorse({ worseThanDefaultPercent }: Checkpoint): boolean {
  return worseThanDefaultPercent > 1
}
