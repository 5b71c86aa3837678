import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Reason } from '../../../preload/contract/estimate.ts'
import { goalKindSchema, studyRequestSchema } from '../../../preload/contract/goal.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import { createSampler } from '../../../main/search/create-sampler.ts'
import { createRandom } from '../../../main/search/random.ts'
import { buildSpace } from '../../../main/search/space.ts'
import type { Problem, SearchSpace } from '../../../main/search/types.ts'
import { searchSentences } from '../../../main/words/search.ts'
import { loadTables } from '../../bench/tables.ts'
import { machines, okOutcome, outOfMemory, problemOf } from './problems.ts'

const goals = goalKindSchema.options
const samplers = studyRequestSchema.shape.sampler.removeDefault().options

function sentenceOf({ code, values }: Reason): string {
  const sentence = (searchSentences as Record<string, ((v: Reason['values']) => string) | undefined>)[code]
  if (!sentence) throw new Error(`no sentence for ${code}`)
  return sentence(values)
}

function reasonsOfSpace(space: SearchSpace): Reason[] {
  return [
    space.regimeReason,
    ...space.dimensions.flatMap(({ reasons }) => reasons),
    ...space.leftAlone.map(({ reason }) => reason),
  ]
}

/** Reasons of a whole search on a computer where more threads are quicker and every fifth trial does not fit. */
function reasonsOfSearch(problem: Problem, kind: (typeof samplers)[number], seed: number): Reason[] {
  const sampler = createSampler(kind)({
    problem,
    space: buildSpace(problem),
    random: createRandom(seed),
    maximumTrials: 8,
  })
  const speed = (c: Configuration) => (5 + c.num_thread + c.num_gpu / 4) * (1 + (seed % 3) / 10)
  const reasons: Reason[] = []
  for (let trial = 1; trial < 20; trial++) {
    const suggestion = sampler.ask()
    reasons.push(suggestion.reason)
    if (suggestion.kind === 'stop') break
    const { configuration } = suggestion
    const outcome = (trial + seed) % 5 === 0 ? outOfMemory : okOutcome(20 * speed(configuration), speed(configuration))
    sampler.tell({ configuration, outcome })
  }
  return reasons
}

function expectSound(reasons: Reason[]): void {
  for (const reason of reasons) {
    const text = sentenceOf(reason)
    expect(text, JSON.stringify(reason)).not.toMatch(/undefined|NaN|Infinity|null|e[+-]\d/)
    expect(text, JSON.stringify(reason)).toMatch(/^[A-Z][^]*\.$/)
  }
}

describe('every reason of a search has a sound sentence', () => {
  it.each(Object.entries(machines))('on %s', (_, machine) => {
    for (const goal of goals) {
      const problem = problemOf(machine, { goal })
      expectSound(reasonsOfSpace(buildSpace(problem)))
      for (const kind of samplers) for (const seed of [1, 2]) expectSound(reasonsOfSearch(problem, kind, seed))
    }
  })
})

describe('on the recorded tables', () => {
  const tables = loadTables(join(import.meta.dirname, '../../tables'))
  it.each(tables.map((table) => [table.id, table] as const))('%s', (_, table) => {
    for (const goal of goals) {
      const problem = table.problemOf(goal)
      expectSound(reasonsOfSpace(buildSpace(problem)))
      for (const kind of samplers) expectSound(reasonsOfSearch(problem, kind, 1))
    }
  })
})
