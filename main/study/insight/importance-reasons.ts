import type { Band, Importance } from '../../../preload/contract/insight.ts'
import type { InsightReason } from '../../words/insight.ts'

/** Pairs that explain less than this are not worth a sentence. */
const notablePair = 0.02

/** What the shares say, in the order in which a person wants to hear it. */
export function importanceReasons(found: Omit<Importance, 'sentences'>): InsightReason[] {
  const { parameters, pairs, setups, widestRatio, spreadPercent } = found
  const leaders = parameters.filter(({ group }) => group === 1)
  const followers = parameters.filter(({ group }) => group !== null && group > 1)
  const unseen = parameters.filter(({ group }) => group === null)
  const together = pairs.filter(({ share, isDistinguishable }) => isDistinguishable && share.value >= notablePair)
  const [leader] = leaders
  return [
    ...(leader ? mattersMost(leader, leaders) : [{ code: 'insight.nothingDistinguishable', values: {} } as const]),
    ...followers.map(({ name, share }): InsightReason => ({
      code: 'insight.alsoMatters',
      values: { name, ...percents(share) },
    })),
    ...together.map(({ names: [first, second], share }): InsightReason => ({
      code: 'insight.pairMatters',
      values: { first, second, ...percents(share) },
    })),
    ...(leader && unseen.length > 0
      ? [{ code: 'insight.notDistinguishable', values: { names: namesOf(unseen) } } as const]
      : []),
    { code: 'insight.range', values: { setups, widestRatio, spreadPercent } },
  ]
}

type Named = Importance['parameters'][number]

function mattersMost({ name, share }: Named, leaders: readonly Named[]): InsightReason[] {
  if (leaders.length === 1) return [{ code: 'insight.mattersMost', values: { name, ...percents(share) } }]
  return [{ code: 'insight.matterAlike', values: { names: namesOf(leaders) } }]
}

function namesOf(parameters: readonly Named[]): string {
  return parameters.map(({ name }) => name).join(', ')
}

function percents({ value, low, high }: Band) {
  return { share: 100 * value, low: 100 * low, high: 100 * high }
}
