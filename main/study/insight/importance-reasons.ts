import type { Band, Importance } from '../../../preload/contract/insight.ts'
import type { InsightReason } from '../../words/insight.ts'

/** What explains less than this is not worth a sentence of its own. */
const notableShare = 0.02

/** What the shares say, in the order in which a person wants to hear it. */
export function importanceReasons(found: Omit<Importance, 'sentences'>): InsightReason[] {
  const { parameters, pairs, setups, widestRatio, spreadPercent } = found
  const leaders = parameters.filter(({ group }) => group === 1)
  const others = parameters.filter(({ group }) => group !== null && group > 1)
  const followers = others.filter(({ share }) => share.value >= notableShare)
  const slight = others.filter(({ share }) => share.value < notableShare)
  const unseen = parameters.filter(({ group }) => group === null)
  const together = pairs.filter(({ share, isDistinguishable }) => isDistinguishable && share.value >= notableShare)
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
    ...(slight.length > 0
      ? [{ code: 'insight.matterLittle', values: { names: namesOf(slight), most: 100 * notableShare } } as const]
      : []),
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
