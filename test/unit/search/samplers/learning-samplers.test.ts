import { mean } from 'simple-statistics'
import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../../../preload/contract/model.ts'
import { createRandom, drawNormal } from '../../../../main/search/random.ts'
import { createEvolutionSampler } from '../../../../main/search/samplers/evolution/evolution.ts'
import { createLattice } from '../../../../main/search/samplers/lattice.ts'
import { createRandomSampler } from '../../../../main/search/samplers/random.ts'
import { createSobolSampler } from '../../../../main/search/samplers/sobol/sobol.ts'
import { createTpeSampler } from '../../../../main/search/samplers/tpe/tpe.ts'
import { buildSpace } from '../../../../main/search/space.ts'
import type { CreateSampler, TrialSuggestion } from '../../../../main/search/types.ts'
import { machines, okOutcome, problemOf } from '../problems.ts'

const problem = problemOf(machines['small graphics card']!)
const space = buildSpace(problem)
const lattice = createLattice(problem, space)

/** Best in one corner of the space, by one tenth for each step away from it. */
function speedOf(configuration: Configuration): number {
  return lattice
    .locate(configuration)
    .reduce((speed, index, axis) => speed * 1.1 ** -((lattice.sizes[axis] ?? 1) - 1 - index), 40)
}

/** Searches with noise of 1 %: all that was asked for, and the true speed of the recommendation. */
function search(create: CreateSampler, seed: number, maximumTrials = 20) {
  const sampler = create({ problem, space, random: createRandom(seed), maximumTrials })
  const noise = createRandom(seed + 1000)
  const asked: TrialSuggestion[] = []
  for (let next = sampler.ask(); next.kind === 'trial'; next = sampler.ask()) {
    asked.push(next)
    const speed = speedOf(next.configuration) * Math.exp(0.01 * drawNormal(noise))
    sampler.tell({ configuration: next.configuration, outcome: okOutcome(10 * speed, speed) })
  }
  return { asked, speed: speedOf(sampler.recommend()) }
}

const seeds = Array.from({ length: 30 }, (_, seed) => seed)

describe.each([
  ['tpe', createTpeSampler, 4],
  ['evolution', createEvolutionSampler, 5],
] as const)('%s', (_, create, startUpTrials) => {
  it('begins at random and then learns', () => {
    const codes = search(create, 1)
      .asked.slice(1)
      .map(({ reason }) => reason.code)
    expect(codes.slice(0, startUpTrials).every((code) => code === 'search.drawnAtRandom')).toBe(true)
    expect(codes.slice(startUpTrials)).not.toContain('search.drawnAtRandom')
    expect(codes).toHaveLength(20)
  })

  it('leaves less than half of what random search leaves to be gained after 40 trials, over 30 seeds', () => {
    const best = Math.max(...space.candidates.map(speedOf))
    const shortfall = (of: CreateSampler) => mean(seeds.map((seed) => best - search(of, seed, 40).speed))
    expect(shortfall(create)).toBeLessThan(shortfall(createRandomSampler) / 2)
  })
})

describe('sobol', () => {
  it('covers each dimension evenly: no half of it holds more than two thirds of 16 trials', () => {
    for (const seed of seeds.slice(0, 10)) {
      const places = search(createSobolSampler, seed, 16)
        .asked.slice(1)
        .map(({ configuration }) => lattice.locate(configuration))
      for (const [axis, size] of lattice.sizes.entries()) {
        if (size < 4) continue
        const low = places.filter((place) => (place[axis] ?? 0) < size / 2).length / places.length
        expect(low).toBeGreaterThan(1 / 3)
        expect(low).toBeLessThan(2 / 3)
      }
    }
  })

  it('goes elsewhere with another seed', () => {
    const configurations = (seed: number) =>
      search(createSobolSampler, seed).asked.map(({ configuration }) => configuration)
    expect(configurations(1)).not.toEqual(configurations(2))
  })
})
