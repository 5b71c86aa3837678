import { describe, expect, it } from 'vitest'
import { automatic } from '../../../../preload/contract/model.ts'
import type { Configuration } from '../../../../preload/contract/model.ts'
import { createRandom } from '../../../../main/search/random.ts'
import { createHyperbandSampler, fidelityOf } from '../../../../main/search/samplers/hyperband/hyperband.ts'
import { buildSpace } from '../../../../main/search/space.ts'
import type { Observation, Problem, TrialSuggestion } from '../../../../main/search/types.ts'
import { machines, okOutcome, outOfMemory, problemOf } from '../problems.ts'

const problem = problemOf(machines['eight cores']!)
const space = buildSpace(problem)

function begin(maximumTrials: number, of: Problem = problem) {
  return createHyperbandSampler({ problem: of, space: buildSpace(of), random: createRandom(1), maximumTrials })
}

/** Faster with more threads and larger batches. */
const honest = ({ num_thread, num_batch }: Configuration) =>
  okOutcome(10 * (num_batch || 512), 5 + (num_thread || 8) / 2)

/** Everything asked for until the search ends, the baseline first. */
function run(maximumTrials: number, measure: (asked: TrialSuggestion) => Observation['outcome']) {
  const sampler = begin(maximumTrials)
  const asked: TrialSuggestion[] = []
  for (let next = sampler.ask(); next.kind === 'trial'; next = sampler.ask()) {
    asked.push(next)
    sampler.tell({ configuration: next.configuration, fidelity: next.fidelity, outcome: measure(next) })
  }
  return { sampler, asked }
}

describe('the trials that Hyperband asks for', () => {
  it('last a ninth or a third of a full one: fewer repetitions first, then shorter answers', () => {
    const workload = { promptTokens: 400, outputTokens: 120 }
    expect(fidelityOf(1, workload)).toEqual({ repetitions: 1, outputTokens: 40 })
    expect(fidelityOf(3, workload)).toEqual({ repetitions: 1, outputTokens: 120 })
    expect(fidelityOf(9, workload)).toBeUndefined()
  })

  it('never have answers too short for a rate, nor longer than the workload’s', () => {
    expect(fidelityOf(1, { promptTokens: 400, outputTokens: 30 })?.outputTokens).toBe(16)
    expect(fidelityOf(1, { promptTokens: 400, outputTokens: 12 })?.outputTokens).toBe(12)
  })

  it('grow longer for the best of them only, within the loads there are', () => {
    const { asked } = run(13, ({ configuration }) => honest(configuration))
    const search = asked.slice(1)
    expect(asked[0]).toMatchObject({ configuration: problem.baseline })
    expect(search).toHaveLength(13)
    expect(search.filter(({ fidelity }) => fidelity?.outputTokens === 40)).toHaveLength(9)
    expect(search.filter(({ fidelity }) => fidelity?.outputTokens === 120)).toHaveLength(3)
    const costs = (configuration: Configuration) => -honest(configuration).decodeTokensPerSecond.mean
    const [full] = search.filter(({ fidelity }) => fidelity === undefined)
    const drawn = search.slice(0, 9).map(({ configuration }) => configuration)
    expect(costs(full!.configuration)).toBe(Math.min(...drawn.map(costs)))
  })

  it('go on to be promoted when there is nothing left to draw', () => {
    const small = problemOf(machines['two cores']!)
    const sampler = begin(40, { ...small, allowedValues: { num_batch: [0, 256] } })
    const asked: TrialSuggestion[] = []
    for (let next = sampler.ask(); next.kind === 'trial'; next = sampler.ask()) {
      asked.push(next)
      sampler.tell({ ...next, outcome: honest(next.configuration) })
    }
    expect(asked.length).toBeLessThan(40)
    expect(asked.slice(1).some(({ fidelity }) => fidelity === undefined)).toBe(true)
  })

  it('are taken up again after a repetition of one that was disturbed', () => {
    const sampler = begin(6)
    sampler.tell({ configuration: problem.baseline, outcome: honest(problem.baseline) })
    const first = sampler.ask()
    if (first.kind !== 'trial') throw new Error('the search ended')
    sampler.tell({ ...first, outcome: { kind: 'interference', message: '' } })
    sampler.tell({ ...first, outcome: okOutcome(9000, 900) })
    const promoted: Configuration[] = []
    for (let next = sampler.ask(); next.kind === 'trial'; next = sampler.ask()) {
      if (next.reason.code === 'search.promoted') promoted.push(next.configuration)
      sampler.tell({ ...next, outcome: honest(next.configuration) })
    }
    expect(promoted).toContainEqual(first.configuration)
  })

  it('never promote what needs as much memory as a trial that ran out of it', () => {
    const graphics = problemOf(machines['small graphics card']!)
    const vram = (configuration: Configuration) => graphics.predictMemory(configuration).vramMiB
    const sampler = begin(40, graphics)
    let limit = Infinity
    for (let next = sampler.ask(), trial = 0; next.kind === 'trial'; next = sampler.ask(), trial++) {
      expect(trial === 0 || vram(next.configuration) < limit).toBe(true)
      // Without layers on the graphics card it is the other memory that runs out.
      const isTooMuch = trial > 0 && trial % 6 === 0 && next.configuration.num_gpu !== 0
      if (isTooMuch) limit = Math.min(limit, vram(next.configuration))
      sampler.tell({ ...next, outcome: isTooMuch ? outOfMemory : honest(next.configuration) })
    }
    expect(limit).toBeLessThan(Infinity)
  })
})

describe('what Hyperband recommends', () => {
  it('was measured in full, however fast a short trial looked', () => {
    const { sampler, asked } = run(12, ({ configuration, fidelity }) =>
      fidelity ? okOutcome(9e4, 900) : honest(configuration),
    )
    const full = asked.filter(({ fidelity }) => fidelity === undefined).map(({ configuration }) => configuration)
    expect(full).toContainEqual(sampler.recommend())
  })

  it('is the baseline as long as all other trials were short', () => {
    const sampler = begin(12)
    sampler.tell({ configuration: problem.baseline, outcome: okOutcome(100, 10) })
    for (let i = 0; i < 4; i++) {
      const next = sampler.ask()
      if (next.kind !== 'trial') throw new Error('the search ended')
      expect(next.fidelity).toBeDefined()
      sampler.tell({ ...next, outcome: okOutcome(9000, 900) })
      expect(sampler.recommend()).toEqual(problem.baseline)
    }
  })

  it('may be a configuration that something else measured in full', () => {
    const sampler = begin(12)
    const faster = { ...automatic, num_thread: 7 }
    sampler.tell({ configuration: problem.baseline, outcome: okOutcome(100, 10) })
    sampler.tell({ configuration: faster, outcome: okOutcome(100, 20) })
    expect(sampler.recommend()).toEqual(faster)
  })

  it('keeps within the space', () => {
    const { asked } = run(22, ({ configuration }) => honest(configuration))
    for (const { configuration } of asked) expect(space.candidates).toContainEqual(configuration)
  })
})
