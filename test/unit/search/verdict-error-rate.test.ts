import { median } from 'simple-statistics'
import { describe, expect, it } from 'vitest'
import { varianceComponents } from '../../../main/search/load-spread.ts'
import { createRandom, drawNormal } from '../../../main/search/random.ts'
import type { Random } from '../../../main/search/random.ts'
import { decide } from '../../../main/search/verdict.ts'
import type { Pair } from '../../../main/search/verdict.ts'

/** ln cost of an unchanged load, the k-th of the study, as a new study of this world draws it. */
type World = (random: Random) => (load: number) => number[]

interface Noise {
  within: number
  between: number
}

const repetitions = 3
const loadOf = ({ within }: Noise, random: Random, level: number) =>
  Array.from({ length: repetitions }, () => level + within * drawNormal(random))

const steady =
  (noise: Noise): World =>
  (random) =>
  () =>
    loadOf(noise, random, noise.between * drawNormal(random))

/** Student's t with three degrees of freedom: one load in twenty is far off. */
const heavyTailed =
  (noise: Noise): World =>
  (random) =>
  () => {
    const squares = drawNormal(random) ** 2 + drawNormal(random) ** 2 + drawNormal(random) ** 2
    return loadOf(noise, random, (noise.between * drawNormal(random)) / Math.sqrt(squares / 3))
  }

const drifting =
  (noise: Noise): World =>
  (random) => {
    const [change, constant] = [0.25 * random(), 2 + 10 * random()]
    return (load) =>
      loadOf(noise, random, noise.between * drawNormal(random) + change * (1 - Math.exp(-load / constant)))
  }

/** Another program starts at some load, and may end again. */
const disturbed =
  (noise: Noise): World =>
  (random) => {
    const from = 1 + 15 * random()
    const until = random() < 0.5 ? Infinity : from + 6 * random()
    const slowdown = 0.05 + 0.5 * random()
    return (load) =>
      loadOf(noise, random, noise.between * drawNormal(random) + (load >= from && load < until ? slowdown : 0))
  }

/** One repetition in fifteen takes 1.5 to 3 times as long. */
const hiccuping =
  (noise: Noise): World =>
  (random) =>
  () =>
    loadOf(noise, random, noise.between * drawNormal(random)).map((value) =>
      random() < 1 / 15 ? value + Math.log(1.5 + 1.5 * random()) : value,
    )

/** A study whose search has found a candidate: two loads of the baseline, six of the search, then pairs in ABBA order. */
function isAdopted(world: World, gain: number, mostPairs: number, random: Random): boolean {
  const draw = world(random)
  const early = [draw(0), draw(1)]
  const { repetitionDeviation, loadMedian } = varianceComponents([early])
  const earlierBaselineCosts = early.map((load) => Math.exp(median(load)))
  const pairs: Pair[] = []
  for (;;) {
    const at = 8 + 2 * pairs.length
    const isCandidateFirst = pairs.length % 2 === 0
    const [first, second] = [median(draw(at)), median(draw(at + 1))]
    const [candidate, baseline] = isCandidateFirst ? [first, second] : [second, first]
    pairs.push({ baselineCost: Math.exp(baseline), candidateCost: (1 - gain) * Math.exp(candidate) })
    const decision = decide({
      goal: 'chat',
      pairs,
      loadSpread: loadMedian,
      repetitionDeviation,
      earlierBaselineCosts,
      mostPairs,
      isCutShort: false,
    })
    if (decision.settled) return decision.kind === 'improved'
  }
}

function adoptedShare(world: World, gain: number, studies: number, mostPairs = 5): number {
  const random = createRandom(17)
  let adopted = 0
  for (let study = 0; study < studies; study++) if (isAdopted(world, gain, mostPairs, random)) adopted += 1
  return adopted / studies
}

describe('over many confirmations in which nothing helps', () => {
  const noises: Noise[] = [
    { within: 0.01, between: 0.005 },
    { within: 0.02, between: 0.02 },
    { within: 0.04, between: 0.03 },
    { within: 0.08, between: 0.05 },
  ]
  const worlds = { steady, heavyTailed, drifting, disturbed, hiccuping }

  it.each(Object.entries(worlds))('hardly any is called faster by mistake (%s)', (_name, world) => {
    const shares = noises.map((noise) => adoptedShare(world(noise), 0, 500))
    expect(Math.max(...shares)).toBeLessThanOrEqual(0.004)
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeLessThanOrEqual(0.002)
  })
})

describe('over many confirmations of a true gain', () => {
  it.each([
    [0.1, { within: 0.02, between: 0.01 }, 0.97],
    [0.1, { within: 0.02, between: 0.02 }, 0.93],
    [0.3, { within: 0.05, between: 0.03 }, 0.97],
    [0.3, { within: 0.02, between: 0.02 }, 0.99],
  ])('a share of %f is found at a noise of %o', (gain, noise, share) => {
    expect(adoptedShare(steady(noise), gain, 400)).toBeGreaterThanOrEqual(share)
  })
})
