/**
 * How near the remaining time that a window shows comes to the truth, over whole studies on tables in virtual time.
 *
 *     npm run bench:remaining [-- --tables DIR] [--seeds N] [--objective chat,memory] [--budget quick,standard]
 *
 * Two figures for each point of a study: how far the expected length of the whole (so far + left) is from the true
 * one, and the time left from the true time left. The same seeds give the same figures, whatever runs beside them.
 */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { budgetKindSchema, goalKindSchema, type GoalKind } from '../../preload/contract/goal.ts'
import { englishPage } from '../../main/words/page.ts'
import { print, printTable, percent } from './printing.ts'
import { estimatesAt, watchedStudy, type WatchedStudy } from './remaining/watched-study.ts'
import { median } from './figures.ts'
import { loadTables } from './tables.ts'
import { planReplay } from './virtual/virtual-study.ts'

const { values } = parseArgs({
  options: {
    tables: { type: 'string', multiple: true, default: ['test/tables'] },
    seeds: { type: 'string', default: '5' },
    objective: { type: 'string', default: 'chat,throughput,memory' },
    budget: { type: 'string', default: 'quick,standard' },
  },
})
const seeds = z.coerce.number().int().positive().parse(values.seeds)
const goals = z.array(goalKindSchema).parse(values.objective.split(','))
const budgets = z.array(budgetKindSchema).parse(values.budget.split(','))

/** Parts of a study at which its estimate is looked at. */
const points = [1 / 4, 1 / 3, 1 / 2, 2 / 3]
/** An estimate this near to the truth is called right. */
const tolerance = 0.25

for (const budget of budgets) {
  const studies: Record<GoalKind, WatchedStudy[]> = { chat: [], throughput: [], memory: [] }
  for (const table of values.tables.flatMap(loadTables)) {
    for (const goal of goals) {
      const plan = await planReplay(table, goal, budget, 'bayes')
      for (let seed = 0; seed < seeds; seed++) studies[goal].push(await watchedStudy(plan, seed))
    }
  }
  print(`\nbudget ${budget}: estimates within ${percent(tolerance)} of the truth`)
  printTable([
    ...goals.flatMap((goal) => points.map((point) => summary(englishPage.goals[goal], studies[goal], point))),
    ...points.map((point) => summary('all', Object.values(studies).flat(), point)),
  ])
}

function summary(goal: string, studies: readonly WatchedStudy[], point: number): Record<string, string> {
  const errors = studies.map((study) => estimatesAt(study, point))
  const isNear = (error: number) => Math.abs(error) <= tolerance
  const shareNear = (of: readonly number[]) => percent(of.filter(isNear).length / of.length)
  const wholes = errors.map(({ wholeError }) => wholeError)
  const lefts = errors.map(({ leftError }) => leftError)
  return {
    goal,
    studies: String(studies.length),
    after: percent(point),
    'whole length': shareNear(wholes),
    'its median error': percent(median(wholes.map(Math.abs))),
    'time left': shareNear(lefts),
    'its median error ': percent(median(lefts.map(Math.abs))),
  }
}
