import { median } from 'simple-statistics'
import type { GoalKind } from '../../preload/contract/goal.ts'
import { pooledVariance } from '../statistics/statistics.ts'
import type { VarianceEstimate } from '../statistics/statistics.ts'

/** ln cost per counted repetition, by load; the loads of one configuration together. */
export type LoadsOfConfiguration = readonly (readonly number[])[]

export interface VarianceComponents {
  /** σ_w, standard deviation of ln cost between repetitions of one load; null where no load has two. */
  repetitionDeviation: number | null
  /** σ_b, standard deviation between loads of equal settings beyond what their repetitions explain; null if none was repeated. */
  loadDeviation: number | null
  /** Variance of a load's median, both effects together: what comparisons of loads have to reckon with. */
  loadMedian: VarianceEstimate | null
}

/** Median of |x − y| over independent standard normal x, y: √2 · 0.6745. */
const medianDifferenceOfNormals = 0.9539
/** Variance of the median of 3 to 10 normal values over that of their mean, about (H. Chu, Ann. Math. Stat. 26, 1955). */
const medianInflation = 1.4

/**
 * One-way random effects, y = configuration + load + repetition, by moments (S. Searle, G. Casella, C. McCulloch,
 * "Variance Components", Wiley 1992, §3.5), with robust pieces: a load counts by its median and σ_w comes from the
 * median of all differences within loads (P. Bickel, E. Lehmann, "Descriptive Statistics IV", 1979), so that a hiccup
 * in one repetition neither moves its load nor passes for noise.
 */
export function varianceComponents(configurations: readonly LoadsOfConfiguration[]): VarianceComponents {
  const loads = configurations.flat()
  const differences = loads.flatMap(pairwiseDifferences)
  const repetitionDeviation = differences.length > 0 ? median(differences) / medianDifferenceOfNormals : null
  const loadMedian = pooledVariance(configurations.map((own) => own.map((values) => median([...values]))))
  if (loadMedian === null) return { repetitionDeviation, loadDeviation: null, loadMedian }
  const repeated = configurations.filter((own) => own.length > 1).flat()
  const meanInverseCount = repeated.reduce((sum, values) => sum + 1 / values.length, 0) / repeated.length
  const ofRepetitions = medianInflation * (repetitionDeviation ?? 0) ** 2 * meanInverseCount
  return {
    repetitionDeviation,
    loadDeviation: Math.sqrt(Math.max(0, loadMedian.variance - ofRepetitions)),
    loadMedian,
  }
}

function pairwiseDifferences(values: readonly number[]): number[] {
  return values.flatMap((x, index) => values.slice(index + 1).map((y) => Math.abs(x - y)))
}

/** How many loads' worth of evidence the belief below counts as. */
const priorDegreesOfFreedom = 5
/**
 * Standard deviation of ln cost between loads that a computer is believed to have before it has shown its own:
 * published runs spread by 0.4 % (graphics) to 4 % (processor), and two loads of equal settings were seen to differ by
 * up to 8 % on a shared machine (reference: tuning science §2, facts on Ollama §8). Memory is nearly the same each time.
 */
const believedDeviation: Record<GoalKind, number> = { chat: 0.02, throughput: 0.02, memory: 0.002 }
/** Where answers vary much within a load, loads vary as well: 8 % beside 4 to 7 % in the same source. */
const shareOfRepetitionDeviation = 0.75

/**
 * What is believed of the variance between loads before any were compared, as if seen with few degrees of freedom.
 * Two or three loads that happen to agree prove nothing; pooled with this they cannot make an interval too narrow, and
 * as loads come in the computer's own spread takes over (moderated variance: G. Smyth, Stat. Appl. Genet. Mol. Biol.
 * 3(1), 2004).
 */
export function priorSpread(goal: GoalKind, repetitionDeviation: number | null): VarianceEstimate {
  const ofRepetitions = goal === 'memory' ? 0 : shareOfRepetitionDeviation * (repetitionDeviation ?? 0)
  const deviation = Math.max(believedDeviation[goal], ofRepetitions)
  return { variance: deviation ** 2, degreesOfFreedom: priorDegreesOfFreedom }
}

/** Independent estimates of one variance, weighted by their degrees of freedom. */
export function pool(...estimates: (VarianceEstimate | null)[]): VarianceEstimate {
  let squares = 0
  let degreesOfFreedom = 0
  for (const estimate of estimates) {
    if (estimate === null) continue
    squares += estimate.variance * estimate.degreesOfFreedom
    degreesOfFreedom += estimate.degreesOfFreedom
  }
  return { variance: degreesOfFreedom > 0 ? squares / degreesOfFreedom : 0, degreesOfFreedom }
}
