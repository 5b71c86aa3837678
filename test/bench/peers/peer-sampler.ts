import { mean } from 'simple-statistics'
import { parameterNames } from '../../../preload/contract/model.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Reason } from '../../../preload/contract/estimate.ts'
import { observedCost, turnLimitSeconds, turnSeconds } from '../../../main/search/objective.ts'
import type { Problem, Suggestion } from '../../../main/search/types.ts'
import type { ReplayedSampler } from '../replay.ts'
import type { PeerMethod, PeerParams, PeerProcess } from './peer-process.ts'
import { axesOf, nearest, peerCandidates } from './peer-space.ts'
import type { PeerSpace } from './peer-space.ts'

/** A suggestion measured before is answered from memory so many times; then it is measured again. */
const answersFromMemory = 4
/** A measured turn must stay this far below the goal's limit, as it must for our own samplers. */
const limitMargin = 0.97

export interface PeerOptions {
  problem: Problem
  space: PeerSpace
  seed: number
  /** Whether a configuration can be measured: recorded tables may have gaps. */
  canMeasure: (configuration: Configuration) => boolean
}

/**
 * Begins a study of a peer. It measures the baseline first, minimises the logarithm of the objective, and searches a
 * product of values: a suggestion that is no candidate is replaced by the nearest one, told as what was measured.
 */
export async function createPeerSampler(
  peers: PeerProcess,
  method: PeerMethod,
  { problem, space, seed, canMeasure }: PeerOptions,
): Promise<ReplayedSampler> {
  const candidates = peerCandidates(problem, space).filter(canMeasure)
  const axes = axesOf(candidates)
  const byKey = new Map(candidates.map((candidate) => [keyOf(candidate), candidate]))
  const results = new Map<string, Result>()
  await peers.request({ command: 'start', method, seed, space: axes })

  const limitSeconds = () => {
    const turns = results.get(keyOf(problem.baseline))?.turnSeconds ?? []
    const limit = turnLimitSeconds(problem.goal, turns.length > 0 ? mean(turns) : null)
    return limit === null ? Infinity : limit * limitMargin
  }
  const keepsLimit = (result: Result) => result.costs.length > 0 && mean(result.turnSeconds) <= limitSeconds()
  const tellPeer = (result: Result) =>
    peers.request({
      command: 'tell',
      params: result.configuration,
      value: keepsLimit(result) ? Math.log(mean(result.costs)) : null,
    })

  return {
    async ask() {
      if (results.size === 0) return trial(problem.baseline, { code: 'bench.baselineFirst', values: {} })
      for (let answered = 0; ; answered++) {
        const params = await peers.request({ command: 'ask' })
        if (params === null) return { kind: 'stop', reason: { code: 'bench.candidatesExhausted', values: { method } } }
        const suggested = byKey.get(keyOf(params)) ?? nearest(candidates, axes, params)
        const known = results.get(keyOf(suggested))
        if (!known || answered === answersFromMemory)
          return trial(suggested, { code: 'bench.peer', values: { method } })
        await tellPeer(known)
      }
    },
    async tell({ configuration, outcome }) {
      const key = keyOf(configuration)
      const result = results.get(key) ?? { configuration, costs: [], turnSeconds: [] }
      results.set(key, result)
      if (outcome.kind === 'ok') {
        result.costs.push(observedCost(problem.goal, outcome, problem.workload))
        const rates = {
          ttftSeconds: outcome.ttftSeconds.mean,
          decodeTokensPerSecond: outcome.decodeTokensPerSecond.mean,
        }
        result.turnSeconds.push(turnSeconds(rates, problem.workload))
      }
      await tellPeer(result)
    },
    recommend() {
      const best = [...results.values()].filter(keepsLimit).toSorted((a, b) => mean(a.costs) - mean(b.costs))[0]
      return best?.configuration ?? problem.baseline
    },
  }
}

/** Everything measured of one configuration; no costs where every load failed. */
interface Result {
  configuration: Configuration
  costs: number[]
  turnSeconds: number[]
}

function keyOf(configuration: PeerParams): string {
  return parameterNames.map((name) => configuration[name]).join('/')
}

function trial(configuration: Configuration, reason: Reason): Suggestion {
  return { kind: 'trial', configuration, reason, abandonAboveTurnSeconds: null }
}
