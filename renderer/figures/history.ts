import type { GoalKind } from '../../preload/contract/goal.ts'
import type { ModelRef } from '../../preload/contract/model.ts'
import type { StudySummary } from '../../preload/contract/study.ts'

/** A study that came to a result. */
export interface PastResult {
  id: string
  createdAt: string
  version: string
  before: NonNullable<StudySummary['speeds']>['before']
  after: NonNullable<StudySummary['speeds']>['after']
}

/** Results that can be compared over time: of one model in one daemon under one goal, oldest first. */
export interface History {
  key: string
  model: ModelRef
  goal: GoalKind
  results: PastResult[]
}

/** Every model and goal of which more than one study came to a result, that of the newest study first. */
export function historiesOf(studies: readonly StudySummary[]): History[] {
  const histories = new Map<string, History>()
  for (const { id, createdAt, daemonVersion, model, goal, speeds } of studies) {
    if (speeds === null) continue
    const key = `${model.daemon} ${model.name} ${goal}`
    const history = histories.get(key) ?? { key, model, goal, results: [] }
    history.results.push({ id, createdAt, version: daemonVersion, ...speeds })
    histories.set(key, history)
  }
  return [...histories.values()]
    .filter(({ results }) => results.length > 1)
    .map((history) => ({
      ...history,
      results: history.results.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt)),
    }))
}

/** By how much the newest result writes faster than the oldest, percent; negative: slower. */
export function changeOver({ results }: Pick<History, 'results'>): number {
  const [oldest, newest] = [results[0], results.at(-1)]
  return oldest && newest ? (newest.after.mean / oldest.after.mean - 1) * 100 : 0
}
