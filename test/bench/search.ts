/**
 * Replays search methods on tables of machines and models: the figures in docs come from it.
 *
 *     npm run bench:search -- --tables DIR [--samplers a,b] [--objective chat,throughput,memory] [--seeds N]
 *         [--trials N] [--patience usual] [--study] [--oracle] [--budget quick,standard] [--out FILE.csv]
 *         [--peers optuna-tpe,optuna-gp,ax] [--ablations bayes-no-physics,…]
 *         [--transfer models,again]
 *
 * `--transfer` runs alone: `bayes` on one table and then on another that shares its processor or graphics card, with
 * and without what the first taught, and each table after itself, the most that such a lesson can be worth. Without
 * `--study` a sampler alone is asked and told, as patient as in a thorough study, and recommends the best so far; with it whole studies run by
 * the app's own code, from the plan to the verdict, and with `--oracle` also studies that know the best beforehand. Several `--tables` may be named. The same seed gives the same
 * figures, whatever runs beside it. Peers, other optimisers on the same seeds in the full space and in ours, need the
 * Python that the environment variable ATTUNE_PYTHON names, with the packages of peers/peer.py.
 */
import { writeFileSync } from 'node:fs'
import type { BudgetKind, GoalKind } from '../../preload/contract/goal.ts'
import type { SamplerKind } from '../../main/search/create-sampler.ts'
import type { CreateSampler } from '../../main/search/types.ts'
import { ablatedSampler } from './ablations.ts'
import { oracleOn } from './oracle.ts'
import { runPeers } from './peers/peers.ts'
import { print } from './printing.ts'
import { ownSampler, replay } from './replay.ts'
import type { ReplayedSampler } from './replay.ts'
import { parseOptions } from './search/options.ts'
import { forEachPair } from './search/pairs.ts'
import type { Pair } from './search/pairs.ts'
import { toCsv } from './search/results.ts'
import type { Result } from './search/results.ts'
import { printSampler } from './search/sampler-summary.ts'
import { printStudies, studyRun } from './search/study-summary.ts'
import { lessonsAgain, lessonsBetween, searchAlone, searchTaught } from './search/transfer.ts'
import type { Lesson, SearchRun, TaughtRuns } from './search/transfer.ts'
import { nothingShared, printTransfer } from './search/transfer-summary.ts'
import { loadTables } from './tables.ts'
import type { Table } from './tables.ts'
import { planReplay, replayStudy } from './virtual/virtual-study.ts'

const options = parseOptions(process.argv.slice(2))
const tables = options.tables.flatMap(loadTables)
const seeds = Array.from({ length: options.seeds }, (_, seed) => seed)
const results: Result[] = []
const searchedAlone = new Map<string, SearchRun[]>()

if (options.transfer.length > 0) await replayTransfer()
else await replayMethods()
if (options.out) writeFileSync(options.out, toCsv(results))

async function replayMethods(): Promise<void> {
  for (const sampler of options.samplers) {
    if (options.study) for (const budget of options.budget) await replayStudies(sampler, budget, () => sampler)
    else {
      await replaySampler(sampler, (table, objective, seed) =>
        ownSampler(table, objective, sampler, seed, options.trials, options.patience),
      )
    }
  }
  if (options.oracle) for (const budget of options.budget) await replayStudies('oracle', budget, oracleOn)
  for (const ablation of options.ablations) {
    await replaySampler(ablation, (table, objective, seed) =>
      ablatedSampler(table, objective, ablation, seed, options.trials, options.patience),
    )
  }
  if (options.peers.length > 0) {
    const python = process.env['ATTUNE_PYTHON'] ?? (process.platform === 'win32' ? 'python' : 'python3')
    await runPeers({ methods: options.peers, python, run: replaySampler, say: (sentence) => print(`\n${sentence}`) })
  }
}

async function replaySampler(
  name: string,
  start: (table: Table, objective: GoalKind, seed: number) => ReplayedSampler | Promise<ReplayedSampler>,
): Promise<void> {
  const { trials } = options
  const pairs = await forEachPair(tables, options.objective, async (table, objective) => {
    const runs = []
    for (const seed of seeds) {
      runs.push(await replay(table, objective, await start(table, objective, seed), seed, trials))
    }
    return runs
  })
  printSampler(name, pairs, trials)
  keep(name, pairs, ({ checkpoints }) => checkpoints)
}

async function replayTransfer(): Promise<void> {
  const between = lessonsBetween(tables)
  if (options.transfer.includes('models')) {
    if (between.length === 0) print(`\n${nothingShared}`)
    else await replayLessons('bayes after a study of another model', between)
  }
  if (options.transfer.includes('again')) {
    await replayLessons(
      'bayes after a study of the same model: no transfer to another, but its bound',
      lessonsAgain(tables),
    )
  }
}

async function replayLessons(title: string, lessons: readonly Lesson[]): Promise<void> {
  const { trials } = options
  const runs: TaughtRuns[] = []
  for (const lesson of lessons) {
    for (const objective of options.objective) {
      const without = await alone(lesson.second, objective)
      const taught: SearchRun[] = []
      for (const seed of seeds) taught.push(await searchTaught(lesson, objective, seed, trials))
      runs.push({ ...lesson, objective, without, taught })
      keepSearches(`bayes after ${lesson.first.id}`, lesson.second, objective, taught)
    }
  }
  printTransfer(title, runs)
}

/** The same beside every lesson, whatever the first table was. */
async function alone(table: Table, objective: GoalKind): Promise<SearchRun[]> {
  const name = `${table.id} ${objective}`
  const known = searchedAlone.get(name)
  if (known) return known
  const runs: SearchRun[] = []
  for (const seed of seeds) runs.push(await searchAlone(table, objective, seed, options.trials))
  searchedAlone.set(name, runs)
  keepSearches('bayes', table, objective, runs)
  return runs
}

function keepSearches(sampler: string, table: Table, objective: GoalKind, runs: SearchRun[]): void {
  keep(sampler, [{ table, objective, runs }], ({ checkpoints }) => checkpoints)
}

async function replayStudies(
  name: string,
  budget: BudgetKind,
  methodOn: (table: Table) => SamplerKind | CreateSampler,
): Promise<void> {
  const pairs = await forEachPair(tables, options.objective, (table, objective) =>
    runStudies(table, objective, methodOn(table), budget),
  )
  printStudies(`${name}, whole studies, budget ${budget}`, pairs)
  keep(`${name}-${budget}`, pairs, (run) => [run])
}

async function runStudies(table: Table, objective: GoalKind, method: SamplerKind | CreateSampler, budget: BudgetKind) {
  const plan = await planReplay(table, objective, budget, method)
  const runs = []
  for (const seed of seeds) runs.push(studyRun(table, await replayStudy(plan, seed)))
  return runs
}

function keep<Run>(
  sampler: string,
  pairs: readonly Pick<Pair<Run>, 'table' | 'objective' | 'runs'>[],
  resultsOf: (run: Run) => Omit<Result, 'table' | 'objective' | 'sampler' | 'seed'>[],
): void {
  for (const { table, objective, runs } of pairs) {
    for (const [index, run] of runs.entries()) {
      const seed = seeds[index] ?? index
      results.push(...resultsOf(run).map((result) => ({ ...result, table: table.id, objective, sampler, seed })))
    }
  }
}
