import type { Reason } from '../../../../preload/contract/estimate.ts'
import type { Configuration } from '../../../../preload/contract/model.ts'
import { automaticCount, engineStateKey } from '../../engine-state.ts'
import { acquisition, knowledgeGradient } from './acquisition.ts'
import { createFeasibility } from '../../surrogate/feasibility.ts'
import { fitLoadSeconds } from '../../surrogate/load-time.ts'
import { createPhysics } from '../../surrogate/physics.ts'
import type { Physics } from '../../surrogate/physics.ts'
import { fitSurrogate } from '../../surrogate/surrogate.ts'
import type { Fit, Surrogate } from '../../surrogate/surrogate.ts'
import type { CreateSampler, Patience, Problem, Suggestion } from '../../types.ts'
import { createHistory } from '../history.ts'
import { obligatorySuggestion, stop } from '../suggest.ts'
import { abandonAboveTurnSeconds } from './abandon.ts'
import { createForecaster } from './forecast.ts'
import type { Forecast, Forecaster } from './forecast.ts'
import { promising } from './promising.ts'
import { secondsToRestart } from './restart.ts'
import { screeningOf } from './screening.ts'
import { outlookFor } from './stopping.ts'
import type { Rated } from './stopping.ts'

/** Parts of the search that can be switched off, to see by replay what each is worth. */
export interface BayesOptions {
  /** The mean around which the Gaussian process models what is left. */
  createPhysics: (problem: Problem) => Physics
  /** Weighs gains against the expected seconds of a trial. */
  usesCost: boolean
  /** Ends trials that surely cannot win. */
  stopsEarly: boolean
}

/** A gain below this is not worth a load, nats. */
const worthwhile = Math.log(1.03)
/**
 * The search ends when the chance that any candidate brings a worthwhile gain is below `chance`, and all that is left
 * to gain, on average, is below `regret`, nats.
 */
const leastLeft: Record<Patience, { chance: number; regret: number }> = {
  usual: { chance: 0.25, regret: 0.02 },
  thorough: { chance: 0.05, regret: 0.005 },
}
/** The incumbent keeps the goal's limit with this probability at least. */
const leastSurety = 0.9
/** Predicted costs this close, nats or standard deviations of the difference, are equal; then more automatic values win. */
const indifference = { nats: 0.005, deviations: 0.25 }
/** Requests of a trial: a warm-up and three repetitions. */
const requestsPerTrial = 4
/** Loads of one configuration that a search may spend: then it ends or, if it is thorough, looks elsewhere. */
const mostLoads = 2
/** So many trials before the last, what was never varied is: one to look, one to follow what it shows. */
const screeningReserve = 2
/** So many candidates with the best chances are judged in full. */
const contenders = 80

export const wholeBayes: BayesOptions = { createPhysics, usesCost: true, stopsEarly: true }

/** Bayesian optimisation with all its parts. */
export const createBayesSampler: CreateSampler = bayesSampler(wholeBayes)

/**
 * Bayesian optimisation over the enumerated candidates: physics and a Gaussian process forecast each of them, the
 * acquisition weighs what a trial would teach about the best choice against memory and time, and the search ends when
 * nothing left is likely to be worth a load.
 */
export function bayesSampler({ createPhysics: physicsOf, usesCost, stopsEarly }: BayesOptions): CreateSampler {
  return (options) => {
    const { problem, space, patience = 'usual' } = options
    const history = createHistory(problem, space)
    const feasibility = createFeasibility(problem)
    const physics = physicsOf(problem)
    const baselineKey = engineStateKey(problem, problem.baseline)
    const isBaseline = ({ configuration }: Forecast) => engineStateKey(problem, configuration) === baselineKey
    let fitted: { surrogate: Surrogate; forecaster: Forecaster } | null = null
    let last: Fit | undefined
    let present = problem.baseline
    const fit = () => {
      if (fitted) return fitted
      const surrogate = fitSurrogate(problem, physics, history.measurements(), last)
      last = surrogate.fit
      fitted = { surrogate, forecaster: createForecaster(problem, history, surrogate) }
      return fitted
    }
    const incumbentNow = () => {
      const { forecaster } = fit()
      return incumbentOf(
        history.measuredConfigurations().map((c) => forecaster.forecast(c)),
        forecaster,
      )
    }
    return {
      tell(observation) {
        present = observation.configuration
        history.tell(observation)
        feasibility.tell(observation)
        fitted = null
      },
      recommend: () => incumbentNow()?.configuration ?? problem.baseline,
      ask(): Suggestion {
        const obligatory = obligatorySuggestion(options, history)
        if (obligatory) return obligatory
        const { surrogate, forecaster } = fit()
        const incumbent = incumbentNow()
        const odds = (configuration: Configuration) => feasibility.probability(configuration)
        const rate = (configuration: Configuration): Rated => {
          const expected = forecaster.forecast(configuration)
          return { expected, admissible: odds(configuration) * expected.keepsLimit }
        }
        const open = promising(problem, surrogate, history.untold(), incumbent?.configuration ?? null, odds).map(rate)
        const suggest = (next: Forecast): Suggestion => ({
          kind: 'trial',
          configuration: next.configuration,
          reason: reasonFor(next, incumbent, surrogate),
          abandonAboveTurnSeconds: stopsEarly ? abandonAboveTurnSeconds(problem, surrogate, incumbent, next) : null,
        })
        /** The likeliest to be good of what varies parameters that no trial has varied, if it is likely to run. */
        const screening = (candidates: readonly Rated[]): Suggestion | null => {
          const untried = screeningOf(
            problem,
            space,
            history.measuredConfigurations(),
            candidates
              .filter(({ admissible }) => admissible >= leastSurety)
              .map(({ expected }) => expected.configuration),
          )
          if (!untried) return null
          const best = untried.candidates
            .map((configuration) => forecaster.forecast(configuration))
            .reduce((a, b) => (b.logCost.mean < a.logCost.mean ? b : a))
          const reason = { code: 'search.neverVaried', values: { names: untried.names.join(', ') } }
          return { ...suggest(best), reason }
        }
        if (!incumbent) return suggest(likeliestToRun(open).expected)
        const left = options.maximumTrials - history.trialCount()
        const urgent = left <= screeningReserve ? screening(open) : null
        if (urgent) return urgent
        const outlook = outlookFor(incumbent, open, forecaster, worthwhile)
        const least = leastLeft[patience]
        if (outlook.chance < least.chance && outlook.regret < least.regret) {
          const screened = screening(open)
          if (screened) return screened
          return stop('search.nothingLeftToGain', {
            chancePercent: outlook.chance * 100,
            tried: history.measuredConfigurations().length,
          })
        }
        const measured = history
          .measuredConfigurations()
          .map(rate)
          .filter(({ expected }) => expected.keepsLimit >= leastSurety)
        const loadSeconds = usesCost ? fitLoadSeconds(problem, physics, history.measurements()) : () => 1
        const startSeconds = (configuration: Configuration) =>
          secondsToRestart(problem, present, configuration) + loadSeconds(configuration)
        const secondsOf = ({ configuration, turn }: Forecast) =>
          usesCost ? startSeconds(configuration) + requestsPerTrial * Math.exp(turn.mean) : 1
        const loadsOf = ({ expected }: Rated) => history.measurementsOf(expected.configuration).length
        // The study itself measures the baseline again; it is no trial of the search's.
        const again = measured
          .filter(({ expected }) => !isBaseline(expected))
          .filter((rated) => patience === 'usual' || loadsOf(rated) < mostLoads)
        const next = mostInformative(incumbent, measured, [...again, ...open], forecaster, secondsOf)
        const loads = loadsOf(next)
        if (loads === 0) return suggest(next.expected)
        const screened = screening(open)
        if (screened) return screened
        // From there on fresh loads beside the baseline's teach more than fresh loads alone.
        if (loads >= mostLoads) return stop('search.onlyRepetitionTeaches', { tried: history.trialCount() })
        return { ...suggest(next.expected), reason: repetitionReason(next.expected, surrogate) }
      },
    }
  }
}

/** While nothing has run: what most likely runs at all, the faster the better. */
function likeliestToRun(open: readonly Rated[]): Rated {
  const worth = ({ expected, admissible }: Rated) => admissible * Math.exp(-expected.logCost.mean)
  return open.reduce((a, b) => (worth(b) > worth(a) ? b : a))
}

/** The candidate whose measurement, the incumbent's own included, promises the most for its seconds. */
function mostInformative(
  incumbent: Forecast,
  measured: readonly Rated[],
  askable: readonly Rated[],
  forecaster: Forecaster,
  secondsOf: (forecast: Forecast) => number,
): Rated {
  const promise = ({ expected: { logCost }, admissible }: Rated) =>
    admissible * Math.exp(incumbent.logCost.mean - logCost.mean + Math.sqrt(logCost.variance))
  const judged = askable.toSorted((a, b) => promise(b) - promise(a)).slice(0, contenders)
  const scored = judged.map((rated) => {
    const { expected, admissible } = rated
    const sd = Math.sqrt(expected.logCost.variance + forecaster.noiseVariance(expected))
    // What is measured may be recommended: a candidate that is expected to be better is worth that much at once.
    const atOnce = Math.max(0, incumbent.logCost.mean - expected.logCost.mean)
    const choices = measured.includes(rated) ? measured : [...measured, rated]
    const lines = choices.map((choice) => ({
      mean: choice.expected.logCost.mean,
      slope: forecaster.covariance(expected, choice.expected) / sd,
    }))
    const gain = atOnce + (sd === 0 ? 0 : knowledgeGradient(lines))
    return { rated, score: acquisition(gain, admissible, secondsOf(expected)) }
  })
  return scored.reduce((a, b) => (b.score > a.score ? b : a)).rated
}

/** The measured configuration with the best forecast, not the luckiest measurement; automatic values win ties. */
function incumbentOf(measured: readonly Forecast[], forecaster: Forecaster): Forecast | null {
  const admissible = measured.filter(({ keepsLimit }) => keepsLimit >= leastSurety)
  const [first] = admissible
  if (!first) return null
  const best = admissible.reduce((a, b) => (b.logCost.mean < a.logCost.mean ? b : a), first)
  const isEqual = (other: Forecast) => {
    const variance = best.logCost.variance + other.logCost.variance - 2 * forecaster.covariance(best, other)
    const tie = Math.max(indifference.nats, indifference.deviations * Math.sqrt(Math.max(0, variance)))
    return other.logCost.mean - best.logCost.mean <= tie
  }
  return admissible
    .filter((other) => other === best || isEqual(other))
    .reduce((a, b) => (automaticCount(b.configuration) > automaticCount(a.configuration) ? b : a))
}

function reasonFor(next: Forecast, incumbent: Forecast | null, surrogate: Surrogate): Reason {
  const values = valuesOf(next, surrogate)
  if (!incumbent) return { code: 'search.firstToRun', values }
  const gain = Math.expm1(incumbent.logCost.mean - next.logCost.mean) * 100
  const spread = Math.expm1(2 * Math.sqrt(next.logCost.variance)) * 100
  return gain > 0.5
    ? { code: 'search.expectedBetter', values: { ...values, gainPercent: gain } }
    : { code: 'search.uncertain', values: { ...values, upToPercent: gain + spread } }
}

function repetitionReason(next: Forecast, surrogate: Surrogate): Reason {
  return { code: 'search.again', values: valuesOf(next, surrogate) }
}

/** A configuration as sentences take it, with the speed that is expected of it. */
function valuesOf({ configuration }: Forecast, surrogate: Surrogate): Reason['values'] {
  const { num_gpu, num_thread, num_batch, use_mmap, flash_attention, kv_cache_type, num_parallel } = configuration
  return {
    layers: num_gpu,
    threads: num_thread,
    batch: num_batch,
    mapping: use_mmap === null ? 'automatic' : use_mmap ? 'mapped' : 'read',
    flashAttention: flash_attention ?? 'automatic',
    cacheType: kv_cache_type ?? 'automatic',
    conversations: num_parallel ?? 'automatic',
    decodeTokensPerSecond: Math.exp(-surrogate.logTokenSeconds(configuration).mean),
  }
}
