import type { Configuration, MemoryEstimate } from '../../../preload/contract/model.ts'
import type { Load } from '../../../preload/contract/trial.ts'
import { normalCdf } from '../../statistics/distributions.ts'
import { engineState } from '../engine-state.ts'
import { discreteCount, freeVramMiB, limitsOf, ramNeededMiB } from '../fit.ts'
import type { Limit } from '../fit.ts'
import type { Observation, Problem } from '../types.ts'

/** Belief about the most memory, on the scale of the prediction, that one kind of memory really holds. */
interface Boundary extends Limit {
  /** Most that ran, least that failed. */
  ran: number
  failed: number
}

/** Probability that a configuration fits in memory, learnt from what ran and what did not. */
export interface Feasibility {
  tell(observation: Observation): void
  /** P(fits), 0 to 1; never rises with memory needed. */
  probability(configuration: Configuration): number
}

/** A daemon that reports more than this share of a card's own needs beyond the prediction counts them in. */
const countedShare = 0.5
/**
 * Without flash attention predictions are low by up to a half of one batch's attention scores
 * (reference: ollama.md §8, "slightly underestimates").
 */
const unpredictedScoresShare = 0.5
/** Once a load has shown what lies beyond the prediction, the limit is known to this many MiB, and share of it. */
const shownSpread = { mebibytes: 16, share: 0.008 }

/**
 * The limit of each memory is normal around what is free, cut to lie between the most that ran and the least that
 * failed. A failure counts for the memory that was closer to its limit. What a load reports beyond the prediction
 * replaces the guess of what the card's own context takes. The daemon's own choice of layers always fits until seen
 * to fail, as it leaves a reserve.
 */
export function createFeasibility(problem: Problem): Feasibility {
  const { machine } = problem
  const limits = limitsOf(problem)
  const vram: Boundary = { ...limits.vram, ran: 0, failed: Infinity }
  const ram: Boundary = { ...limits.ram, ran: 0, failed: Infinity }
  const beyond: number[] = []
  const shown: number[] = []
  const known = new WeakMap<Configuration, { vramMiB: number; ramMiB: number }>()
  const needs = (configuration: Configuration) => {
    const found = known.get(configuration) ?? predictNeeds(configuration)
    known.set(configuration, found)
    return found
  }
  const predictNeeds = (configuration: Configuration) => {
    const memory = problem.predictMemory(configuration)
    const state = engineState(problem, configuration)
    const scoresMiB = (4 * state.batch * problem.contextLength * problem.facts.headCount) / 2 ** 20
    const unpredicted = state.hasFlashAttention ? 0 : unpredictedScoresShare * scoresMiB
    return {
      vramMiB: machine.gpus.length > 0 ? memory.vramMiB + (state.layers === 0 ? 0 : unpredicted) : 0,
      ramMiB: ramNeededMiB(problem, memory),
    }
  }
  /** What is left on the cards once it runs says where the limit is, whatever else lies on them. */
  const learnLeft = (configuration: Configuration, { memory, freeVramMiB: left }: Load) => {
    if (left?.length !== discreteCount(problem)) return false
    // How many layers the daemon chose, only its own count tells.
    const usedMiB = configuration.num_gpu < 0 ? memory.vramMiB : needs(configuration).vramMiB
    shown.push(usedMiB + left.reduce((sum, mebibytes) => sum + mebibytes, 0))
    setLimit(middleOf(shown))
    return true
  }
  const learnReported = (configuration: Configuration, reported: MemoryEstimate) => {
    // Only a number of layers that was asked for says what the report should have been.
    if (configuration.num_gpu <= 0 || reported.vramMiB <= 0) return
    beyond.push(reported.vramMiB - needs(configuration).vramMiB)
    const center = middleOf(beyond)
    const guessed = freeVramMiB(problem) - limits.vram.center
    if (guessed === 0 || center < countedShare * guessed) return
    setLimit(freeVramMiB(problem) - center)
  }
  const setLimit = (mebibytes: number) => {
    vram.center = mebibytes
    vram.sd = Math.hypot(shownSpread.mebibytes, shownSpread.share * mebibytes)
  }
  let automaticFails = false
  return {
    tell({ configuration, outcome }) {
      const { vramMiB, ramMiB } = needs(configuration)
      if (outcome.kind === 'ok') {
        if (!learnLeft(configuration, outcome.load)) learnReported(configuration, outcome.load.memory)
        if (configuration.num_gpu >= 0) vram.ran = Math.max(vram.ran, vramMiB)
        ram.ran = Math.max(ram.ran, ramMiB)
      } else if (outcome.kind === 'outOfMemory' || outcome.kind === 'spill') {
        if (configuration.num_gpu < 0) automaticFails = true
        const isVram = probabilityBelow(vram, vramMiB) <= probabilityBelow(ram, ramMiB)
        if (isVram) vram.failed = Math.min(vram.failed, vramMiB)
        else ram.failed = Math.min(ram.failed, ramMiB)
      }
    },
    probability(configuration) {
      const { vramMiB, ramMiB } = needs(configuration)
      const isDaemons = configuration.num_gpu < 0 && !automaticFails
      return (isDaemons ? 1 : probabilityBelow(vram, vramMiB)) * probabilityBelow(ram, ramMiB)
    },
  }
}

/** The upper of the two in the middle of an even number; of at least one. */
function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** P(limit > need | ran < limit ≤ failed). */
function probabilityBelow({ center, sd, ran, failed }: Boundary, need: number): number {
  if (need <= ran) return 1
  if (need >= failed) return 0
  const cdf = (mebibytes: number) => normalCdf((mebibytes - center) / sd)
  const possible = cdf(failed) - cdf(ran)
  // What was seen contradicts the prior: only the order is left to go by, so halve the interval's odds.
  if (possible < 1e-6) return failed === Infinity ? 0.5 : (failed - need) / (failed - ran)
  return (cdf(failed) - cdf(need)) / possible
}
