/**
 * Counts wrong verdicts: whole studies by the app's own code on machines where nothing helps, whatever noise, drift,
 * hiccups and other programs make it look like; and missed ones, on machines where one setting matters.
 *
 *     npm run bench:honesty [-- --studies N] [--gains N] [--seed N] [--budget quick,standard]
 *
 * `--gains` is the number of studies with a planted gain of each kind and budget. Ends with exit code 1 if a goal is missed.
 */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { budgetKindSchema } from '../../preload/contract/goal.ts'
import { playNothingHelps } from './honesty/nothing-helps.ts'
import { playPlantedGains } from './honesty/planted-gains.ts'
import { createStudyRuns } from './honesty/study-run.ts'
import { print } from './printing.ts'

const { values } = parseArgs({
  options: {
    studies: { type: 'string', default: '1000' },
    gains: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    budget: { type: 'string', default: 'quick,standard' },
  },
})
const count = z.coerce.number().int().nonnegative()
const options = {
  studies: count.parse(values.studies),
  gains: count.parse(values.gains),
  seed: count.parse(values.seed),
  budgets: z.tuple([budgetKindSchema], budgetKindSchema).parse(values.budget.split(',')),
}

const began = performance.now()
const runStudy = createStudyRuns()
const isHonest = options.studies === 0 || (await playNothingHelps(runStudy, options))
const isKeen = options.gains === 0 || (await playPlantedGains(runStudy, options))
print(`\n${((performance.now() - began) / 1000).toFixed(0)} s in all.`)
if (!isHonest || !isKeen) process.exitCode = 1
