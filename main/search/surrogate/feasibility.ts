import type { Configuration } from '../../../preload/contract/model.ts'
import { normalCdf } from '../distributions.ts'
import { usableVramMiB, ramNeededMiB } from '../fit.ts'
import type { Observation, Problem } from '../types.ts'

/** Standard deviation of the true limit around the free memory, as a share of it: predictions are that good. */
const vramSpread = 0.02
const ramSpread = 0.05

/** Belief about the most memory, on the scale of the prediction, that one kind of memory really holds. */
interface Boundary {
  center: number
  sd: number
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

/**
 * The limit of each memory is normal around what is free, cut to lie between the most that ran and the least that
 * failed. A failure counts for the memory that was closer to its limit.
 */
export function createFeasibility(problem: Problem): Feasibility {
  const { machine } = problem
  const boundary = (center: number, spread: number): Boundary => ({
    center,
    sd: Math.max(32, spread * center),
    ran: 0,
    failed: Infinity,
  })
  const vram = boundary(usableVramMiB(problem), vramSpread)
  const ram = boundary(machine.memory.availableMiB, ramSpread)
  const needs = (configuration: Configuration) => {
    const memory = problem.predictMemory(configuration)
    return { vramMiB: machine.gpus.length > 0 ? memory.vramMiB : 0, ramMiB: ramNeededMiB(problem, memory) }
  }
  return {
    tell({ configuration, outcome }) {
      const { vramMiB, ramMiB } = needs(configuration)
      if (outcome.kind === 'ok') {
        vram.ran = Math.max(vram.ran, vramMiB)
        ram.ran = Math.max(ram.ran, ramMiB)
      } else if (outcome.kind === 'outOfMemory' || outcome.kind === 'spill') {
        const isVram = probabilityBelow(vram, vramMiB) <= probabilityBelow(ram, ramMiB)
        if (isVram) vram.failed = Math.min(vram.failed, vramMiB)
        else ram.failed = Math.min(ram.failed, ramMiB)
      }
    },
    probability(configuration) {
      const { vramMiB, ramMiB } = needs(configuration)
      return probabilityBelow(vram, vramMiB) * probabilityBelow(ram, ramMiB)
    },
  }
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
