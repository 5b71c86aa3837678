import type { GoalKind } from '../../preload/contract/goal.ts'
import type { Configuration } from '../../preload/contract/model.ts'
import type { OkOutcome, Repetition, TrialOutcome } from '../../preload/contract/trial.ts'
import { createSampler } from '../../main/search/create-sampler.ts'
import type { SamplerKind } from '../../main/search/create-sampler.ts'
import { turnLimitSeconds } from '../../main/search/objective.ts'
import { createRandom, drawNormal } from '../../main/search/random.ts'
import type { Random } from '../../main/search/random.ts'
import { buildSpace } from '../../main/search/space.ts'
import { estimate } from '../../main/search/statistics.ts'
import { meanCost, meanTurnSeconds } from './tables.ts'
import type { Row, Table } from './tables.ts'

/** Worst regret that is told apart, percent; what does not load counts as this. */
const worstRegret = 999
const repetitionsPerTrial = 3
/** A trial told to give up notices after so many tokens. */
const tokensUntilAbandoned = 8

/** How a study stands after so many trials. */
export interface Checkpoint {
  trials: number
  regretPercent: number
  worseThanDefaultPercent: number
  secondsPaid: number
  failures: number
}

export interface Replay {
  checkpoints: Checkpoint[]
  /** Milliseconds of each `ask`. */
  askMilliseconds: number[]
  candidates: number
}

/**
 * Runs one sampler on one table. Trials are drawn as tables/README.md says, from a generator seeded by `seed` alone,
 * so that methods are paired; the sampler's own generator is another.
 */
export function replay(table: Table, goal: GoalKind, kind: SamplerKind, seed: number, trials: number): Replay {
  const problem = table.problemOf(goal)
  const built = buildSpace(problem)
  const space = { ...built, candidates: built.candidates.filter((configuration) => table.row(configuration)) }
  const sampler = createSampler(kind)({ problem, space, random: createRandom(seed + 1e6), maximumTrials: trials })
  const noise = createRandom(seed)
  const askMilliseconds: number[] = []
  const checkpoints: Checkpoint[] = []
  let seconds = 0
  let failures = 0
  let hasStopped = false
  for (let trial = 1; trial <= trials; trial++) {
    if (!hasStopped) {
      const began = performance.now()
      const suggestion = sampler.ask()
      askMilliseconds.push(performance.now() - began)
      if (suggestion.kind === 'stop') hasStopped = true
      else {
        const { outcome, paid } = drawTrial(
          table,
          suggestion.configuration,
          noise,
          seconds,
          suggestion.abandonAboveTurnSeconds,
        )
        seconds += paid
        if (outcome.kind !== 'ok') failures += 1
        sampler.tell({ configuration: suggestion.configuration, outcome })
      }
    }
    const previous = checkpoints.at(-1)
    const recommended = hasStopped && previous ? previous : judge(table, goal, sampler.recommend())
    checkpoints.push({
      trials: trial,
      regretPercent: recommended.regretPercent,
      worseThanDefaultPercent: recommended.worseThanDefaultPercent,
      secondsPaid: seconds,
      failures,
    })
  }
  return { checkpoints, askMilliseconds, candidates: space.candidates.length }
}

/** Regret of the best candidate of the space, percent: what no sampler can win back. */
export function regretOfSpace(table: Table, goal: GoalKind): number {
  const problem = table.problemOf(goal)
  const regrets = buildSpace(problem).candidates.map((configuration) => {
    const row = table.row(configuration)
    return row?.outcome === 'ok' ? judge(table, goal, configuration).regretPercent : worstRegret
  })
  return Math.min(...regrets)
}

function judge(table: Table, goal: GoalKind, configuration: Configuration) {
  const row = table.row(configuration)
  const usual = table.row(table.problemOf(goal).baseline)
  const cost = costOfRow(table, goal, row, usual)
  const usualCost = costOfRow(table, goal, usual, usual)
  const optimum = table.optimum(goal)
  // Costs of throughput are seconds per token: 1 − value / optimum in tokens/s is 1 − optimum / cost.
  const relative = (worse: number, better: number) =>
    (goal === 'throughput' ? 1 - better / worse : worse / better - 1) * 100
  return {
    regretPercent: Number.isFinite(cost) ? Math.min(worstRegret, relative(cost, optimum)) : worstRegret,
    worseThanDefaultPercent: Number.isFinite(usualCost) ? Math.min(worstRegret, relative(cost, usualCost)) : 0,
  }
}

function costOfRow(table: Table, goal: GoalKind, row: Row | undefined, usual: Row | undefined): number {
  if (!row?.rates) return Infinity
  const limit = turnLimitSeconds(goal, usual?.rates ? meanTurnSeconds(table.workload, usual.rates) : null)
  if (limit !== null && meanTurnSeconds(table.workload, row.rates) > limit) return Infinity
  return meanCost(goal, table.workload, row.rates, row)
}

/** One load of a configuration after `elapsed` seconds of study, and the seconds paid for it. */
export function drawTrial(
  table: Table,
  configuration: Configuration,
  random: Random,
  elapsed: number,
  abandonAbove: number | null,
): { outcome: TrialOutcome; paid: number } {
  const row = table.row(configuration)
  if (!row) throw new RangeError(`no row for ${JSON.stringify(configuration)}`)
  const { rates } = row
  let paid = row.loadSeconds
  if (row.outcome === 'oom' || !rates) return { outcome: { kind: 'outOfMemory', message: 'out of memory' }, paid }
  const loadEffect = row.betweenSd * drawNormal(random)
  const repetitions: Repetition[] = []
  for (let i = 0; i < repetitionsPerTrial; i++) {
    const { fraction, timeConstantSeconds } = table.drift
    const slowdown = 1 - fraction * (1 - Math.exp(-(elapsed + paid) / timeConstantSeconds))
    const draw = (rate: number) => rate * Math.exp(loadEffect + row.withinSd * drawNormal(random)) * slowdown
    const decode = draw(rates.decodeTokensPerSecond)
    const prefill = draw(rates.prefillTokensPerSecond)
    const ttftSeconds = table.workload.promptTokens / prefill + 1 / decode + 0.012
    const turn = ttftSeconds + table.workload.outputTokens / decode
    const isHopeless = abandonAbove !== null && turn > abandonAbove
    const spent = isHopeless ? ttftSeconds + tokensUntilAbandoned / decode : turn
    if (spent > table.repetitionLimitSeconds) {
      paid += table.repetitionLimitSeconds
      return { outcome: { kind: 'timeout', message: 'repetition limit' }, paid }
    }
    paid += spent
    repetitions.push(repetition(table, ttftSeconds, prefill, decode))
    if (isHopeless) break
  }
  const memory = { ramMiB: row.ramMiB, vramMiB: row.vramMiB }
  const load = { loadSeconds: row.loadSeconds, memory, contextLength: null }
  if (row.outcome === 'spill') {
    return { outcome: { kind: 'spill', load, decodeTokensPerSecond: rates.decodeTokensPerSecond, message: '' }, paid }
  }
  return { outcome: okOutcome(load, repetitions), paid }
}

function okOutcome(load: OkOutcome['load'], repetitions: Repetition[]): OkOutcome {
  return {
    kind: 'ok',
    load,
    repetitions,
    ttftSeconds: estimate(repetitions.map((r) => r.ttftSeconds)),
    prefillTokensPerSecond: estimate(repetitions.map((r) => r.prefillTokensPerSecond)),
    decodeTokensPerSecond: estimate(repetitions.map((r) => r.decodeTokensPerSecond)),
    stoppedEarly: repetitions.length < repetitionsPerTrial,
  }
}

function repetition(table: Table, ttftSeconds: number, prefill: number, decode: number): Repetition {
  const { promptTokens, outputTokens } = table.workload
  return {
    isWarmUp: false,
    promptTokens,
    outputTokens,
    ttftSeconds,
    prefillTokensPerSecond: prefill,
    decodeTokensPerSecond: decode,
    totalSeconds: ttftSeconds + outputTokens / decode,
    queueSeconds: 0,
    otherLoadShare: null,
    isOutlier: false,
  }
}
