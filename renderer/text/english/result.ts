import type { Verdict } from '../../../preload/contract/study.ts'
import type { MetricName } from '../../figures/metrics.ts'
import type { Format, Quantity } from '../format.ts'
import { plural } from '../plural.ts'

/** Step 6: the result and its figures. */
export function resultWords(format: Format) {
  return {
    metrics: {
      turn: { name: 'Time for a reply', ...format.seconds },
      ttft: { name: 'Wait for the first word', ...format.seconds },
      decode: { name: 'Writing speed', ...format.tokensPerSecond },
      prefill: { name: 'Reading speed', ...format.tokensPerSecond },
      memory: { name: 'Memory', ...format.memory },
      higher: 'more is better',
      lower: 'less is better',
    } satisfies Record<MetricName, Quantity & { name: string }> & Record<string, unknown>,
    result: {
      heading: (model: string) => `Result for ${model}`,
      certainty: ({ interval, pairs }: Verdict) => {
        if (interval === null) return null
        const shownPairs = plural(pairs, format.integer(pairs), 'pair', 'pairs')
        return `Measured in ${shownPairs}, taken in turns: we are 95% sure that the gain is between ${format.percent.of(interval.low)} and ${format.percent.of(interval.high)}.`
      },
      beforeAfter: 'Before and after',
      measured: 'What was measured',
      figure: 'Figure',
      before: 'Before',
      after: 'After',
      changes: 'What changes, and why',
      becomes: 'becomes',
      alternatives: 'Everything that was measured',
      alternativesCaption: 'Measured setups, best first',
      settings: 'Settings',
      choice: 'Save',
      isRecommended: 'recommended',
      isNow: 'as it is now',
      isTradeOff: 'worth a choice',
      saveThis: 'Save this',
      saveThisOne: (summary: string) => `Save this: ${summary}`,
      notes: 'Good to know',
      rescore: 'Judge the same measurements for another goal',
      showTrials: 'Show the trials',
      save: 'Save this setup',
      another: 'Tune another model',
    },
  }
}
