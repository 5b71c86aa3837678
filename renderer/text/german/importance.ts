import type { importanceWords } from '../english/importance.ts'
import type { parameterWords } from '../english/parameters.ts'
import type { Format } from '../format.ts'

/** Step 6: which settings matter. */
export function germanImportance(
  format: Format,
  { names }: ReturnType<typeof parameterWords>,
): ReturnType<typeof importanceWords> {
  /** Whole percent within 0 to 100, as shares are known no better. */
  const whole = (share: number) => Math.round(100 * Math.min(1, Math.max(0, share)))
  return {
    title: 'Welche Einstellungen zählen',
    lead: ({ setups, spreadPercent }) =>
      `Die ${format.integer(setups)} Kombinationen, die laufen, unterscheiden sich meist um ${format.percent.of(Math.round(spreadPercent))}. Hier steht, wie viel davon jede Einstellung erklärt; die dünne Linie zeigt, wo der wahre Anteil mit 95 % Wahrscheinlichkeit liegt.`,
    share: ({ value, low, high }) =>
      `${format.percent.of(whole(value))} (${format.integer(whole(low))}–${format.percent.of(whole(high))})`,
    remark: ({ name, group }, all) => {
      if (group === null) return 'von keiner Wirkung nicht zu unterscheiden'
      const alike = all
        .filter((other) => other.group === group && other.name !== name)
        .map((other) => names[other.name])
      return alike.length === 0 ? null : `nicht zu unterscheiden von: ${alike.join(', ')}`
    },
    pair: ([first, second]) => `${names[first]} und ${names[second]}`,
    pairDetail: 'beide zusammen, über jede für sich hinaus',
  }
}
