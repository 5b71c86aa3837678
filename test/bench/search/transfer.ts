import { isDeepStrictEqual } from 'node:util'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { MachineProfile } from '../../../preload/contract/machine.ts'
import { buildSpace } from '../../../main/search/space.ts'
import { graphicsKeys, thetaPrior } from '../../../main/search/surrogate/priors.ts'
import type { ThetaBelief } from '../../../main/search/surrogate/priors.ts'
import { carryOver, learntFor } from '../../../main/search/transfer.ts'
import type { Observation } from '../../../main/search/types.ts'
import { ownSampler, replay } from '../replay.ts'
import type { Checkpoint } from '../replay.ts'
import type { Table } from '../tables.ts'

/** What two computers have in common. */
export type SharedParts = 'whole computer' | 'processor only'

/** A table to study first, and another to study with what the first taught. */
export interface Lesson {
  first: Table
  second: Table
  shared: SharedParts
}

/** A lesson under one objective: the second table's searches by seed, without and with what the first taught. */
export interface TaughtRuns extends Lesson {
  objective: GoalKind
  without: SearchRun[]
  taught: SearchRun[]
}

/** One search; after it has stopped its checkpoints stay as they are. */
export interface SearchRun {
  checkpoints: Checkpoint[]
  /** Trials until the search stopped, or all that it was given. */
  trials: number
}

/** Every ordered pair of tables of different models whose computers share what one can teach about the other. */
export function lessonsBetween(tables: readonly Table[]): Lesson[] {
  return tables.flatMap((first) =>
    tables.flatMap((second) => {
      const [a, b] = [first.problemOf('chat'), second.problemOf('chat')]
      const shared = sharedParts(a.machine, b.machine)
      return shared === null || isDeepStrictEqual(a.facts, b.facts) ? [] : [{ first, second, shared }]
    }),
  )
}

/** Each table after itself, measured anew: no other model, but the most that a lesson can be worth. */
export function lessonsAgain(tables: readonly Table[]): Lesson[] {
  return tables.map((table) => ({ first: table, second: table, shared: 'whole computer' }))
}

/** Told by what the app would carry from one to the other; null: nothing. */
function sharedParts(first: MachineProfile, second: MachineProfile): SharedParts | null {
  const keys = Object.keys(learntFor(second, { machine: first, learnt: thetaPrior(false) }))
  const graphics: readonly string[] = graphicsKeys
  if (keys.length === 0) return null
  const hasCard = keys.some((key) => graphics.includes(key))
  return hasCard || first.gpus.length + second.gpus.length === 0 ? 'whole computer' : 'processor only'
}

/** The noise of a first study has nothing to do with that of the second, even on the same table. */
const firstSeeds = 1e5

/** `bayes` on a table of whose computer nothing is known beforehand. */
export async function searchAlone(table: Table, objective: GoalKind, seed: number, trials: number): Promise<SearchRun> {
  const { checkpoints, observations } = await search(table, objective, seed, trials)
  return { checkpoints, trials: observations.length }
}

/** `bayes` on the second table with what the first taught; the same seed alone meets the same noise. */
export async function searchTaught(
  lesson: Lesson,
  objective: GoalKind,
  seed: number,
  trials: number,
): Promise<SearchRun> {
  const learnt = await taughtBy(lesson, objective, seed + firstSeeds, trials)
  const { second } = lesson
  const knowing: Table = { ...second, problemOf: (goal) => ({ ...second.problemOf(goal), learnt }) }
  return searchAlone(knowing, objective, seed, trials)
}

/** Replays `bayes` on the first table and carries over, as the app does, what that says of the second's computer. */
export async function taughtBy(
  { first, second }: Lesson,
  objective: GoalKind,
  seed: number,
  trials: number,
): Promise<Partial<ThetaBelief>> {
  const { observations } = await search(first, objective, seed, trials)
  const problem = first.problemOf(objective)
  return learntFor(second.problemOf(objective).machine, {
    machine: problem.machine,
    learnt: carryOver(problem, buildSpace(problem), observations),
  })
}

async function search(table: Table, objective: GoalKind, seed: number, trials: number) {
  const sampler = ownSampler(table, objective, 'bayes', seed, trials, 'usual')
  const observations: Observation[] = []
  const tell = (observation: Observation) => {
    observations.push(observation)
    return sampler.tell(observation)
  }
  return { ...(await replay(table, objective, { ...sampler, tell }, seed, trials)), observations }
}
