import type { ParameterImportance, SettingMap } from '../../../preload/contract/insight.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import { resolvedValue } from '../../search/importance/resolved.ts'
import { say } from '../../words/say.ts'
import type { Outlook } from './forecast.ts'
import type { Varied } from './varied.ts'

/** Setups with the mean of what is believed of ln cost. */
interface Expected {
  setups: readonly Configuration[]
  logCosts: readonly number[]
}

/**
 * What the two most important parameters do together: for each pair of their values the best that is expected with
 * it. The best and not the average, as not every value of the others goes with every pair.
 *
 * @param ranked most important first
 */
export function settingMap(
  { problem, history }: Outlook,
  varied: readonly Varied[],
  { setups, logCosts }: Expected,
  ranked: readonly Pick<ParameterImportance, 'name'>[],
): SettingMap | null {
  const [first, second] = ranked.flatMap(({ name }) => varied.filter((parameter) => parameter.name === name))
  if (!first || !second) return null
  const measured = history.measurements().map(({ configuration }) => configuration)
  const lowest = Math.min(...logCosts)
  const cells = first.values.flatMap((one, i) =>
    second.values.flatMap((other, j): SettingMap['cells'] => {
      const costs = logCosts.filter((_, setup) => first.levelOf[setup] === i && second.levelOf[setup] === j)
      if (costs.length === 0) return []
      const loads = measured.filter(
        (configuration) =>
          resolvedValue(problem, configuration, first.name) === one &&
          resolvedValue(problem, configuration, second.name) === other,
      )
      return [{ values: [one, other], ratio: Math.exp(Math.min(...costs) - lowest), loads: loads.length }]
    }),
  )
  const [best] = cells.toSorted((a, b) => a.ratio - b.ratio)
  if (!best || setups.length === 0) return null
  const [firstValue, secondValue] = best.values
  const values = { first: first.name, firstValue, second: second.name, secondValue }
  return { names: [first.name, second.name], cells, finding: say({ code: 'insight.bestTogether', values }) }
}
