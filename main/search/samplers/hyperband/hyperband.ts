import type { Reason } from '../../../../preload/contract/estimate.ts'
import type { Workload } from '../../../../preload/contract/goal.ts'
import type { Configuration } from '../../../../preload/contract/model.ts'
import type { Fidelity } from '../../../../preload/contract/trial.ts'
import { engineStateKey } from '../../engine-state.ts'
import { shuffle } from '../../random.ts'
import type { CreateSampler, TrialSuggestion } from '../../types.ts'
import { createHistory } from '../history.ts'
import { isFailure, latestCost } from '../scores.ts'
import { obligatorySuggestion, stop, trial } from '../suggest.ts'
import { affordableBrackets, eta, finalMove, hyperbandBrackets, nextMove } from './brackets.ts'
import type { Contender } from './brackets.ts'

/** Resource of a trial in full, in ninths: one answer of a third of the length, one whole answer, three of them. */
const fullResource = eta ** 2
/** Repetitions of a trial in full that the resource stands for. */
const fullRepetitions = 3
/** Fewer tokens give no steady rate. */
const fewestTokens = 16

interface Entrant extends Contender {
  configuration: Configuration
  costs: Map<number, number | null>
}

/**
 * Hyperband over repetitions and output length: many configurations drawn at random get one short answer, the best
 * third of them a longer trial, and so on up to a full one, in brackets that trade number for length. Only full trials
 * are ever recommended. Source: see brackets.ts.
 *
 * It saves repetitions, not loads: every promotion loads the model again. Where loading takes longer than answering it
 * pays more for less; it is offered for slow answers of quickly loaded models, and as a yardstick.
 */
export const createHyperbandSampler: CreateSampler = (options) => {
  const { problem, space, random, maximumTrials } = options
  const keyOf = (configuration: Configuration) => engineStateKey(problem, configuration)
  const history = createHistory(problem, space)
  /** Told of full trials and failures only: what it holds open may still be measured in full. */
  const fullHistory = createHistory(problem, space)
  const order = shuffle(space.candidates, random)
  const brackets = affordableBrackets(hyperbandBrackets(fullResource), maximumTrials)
  const candidates = new Map(space.candidates.map((configuration) => [keyOf(configuration), configuration]))
  const entrants = new Map<string, Entrant>()

  const contenders = () => {
    const promotable = new Set<Configuration | undefined>(fullHistory.open())
    return [...entrants].map(([key, entrant]) => {
      const isAllowed = entrant.costs.has(fullResource) || promotable.has(candidates.get(key))
      return { ...entrant, isOut: entrant.isOut || !isAllowed }
    })
  }
  const suggest = (configuration: Configuration, resource: number, reason: Reason): TrialSuggestion => {
    const fidelity = fidelityOf(resource, problem.workload)
    return { ...trial(problem, history, configuration, reason), ...(fidelity && { fidelity }) }
  }

  return {
    tell(observation) {
      const { configuration, outcome, fidelity } = observation
      history.tell(observation)
      const isFull = outcome.kind === 'ok' && fidelity === undefined
      if (isFull || isFailure(observation)) fullHistory.tell(observation)
      const key = keyOf(configuration)
      if (key === keyOf(problem.baseline)) return
      const entrant = entrants.get(key) ?? { configuration, costs: new Map<number, number | null>(), isOut: false }
      entrants.set(key, entrant)
      entrant.isOut = outcome.kind !== 'ok'
      if (outcome.kind === 'ok') entrant.costs.set(resourceOf(fidelity, problem.workload), latestCost(problem, history))
    },
    recommend: () => fullHistory.bestMeasured()?.configuration ?? problem.baseline,
    ask() {
      const open = new Set(history.open())
      const fresh = order.find((configuration) => open.has(configuration))
      const obligatory = obligatorySuggestion(options, history)
      // Where nothing is left to begin, there may still be something to promote.
      const isUsedUp = fresh !== undefined || history.trialCount() >= maximumTrials
      if (obligatory && isUsedUp) return obligatory
      const rivals = contenders()
      const last = history.trialCount() === maximumTrials - 1 ? finalMove(rivals, fullResource) : null
      const move = last ?? nextMove(brackets, rivals, fresh !== undefined)
      if (move?.kind === 'promote') {
        const reason = { code: 'search.promoted', values: { rivals: move.of } }
        return suggest(move.contender.configuration, move.resource, reason)
      }
      if (!fresh) return obligatory ?? stop('search.candidatesExhausted', { trials: history.trialCount() })
      const resource = move?.resource ?? fullResource
      const code = resource < fullResource ? 'search.drawnForShortTrial' : 'search.drawnAtRandom'
      return suggest(fresh, resource, { code, values: { open: open.size } })
    },
  }
}

/** The trial that so much resource buys: first fewer repetitions, then shorter answers. Undefined: in full. */
export function fidelityOf(resource: number, { outputTokens }: Workload): Fidelity | undefined {
  if (resource >= fullResource) return undefined
  const answers = (fullRepetitions * resource) / fullResource
  const repetitions = Math.max(1, Math.round(answers))
  return {
    repetitions,
    outputTokens: Math.min(outputTokens, Math.max(fewestTokens, Math.round((outputTokens * answers) / repetitions))),
  }
}

/** The resource that a trial had: the highest of those above that ask for no more. */
function resourceOf(fidelity: Fidelity | undefined, workload: Workload): number {
  if (fidelity === undefined) return fullResource
  for (let resource = fullResource / eta; resource > 1; resource /= eta) {
    const asked = fidelityOf(resource, workload)
    if (asked && asked.repetitions <= fidelity.repetitions && asked.outputTokens <= fidelity.outputTokens) {
      return resource
    }
  }
  return 1
}
