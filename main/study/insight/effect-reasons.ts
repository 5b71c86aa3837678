import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { ParameterImportance } from '../../../preload/contract/insight.ts'
import type { InsightReason } from '../../words/insight.ts'

type Curve = ParameterImportance['curve']

/**
 * What a parameter's curve shows: from which value on, up to which value, or between which two it is at its best. A
 * value counts as worse only where its whole interval is above the best one's.
 */
export function effectReason({
  name,
  group,
  curve,
  goal,
}: Pick<ParameterImportance, 'name' | 'group' | 'curve'> & { goal: GoalKind }): InsightReason {
  if (group === null) return { code: 'insight.effectNone', values: { name } }
  // -1 layers leaves the number to the daemon, so it has no place among numbers.
  const points = curve.filter(({ value }) => value !== -1)
  const best = bestOf(points)
  if (!best) return { code: 'insight.effectSlight', values: { name } }
  const isWorse = ({ ratio }: Curve[number]) => ratio.low > best.ratio.high
  const alike = points.filter((point) => !isWorse(point))
  const [first, last] = [points[0], points.at(-1)]
  const [lowest, highest] = [alike[0]?.value ?? best.value, alike.at(-1)?.value ?? best.value]
  const [isBetterAbove, isBetterBelow] = [first && isWorse(first), last && isWorse(last)]
  const values = { name, goal, lowest, highest }
  if (typeof best.value !== 'number') {
    const worst = points.find(isWorse)
    if (!worst) return { code: 'insight.effectSlight', values: { name } }
    const percent = (worst.ratio.value / best.ratio.value - 1) * 100
    return { code: 'insight.effectSwitch', values: { name, goal, value: worst.value, percent } }
  }
  if (isBetterAbove && isBetterBelow) return { code: 'insight.effectBetween', values }
  if (isBetterAbove) return { code: 'insight.effectFrom', values }
  return isBetterBelow ? { code: 'insight.effectUpTo', values } : { code: 'insight.effectSlight', values: { name } }
}

function bestOf(points: Curve): Curve[number] | undefined {
  return points.toSorted((a, b) => a.ratio.value - b.ratio.value)[0]
}
