import { objectiveNames, type ObjectiveCosts, type TradeOffs } from '../../../preload/contract/insight.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { InsightReason } from '../../words/insight.ts'
import { isSameConfiguration } from '../choices.ts'
import { configurationValues } from '../report/settings-values.ts'

/** A change of an objective smaller than this, percent, is not worth a word. */
const notableChange = 1

/** What there is to choose between, and what the weights choose. */
export function tradeOffReasons(found: Omit<TradeOffs, 'sentences'>, present: Configuration): InsightReason[] {
  const { choices, steadiness } = found
  const now = choices.find(({ configuration }) => isSameConfiguration(configuration, present))
  const chosen = choices.find(({ isPreferred }) => isPreferred)
  const compromise = choices.find(({ isKnee }) => isKnee)
  const count = choices.filter((choice) => choice.isParetoOptimal && choice.keepsLimits).length
  if (!chosen) return [{ code: 'insight.nothingKeepsLimits', values: {} }]
  const reasons: InsightReason[] = [{ code: 'insight.front', values: { count, of: choices.length } }]
  if (chosen === now) {
    reasons.push({ code: 'insight.presentPreferred', values: {} })
  } else if (now) {
    const values = { ...configurationValues(chosen.configuration), ...changes(chosen.costs, now.costs) }
    reasons.push({ code: 'insight.preferred', values: { ...values, loads: chosen.loads } })
  }
  if (steadiness < 1) reasons.push({ code: 'insight.steadiness', values: { percent: 100 * steadiness } })
  if (compromise) reasons.push({ code: 'insight.knee', values: configurationValues(compromise.configuration) })
  return reasons
}

/** Percent by which each objective changes, where that is worth a word. */
function changes(costs: ObjectiveCosts, present: ObjectiveCosts): Record<string, number> {
  const percents = objectiveNames.map((name) => [name, (costs[name] / present[name] - 1) * 100] as const)
  return Object.fromEntries(percents.filter(([, percent]) => Math.abs(percent) >= notableChange))
}
