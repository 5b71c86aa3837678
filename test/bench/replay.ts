import type { GoalKind } from '../../preload/contract/goal.ts'
import type { Configuration } from '../../preload/contract/model.ts'
import type { Fidelity, OkOutcome, Repetition, TrialOutcome } from '../../preload/contract/trial.ts'
import { TokenMeter } from '../../main/measure/figures.ts'
import { createSampler } from '../../main/search/create-sampler.ts'
import type { SamplerKind } from '../../main/search/create-sampler.ts'
import { createRandom } from '../../main/search/random.ts'
import type { Random } from '../../main/search/random.ts'
import { buildSpace } from '../../main/search/space.ts'
import { estimate } from '../../main/statistics/statistics.ts'
import type { Observation, Patience, Suggestion } from '../../main/search/types.ts'
import { judge, worstRegretPercent } from './regret.ts'
import type { Worth } from './regret.ts'
import { meanTtftSeconds } from './tables.ts'
import type { Table } from './tables.ts'
import type { Rates } from './tables/rows.ts'
import { drawLoadEffect, drawRates, driftAt } from './virtual/noise.ts'

const repetitionsPerTrial = 3

/** How a study stands after so many trials. */
export interface Checkpoint extends Worth {
  trials: number
  secondsPaid: number
  /** Trials that ran out of memory, spilled or took too long. */
  failures: number
  /** Those of the failures that spilled. */
  spills: number
}

export interface Replay {
  /** One for every trial; after the search has stopped they stay as they are. */
  checkpoints: Checkpoint[]
  /** Milliseconds of each `ask`. */
  askMilliseconds: number[]
}

/** A `Sampler` of ours, or one that lives elsewhere and answers later. */
export interface ReplayedSampler {
  ask(): Suggestion | Promise<Suggestion>
  tell(observation: Observation): void | Promise<void>
  recommend(): Configuration
}

/** One of the app's own samplers on a table, with the candidates that the table has rows for. */
export function ownSampler(
  table: Table,
  goal: GoalKind,
  kind: SamplerKind,
  seed: number,
  maximumTrials: number,
  patience: Patience,
): ReplayedSampler {
  const problem = table.problemOf(goal)
  const space = buildSpace(problem)
  const candidates = space.candidates.filter((configuration) => table.row(configuration))
  return createSampler(kind)({
    problem,
    space: { ...space, candidates },
    random: createRandom(seed + 1e6),
    maximumTrials,
    patience,
  })
}

/**
 * Runs one sampler on one table. Trials are drawn as tables/README.md says, from a generator seeded by `seed` alone,
 * so that methods are paired; the sampler's own generator is another.
 */
export async function replay(
  table: Table,
  goal: GoalKind,
  sampler: ReplayedSampler,
  seed: number,
  trials: number,
): Promise<Replay> {
  const noise = createRandom(seed)
  const askMilliseconds: number[] = []
  const checkpoints: Checkpoint[] = []
  const paid = { secondsPaid: 0, failures: 0, spills: 0 }
  for (let trial = 1; trial <= trials; trial++) {
    const began = performance.now()
    const suggestion = await sampler.ask()
    askMilliseconds.push(performance.now() - began)
    if (suggestion.kind === 'stop') break
    const { configuration, abandonAboveTurnSeconds: limit, fidelity } = suggestion
    const { outcome, paid: seconds } = drawTrial(table, configuration, noise, paid.secondsPaid, limit, fidelity)
    paid.secondsPaid += seconds
    if (outcome.kind !== 'ok') paid.failures += 1
    if (outcome.kind === 'spill') paid.spills += 1
    await sampler.tell({ configuration, outcome, fidelity })
    checkpoints.push({ trials: trial, ...paid, ...judge(table, goal, sampler.recommend()) })
  }
  return { checkpoints: prolonged(checkpoints, trials), askMilliseconds }
}

/** The last checkpoint repeated for the trials that a search did without. */
function prolonged(checkpoints: readonly Checkpoint[], trials: number): Checkpoint[] {
  const last = checkpoints.at(-1)
  if (!last) return []
  const missing = Array.from({ length: trials - last.trials }, (_, i) => ({ ...last, trials: last.trials + 1 + i }))
  return [...checkpoints, ...missing]
}

/** Regret of the best candidate of the space, percent: what no sampler can win back. */
export function regretOfSpace(table: Table, goal: GoalKind): number {
  const regrets = buildSpace(table.problemOf(goal)).candidates.map((configuration) =>
    table.row(configuration)?.outcome === 'ok' ? judge(table, goal, configuration).regretPercent : worstRegretPercent,
  )
  return Math.min(...regrets)
}

/** One load of a configuration after `elapsed` seconds of study, and the seconds paid for it. */
export function drawTrial(
  table: Table,
  configuration: Configuration,
  random: Random,
  elapsed: number,
  abandonAbove: number | null,
  fidelity: Fidelity = { repetitions: repetitionsPerTrial, outputTokens: table.workload.outputTokens },
): { outcome: TrialOutcome; paid: number } {
  const row = table.row(configuration)
  if (!row) throw new RangeError(`no row for ${JSON.stringify(configuration)}`)
  const { rates, loadSeconds } = row
  let paid = loadSeconds
  if (row.outcome === 'oom') return { outcome: { kind: 'outOfMemory', message: 'out of memory' }, paid }
  const loadEffect = drawLoadEffect(row, random)
  const repetitions: Repetition[] = []
  let stoppedEarly = false
  while (repetitions.length < fidelity.repetitions && !stoppedEarly) {
    const speed = driftAt(table.drift, elapsed + paid)
    const drawn = rates && drawRates(rates, row.withinSd, loadEffect, speed, random)
    const repetition = drawn && repetitionOf(table, drawn, fidelity.outputTokens, abandonAbove)
    if (!repetition || repetition.totalSeconds > table.repetitionLimitSeconds) {
      paid += table.repetitionLimitSeconds
      return { outcome: { kind: 'timeout', message: 'repetition limit' }, paid }
    }
    paid += repetition.totalSeconds
    repetitions.push(repetition)
    stoppedEarly = repetition.outputTokens < fidelity.outputTokens
  }
  const { ramMiB, vramMiB, freeVramMiB } = row
  const load = { loadSeconds, memory: { ramMiB, vramMiB }, contextLength: null, ...(freeVramMiB && { freeVramMiB }) }
  const outcome = okOutcome(load, repetitions, stoppedEarly)
  if (row.outcome !== 'spill') return { outcome, paid }
  const decodeTokensPerSecond = outcome.decodeTokensPerSecond.mean
  return { outcome: { kind: 'spill', load, decodeTokensPerSecond, message: 'spill' }, paid }
}

/** One answer, cut off after the token at which the app would give it up. */
function repetitionOf({ workload }: Table, rates: Rates, askedTokens: number, abandonAbove: number | null): Repetition {
  const ttftSeconds = meanTtftSeconds(workload.promptTokens, rates)
  const outputTokens = tokensUntilHopeless(ttftSeconds, rates, askedTokens, abandonAbove)
  return {
    ...rates,
    isWarmUp: false,
    promptTokens: workload.promptTokens,
    outputTokens,
    ttftSeconds,
    totalSeconds: ttftSeconds + outputTokens / rates.decodeTokensPerSecond,
    queueSeconds: 0,
    otherLoadShare: null,
    isOutlier: false,
  }
}

function tokensUntilHopeless(ttftSeconds: number, rates: Rates, outputTokens: number, abandonAbove: number | null) {
  if (abandonAbove === null) return outputTokens
  const meter = new TokenMeter()
  for (let tokens = 1; tokens < outputTokens; tokens++) {
    meter.add({ text: '', atSeconds: ttftSeconds + (tokens - 1) / rates.decodeTokensPerSecond })
    if (meter.isHopeless(outputTokens, abandonAbove, false)) return tokens
  }
  return outputTokens
}

function okOutcome(load: OkOutcome['load'], repetitions: Repetition[], stoppedEarly: boolean): OkOutcome {
  return {
    kind: 'ok',
    load,
    repetitions,
    ttftSeconds: estimate(repetitions.map((repetition) => repetition.ttftSeconds)),
    prefillTokensPerSecond: estimate(repetitions.map((repetition) => repetition.prefillTokensPerSecond)),
    decodeTokensPerSecond: estimate(repetitions.map((repetition) => repetition.decodeTokensPerSecond)),
    stoppedEarly,
  }
}
