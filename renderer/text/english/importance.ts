import type { Band, Importance } from '../../../preload/contract/insight.ts'
import type { ParameterName } from '../../../preload/contract/model.ts'
import type { Format } from '../format.ts'
import type { parameterWords } from './parameters.ts'

/** Step 6: which settings matter. */
export function importanceWords(format: Format, { names }: ReturnType<typeof parameterWords>) {
  /** Whole percent within 0 to 100, as shares are known no better. */
  const whole = (share: number) => Math.round(100 * Math.min(1, Math.max(0, share)))
  return {
    title: 'Which settings matter',
    lead: ({ setups, spreadPercent }: Pick<Importance, 'setups' | 'spreadPercent'>) =>
      `The ${format.integer(setups)} setups that work typically differ by ${format.percent.of(Math.round(spreadPercent))}. This is how much of that each setting explains; the thin line is where the true share lies with 95% probability.`,
    /** "63% (48–76%)". */
    share: ({ value, low, high }: Band) =>
      `${format.percent.of(whole(value))} (${format.integer(whole(low))}–${format.percent.of(whole(high))})`,
    /** What a share must not be read as; null where it stands for itself. */
    remark: ({ name, group }: Ranked, all: readonly Ranked[]): string | null => {
      if (group === null) return 'not distinguishable from no effect'
      const alike = all
        .filter((other) => other.group === group && other.name !== name)
        .map((other) => names[other.name])
      return alike.length === 0 ? null : `not distinguishable from: ${alike.join(', ')}`
    },
    pair: ([first, second]: Importance['pairs'][number]['names']) =>
      `${names[first]} and ${names[second].charAt(0).toLowerCase()}${names[second].slice(1)}`,
    pairDetail: 'the two together, beyond each by itself',
  }
}

interface Ranked {
  name: ParameterName
  group: number | null
}
