/**
 * Writes simulated tables of computers with two models each, for what measured tables cannot show: what a study of one
 * model teaches the next one on the same computer.
 *
 *     npm run bench:simulate -- --out DIR [--worlds 3]
 *     npm run bench:search -- --transfer models --tables DIR
 *
 * Each world draws computers and models anew around the same data sheets. The simulator shares no formula of speed with
 * the search; memory is as Attune predicts it, made wrong by chance. The same world gives the same tables.
 */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { print } from './printing.ts'
import { computers } from './simulate/computers.ts'
import { simulateTable } from './simulate/table.ts'

const { values } = parseArgs({ options: { out: { type: 'string' }, worlds: { type: 'string', default: '3' } } })
const { out, worlds } = z.object({ out: z.string(), worlds: z.coerce.number().int().positive() }).parse(values)

for (let world = 1; world <= worlds; world++) {
  for (const computer of computers) {
    for (const model of computer.models) print(simulateTable(out, computer, model, world))
  }
}
