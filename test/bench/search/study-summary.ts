import type { Verdict } from '../../../preload/contract/study.ts'
import { mean, median, quantile, share } from '../figures.ts'
import { percent, print, printTable } from '../printing.ts'
import { judge } from '../regret.ts'
import type { Checkpoint } from '../replay.ts'
import type { Table } from '../tables.ts'
import type { StudyReplay } from '../virtual/virtual-study.ts'
import { groupsOf, overTables } from './pairs.ts'
import type { Pair } from './pairs.ts'

/** A whole study, reduced to what is reported of it. */
export interface StudyRun extends Checkpoint {
  /** `failed`: it did not come to its own end. */
  verdict: Verdict['kind'] | 'failed'
}

const verdicts: readonly StudyRun['verdict'][] = ['improved', 'keep', 'inconclusive', 'failed']

/** What the report recommends counts; without a report the user's own settings stay. */
export function studyRun(table: Table, { study, loads, secondsPaid }: StudyReplay): StudyRun {
  const { report, plan, request } = study
  const count = (...outcomes: string[]) => loads.filter(({ outcome }) => outcomes.includes(outcome)).length
  return {
    verdict: study.state === 'finished' && report ? report.verdict.kind : 'failed',
    trials: loads.length,
    secondsPaid,
    failures: count('oom', 'spill', 'timeout', 'unknown'),
    spills: count('spill'),
    ...judge(table, request.goal, report?.best.configuration ?? plan.baseline),
  }
}

/** Prints everything about the studies of one sampler and budget: each table, and all of them. */
export function printStudies(title: string, pairs: readonly Pair<StudyRun>[]): void {
  print(`\n## ${title}\n`)
  print('Regret of what the report recommends, percent: median and 90th percentile over seeds.\n')
  printTable(pairs.map(pairLine))
  print('\nOver tables (regrets: mean / median of their figures):\n')
  printTable(groupsOf(pairs).map(({ name, pairs: group }) => overallLine(name, group)))
  printHealthy(pairs)
}

function pairLine({ table, objective, usual, runs }: Pair<StudyRun>): Record<string, string> {
  const regrets = runs.map(({ regretPercent }) => regretPercent)
  return {
    table: table.id,
    objective,
    default: usual.regretPercent.toFixed(2),
    regret: `${median(regrets).toFixed(2)} / ${quantile(regrets, 0.9).toFixed(1)}`,
    ...verdictShares(runs),
    'worse than default': percent(share(runs, isWorse)),
    loads: medianAndMost(runs.map(({ trials }) => trials)),
    seconds: median(runs.map(({ secondsPaid }) => secondsPaid)).toFixed(0),
    'failed trials': mean(runs.map(({ failures }) => failures)).toFixed(2),
    'spilled of these': mean(runs.map(({ spills }) => spills)).toFixed(2),
  }
}

function overallLine(name: string, pairs: readonly Pair<StudyRun>[]): Record<string, string> {
  const runs = pairs.flatMap((pair) => pair.runs)
  const regretsOf = (pair: Pair<StudyRun>) => pair.runs.map(({ regretPercent }) => regretPercent)
  return {
    group: `${name} (${pairs.length})`,
    default: overTables(pairs.map(({ usual }) => usual.regretPercent)),
    'median regret': overTables(pairs.map((pair) => median(regretsOf(pair)))),
    '90th percentile': overTables(pairs.map((pair) => quantile(regretsOf(pair), 0.9))),
    ...verdictShares(runs),
    'worse than default': percent(share(runs, isWorse), 1),
    loads: mean(runs.map(({ trials }) => trials)).toFixed(1),
    seconds: mean(runs.map(({ secondsPaid }) => secondsPaid)).toFixed(0),
    'failed trials': mean(runs.map(({ failures }) => failures)).toFixed(2),
    'spilled of these': mean(runs.map(({ spills }) => spills)).toFixed(2),
  }
}

/** A default this near to the optimum, percent, is a healthy one. */
const healthyPercent = 3
/** "Keep it" should cost no more loads than this there. */
const loadsToKeep = 6

function printHealthy(pairs: readonly Pair<StudyRun>[]): void {
  const runs = pairs.filter(({ usual }) => usual.regretPercent <= healthyPercent).flatMap((pair) => pair.runs)
  const kept = runs.filter(({ verdict }) => verdict === 'keep')
  print(`\nDefault within ${healthyPercent} % of the optimum: ${kept.length} of ${runs.length} studies end in "keep",`)
  print(
    `after ${medianAndMost(kept.map(({ trials }) => trials))} loads (median / most);` +
      ` ${percent(share(kept, ({ trials }) => trials <= loadsToKeep))} with at most ${loadsToKeep}.`,
  )
}

function verdictShares(runs: readonly StudyRun[]): Record<string, string> {
  return Object.fromEntries(verdicts.map((kind) => [kind, percent(share(runs, ({ verdict }) => verdict === kind))]))
}

function medianAndMost(values: readonly number[]): string {
  return values.length === 0 ? 'none' : `${median(values).toFixed(0)} / ${Math.max(...values)}`
}

function isWorse({ worseThanDefaultPercent }: StudyRun): boolean {
  return worseThanDefaultPercent > 1
}
