import { describe, expect, it } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import { buildSpace } from '../../../main/search/space.ts'
import { createPhysics } from '../../../main/search/surrogate/physics.ts'
import { thetaPrior } from '../../../main/search/surrogate/priors.ts'
import { carryOver, learntFor } from '../../../main/search/transfer.ts'
import type { Problem } from '../../../main/search/types.ts'
import { machineOf, okOutcome, problemOf } from './problems.ts'

describe('what a study teaches about its machine', () => {
  const problem = problemOf(machineOf())
  const space = buildSpace(problem)
  /** As the physical model has it, but on a machine whose memory is three times as fast. */
  const physics = createPhysics(problem)
  const parameters = { ...physics.read(physics.priorMean), coreBandwidth: 2.4e10 }
  const secondsOf = (configuration: Configuration) => physics.logSeconds(parameters, physics.place(configuration))
  const observations = space.candidates.slice(0, 8).map((configuration) => {
    const { ttft, token } = secondsOf(configuration)
    return { configuration, outcome: okOutcome(400 / (Math.exp(ttft) - Math.exp(token)), Math.exp(-token)) }
  })

  it('is how fast its memory is', () => {
    const learnt = carryOver(problem, space, observations)
    const general = thetaPrior(false)
    expect(learnt.coreBandwidth?.mean).toBeGreaterThan(general.coreBandwidth.mean + 0.5)
  })

  it('is never less sure than what is believed of any machine, and never quite sure, as models differ', () => {
    const general = thetaPrior(false)
    for (const [key, belief] of Object.entries(carryOver(problem, space, observations))) {
      expect(belief.sd).toBeLessThanOrEqual(general[key as keyof typeof general].sd)
      expect(belief.sd).toBeGreaterThan(0.02)
    }
  })

  it('predicts the next study there better than general belief does', () => {
    const learnt = carryOver(problem, space, observations)
    const unseen = space.candidates.at(-1) ?? automatic
    const error = (of: Problem) => {
      const belief = createPhysics(of)
      const predicted = belief.logSeconds(belief.read(belief.priorMean), belief.place(unseen))
      return Math.abs(predicted.token - secondsOf(unseen).token)
    }
    expect(error({ ...problem, learnt })).toBeLessThan(0.5 * error(problem))
  })
})

describe('what was learnt on another computer', () => {
  const belief = { mean: 1, sd: 0.1 }
  const learnt = { coreBandwidth: belief, gpuBandwidth: belief }
  const here = machineOf({ gpu: { freeVramMiB: 5800 } })

  it('holds whole on the same one', () => {
    expect(learntFor(here, { machine: here, learnt })).toEqual(learnt)
  })

  it('holds for the processor alone where the graphics card is another', () => {
    const other = { ...here, gpus: here.gpus.map((gpu) => ({ ...gpu, name: 'Another' })) }
    expect(learntFor(here, { machine: other, learnt })).toEqual({ coreBandwidth: belief })
  })

  it('holds for nothing where the processor is another, even beside the same graphics card', () => {
    const other = { ...here, cpu: { ...here.cpu, name: 'Another' } }
    expect(learntFor(here, { machine: other, learnt })).toEqual({})
  })
})
