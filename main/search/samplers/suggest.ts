import type { Reason } from '../../../preload/contract/estimate.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import { decisiveTokens, turnLimitSeconds } from '../objective.ts'
import type { Observation, Problem, Sampler, SamplerOptions, Suggestion, TrialSuggestion } from '../types.ts'
import type { History } from './history.ts'

/** A trial is given up only when it is this many times slower than what could still win: noise never decides. */
const margin = 1.3

/**
 * What every sampler says before it thinks for itself: the baseline comes first, and the search ends with the
 * trials or the candidates. Null: the sampler may choose among `history.open()`.
 */
export function obligatorySuggestion(options: SamplerOptions, history: History): Suggestion | null {
  const { problem, maximumTrials } = options
  if (!history.isTold(problem.baseline)) {
    return {
      kind: 'trial',
      configuration: problem.baseline,
      reason: { code: 'search.baselineFirst', values: {} },
      abandonAboveTurnSeconds: null,
    }
  }
  if (history.trialCount() >= maximumTrials) return stop('search.trialsUsedUp', { trials: maximumTrials })
  if (!history.hasOpen()) return stop('search.candidatesExhausted', { trials: history.trialCount() })
  return null
}

/** Candidates that may still be tried. */
export type Open = ReadonlySet<Configuration>

/**
 * A sampler without a model of its own: what every search must measure, then what `choose` takes of the open
 * candidates; it recommends the best measured.
 *
 * @param learn told of each observation after the history was
 */
export function samplerOver(
  options: SamplerOptions,
  history: History,
  choose: (open: Open) => Suggestion,
  learn: (observation: Observation) => void = () => undefined,
): Sampler {
  return {
    tell(observation) {
      history.tell(observation)
      learn(observation)
    },
    recommend: () => history.bestMeasured()?.configuration ?? options.problem.baseline,
    ask: () => obligatorySuggestion(options, history) ?? choose(new Set(history.open())),
  }
}

/** The first of the configurations that is open; while a sampler is asked at all, one of the candidates is. */
export function firstOpen(order: readonly Configuration[], open: Open, { baseline }: Problem): Configuration {
  return order.find((configuration) => open.has(configuration)) ?? baseline
}

/** The end of a search, with its reason. */
export function stop(code: string, values: Reason['values']): Suggestion {
  return { kind: 'stop', reason: { code, values } }
}

/** A trial of a candidate, to be abandoned once it surely cannot win. */
export function trial(
  problem: Problem,
  history: History,
  configuration: Configuration,
  reason: Reason,
): TrialSuggestion {
  return { kind: 'trial', configuration, reason, abandonAboveTurnSeconds: abandonAboveTurnSeconds(problem, history) }
}

/**
 * Turn seconds above which a trial surely cannot win, null while nothing is known. For the throughput goal a turn
 * cannot be longer than the whole long answer of the best configuration.
 */
function abandonAboveTurnSeconds(problem: Problem, history: History): number | null {
  const best = history.bestMeasured()
  if (!best) return null
  switch (problem.goal) {
    case 'chat':
      return best.turnSeconds * margin
    case 'throughput':
      return best.cost * decisiveTokens(problem.goal, problem.workload) * margin
    case 'memory': {
      const limit = turnLimitSeconds(problem.goal, history.baselineTurnSeconds())
      return limit === null ? null : limit * margin
    }
  }
}
