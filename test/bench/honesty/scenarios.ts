import type { Random } from '../../../main/search/random.ts'
import type { Circumstances } from '../virtual/virtual-study.ts'
import { noDrift } from './constant-table.ts'
import type { Noise } from './constant-table.ts'

/** Standard deviations of repetitions within a load that every scenario is played with. */
export const noiseLevels = [0.01, 0.02, 0.04, 0.08] as const

/** A way in which nothing helps, yet figures differ. */
export interface Scenario {
  name: string
  /**
   * Draws one study's world.
   *
   * @param withinSd one of `noiseLevels`
   * @param trialSeconds how long a trial takes when nothing disturbs it
   */
  draw(withinSd: number, trialSeconds: number, random: Random): { noise: Noise; circumstances: Circumstances }
}

/** Loads differ by this much of what repetitions do: about what daemons show. */
const usualLoadShare = 0.5
const largeLoadShare = 0.9
const largestDrift = 0.15
const driftSeconds = 300
const hiccupShare = 0.04

const usual = (withinSd: number): Noise => ({ withinSd, betweenSd: usualLoadShare * withinSd, drift: noDrift })
const between = (low: number, high: number, random: Random) => low + (high - low) * random()

/** A computer that gets slower (or, as caches fill, faster) by up to 15 %. */
function drifting(withinSd: number, random: Random): Noise {
  const fraction = between(-largestDrift, largestDrift, random)
  return { ...usual(withinSd), drift: { fraction, timeConstantSeconds: driftSeconds } }
}

/** Now and then a repetition takes 1.5 to 3 times as long. */
function hiccups(random: Random): () => number {
  return () => (random() < hiccupShare ? between(1.5, 3, random) : 1)
}

type Program = NonNullable<Circumstances['program']>

/** A program that begins somewhere in the middle of the study, takes 20 to 40 % of the speed, and stays. */
function beginning(trialSeconds: number, random: Random): Program {
  const startsAtSeconds = trialSeconds * between(2, 10, random)
  return { startsAtSeconds, endsAtSeconds: Infinity, share: between(0.2, 0.4, random) }
}

/** The reverse: one that was there all the time, and ends. What is measured later looks better. */
function ending(trialSeconds: number, random: Random): Program {
  return { ...beginning(0, random), endsAtSeconds: trialSeconds * between(2, 10, random) }
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'repetitions differ',
    draw: (withinSd) => ({ noise: { withinSd, betweenSd: 0, drift: noDrift }, circumstances: {} }),
  },
  {
    name: 'loads differ',
    draw: (withinSd) => ({
      noise: { withinSd, betweenSd: largeLoadShare * withinSd, drift: noDrift },
      circumstances: {},
    }),
  },
  {
    name: 'speed drifts',
    draw: (withinSd, _trialSeconds, random) => ({ noise: drifting(withinSd, random), circumstances: {} }),
  },
  {
    name: 'hiccups',
    draw: (withinSd, _trialSeconds, random) => ({
      noise: usual(withinSd),
      circumstances: { hiccup: hiccups(random) },
    }),
  },
  {
    name: 'a program begins, unseen',
    draw: (withinSd, trialSeconds, random) => ({
      noise: usual(withinSd),
      circumstances: { program: beginning(trialSeconds, random) },
    }),
  },
  {
    name: 'a program begins, seen',
    draw: (withinSd, trialSeconds, random) => ({
      noise: usual(withinSd),
      circumstances: { program: beginning(trialSeconds, random), isSeen: true },
    }),
  },
  {
    name: 'a program ends, unseen',
    draw: (withinSd, trialSeconds, random) => ({
      noise: usual(withinSd),
      circumstances: { program: ending(trialSeconds, random) },
    }),
  },
  {
    name: 'all of it, unseen',
    draw: (withinSd, trialSeconds, random) => ({
      noise: { ...drifting(withinSd, random), betweenSd: largeLoadShare * withinSd },
      circumstances: { program: beginning(trialSeconds, random), hiccup: hiccups(random) },
    }),
  },
]
