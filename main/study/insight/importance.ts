import { mean } from 'simple-statistics'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { Band, Importance, ParameterImportance } from '../../../preload/contract/insight.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { rankGroups } from '../../search/importance/groups.ts'
import { importanceOf, type FactorImportance } from '../../search/importance/importance.ts'
import { resolvedValue } from '../../search/importance/resolved.ts'
import { createRandom } from '../../search/random.ts'
import { say } from '../../words/say.ts'
import { effectReason } from './effect-reasons.ts'
import { outlookOf, type Outlook } from './forecast.ts'
import { importanceReasons } from './importance-reasons.ts'
import { settingMap } from './setting-map.ts'
import { variedParameters, type Varied } from './varied.ts'

/** Setups slower than so many times the best do not count: what crawls would swallow every other difference. */
const widestRatio = 2
/** Larger spaces are represented by so many setups, drawn at random. */
const mostSetups = 300
/** Fewer measured setups say nothing about what matters. */
const fewestMeasured = 3

/**
 * Which parameters the differences in the goal's cost come from, over the setups that work: those that fit and are at
 * most twice as slow as the best. Differences are those of ln cost, as gains are ratios. Null where fewer than three
 * setups were measured or nothing varies. Pure: the study's seed makes the draws.
 */
export function importanceFor(study: Study, goal: GoalKind): Importance | null {
  const outlook = outlookOf(study, goal)
  if (outlook.history.measuredConfigurations().length < fewestMeasured) return null
  const seen = outlook.candidates.slice(0, mostSetups)
  const { mean: logCosts } = outlook.believe(seen)
  const limit = Math.min(...logCosts) + Math.log(widestRatio)
  const setups = seen.filter((_, i) => (logCosts[i] ?? Infinity) <= limit)
  const varied = variedParameters(outlook, setups)
  if (varied.length === 0) return null

  const { mean: means, covariance } = outlook.believe(setups)
  const factors = varied.map(({ values, levelOf }) => ({ count: values.length, levelOf }))
  const result = importanceOf(factors, { mean: means, covariance: covariance() }, createRandom(study.request.seed))
  const groups = rankGroups(result.factors)
  const measured = partialResiduals(outlook, varied, result.factors, mean(means))
  const parameters = varied
    .flatMap((parameter, i): ParameterImportance[] => {
      const factor = result.factors[i]
      return factor ? [describe(outlook, parameter, factor, groups[i] ?? null, measured(i))] : []
    })
    .toSorted((a, b) => b.share.value - a.share.value)
  const pairs = result.pairs
    .flatMap(({ factors: [a, b], share, isDistinguishable }): Importance['pairs'] => {
      const [first, second] = [varied[a], varied[b]]
      return first && second ? [{ names: [first.name, second.name], share, isDistinguishable }] : []
    })
    .toSorted((a, b) => b.share.value - a.share.value)
  const found = {
    goal,
    setups: setups.length,
    leftOut: seen.length - setups.length,
    widestRatio,
    spreadPercent: Math.expm1(Math.sqrt(result.variance)) * 100,
    parameters,
    pairs,
    map: settingMap(outlook, varied, { setups, logCosts: means }, parameters),
    rest: result.rest,
  }
  return { ...found, sentences: importanceReasons(found).map(say) }
}

/** A measured load with its own cost and what is left of it without the other parameters' average effects, as logs. */
interface PartialResidual {
  configuration: Configuration
  level: number
  logRatio: number
  logPartial: number
}

/** Partial residuals of every load whose values are all among those looked at (W. Larsen, S. McCleary, 1972). */
function partialResiduals(
  { problem, history }: Outlook,
  varied: readonly Varied[],
  effects: readonly FactorImportance[],
  center: number,
): (parameter: number) => PartialResidual[] {
  const baselineCost = mean(history.measurementsOf(problem.baseline).map(({ cost }) => cost))
  const loads = history.measurements().flatMap(({ configuration, cost }) => {
    const levels = varied.map(({ name, values }) => values.indexOf(resolvedValue(problem, configuration, name)))
    return levels.includes(-1) ? [] : [{ configuration, cost, levels }]
  })
  return (parameter) =>
    loads.map(({ configuration, cost, levels }) => {
      const others = levels.reduce(
        (sum, level, j) => (j === parameter ? sum : sum + (effects[j]?.effect(level) ?? 0)),
        0,
      )
      return {
        configuration,
        level: levels[parameter] ?? 0,
        logRatio: Math.log(cost / baselineCost),
        logPartial: Math.log(cost) - center - others,
      }
    })
}

function describe(
  { problem }: Outlook,
  { name, values }: Varied,
  factor: FactorImportance,
  group: number | null,
  residuals: readonly PartialResidual[],
): ParameterImportance {
  const present = values.indexOf(resolvedValue(problem, problem.baseline, name))
  const effects = values.map((_, level) => factor.effect(level))
  const reference = present >= 0 ? present : effects.indexOf(Math.min(...effects))
  const curve = values.map((value, level) => ({ value, ratio: ratios(factor.difference(level, reference)) }))
  return {
    name,
    share: factor.share,
    group,
    reference: values[reference] ?? false,
    curve,
    finding: say(effectReason({ name, group, curve, goal: problem.goal })),
    points: residuals.map(({ configuration, level, logRatio, logPartial }) => ({
      configuration,
      value: values[level] ?? false,
      measuredRatio: Math.exp(logRatio),
      partialRatio: Math.exp(logPartial - (effects[reference] ?? 0)),
    })),
  }
}

function ratios({ value, low, high }: Band): Band {
  return { value: Math.exp(value), low: Math.exp(low), high: Math.exp(high) }
}
