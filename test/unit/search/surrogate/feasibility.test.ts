import { describe, expect, it } from 'vitest'
import { automatic } from '../../../../preload/contract/model.ts'
import { createFeasibility } from '../../../../main/search/surrogate/feasibility.ts'
import { machines, okOutcome, outOfMemory, problemOf } from '../problems.ts'

const problem = problemOf(machines['small graphics card']!)
const withLayers = (num_gpu: number, num_batch = 0) => ({ ...automatic, num_gpu, num_batch })

describe('createFeasibility', () => {
  it('starts from the prediction: sure well below the limit, hopeless well above, never rising with layers', () => {
    const feasibility = createFeasibility(problem)
    expect(feasibility.probability(withLayers(2))).toBeCloseTo(1, 6)
    expect(feasibility.probability(withLayers(33))).toBeLessThan(1e-6)
    for (let layers = 0; layers < 33; layers++) {
      expect(feasibility.probability(withLayers(layers + 1))).toBeLessThanOrEqual(
        feasibility.probability(withLayers(layers)),
      )
    }
  })

  it('is sure of everything that needs no more than what ran', () => {
    const feasibility = createFeasibility(problem)
    feasibility.tell({ configuration: withLayers(16), outcome: okOutcome(100, 10) })
    expect(feasibility.probability(withLayers(16))).toBe(1)
    expect(feasibility.probability(withLayers(12, 64))).toBe(1)
  })

  it('gives up everything that needs at least as much as what failed', () => {
    const feasibility = createFeasibility(problem)
    feasibility.tell({ configuration: withLayers(16), outcome: outOfMemory })
    expect(feasibility.probability(withLayers(16))).toBe(0)
    expect(feasibility.probability(withLayers(17))).toBe(0)
    expect(feasibility.probability(withLayers(10))).toBeGreaterThan(0.5)
  })

  it('learns from a report that counts the card’s own needs how much is really left', () => {
    const roomy = createFeasibility(problem)
    const tight = createFeasibility(problem)
    const predicted = problem.predictMemory(withLayers(10))
    const reporting = (beyondMiB: number) =>
      okOutcome(100, 10, { ...predicted, vramMiB: predicted.vramMiB + beyondMiB })
    roomy.tell({ configuration: withLayers(10), outcome: reporting(300) })
    tight.tell({ configuration: withLayers(10), outcome: reporting(600) })
    const boundary = withLayers(15)
    expect(roomy.probability(boundary)).toBeGreaterThan(tight.probability(boundary))
  })

  it('knows the limit from what a card has left, whichever load showed it', () => {
    const boundary = withLayers(15)
    const { vramMiB } = problem.predictMemory(boundary)
    const loads = [
      { configuration: automatic, usedMiB: 2000 },
      { configuration: withLayers(10), usedMiB: problem.predictMemory(withLayers(10)).vramMiB },
    ]
    for (const { configuration, usedMiB } of loads) {
      const afterLeaving = (leftMiB: number) => {
        const outcome = okOutcome(100, 10, { ramMiB: 3000, vramMiB: usedMiB })
        const feasibility = createFeasibility(problem)
        feasibility.tell({
          configuration,
          outcome: { ...outcome, load: { ...outcome.load, freeVramMiB: [leftMiB] } },
        })
        return feasibility.probability(boundary)
      }
      expect(afterLeaving(vramMiB - usedMiB + 150)).toBeGreaterThan(0.95)
      expect(afterLeaving(vramMiB - usedMiB - 150)).toBeLessThan(0.05)
    }
  })

  it('does not take what another number of cards has left for an answer', () => {
    const told = createFeasibility(problem)
    const outcome = okOutcome(100, 10, { ramMiB: 3000, vramMiB: 2000 })
    told.tell({
      configuration: automatic,
      outcome: { ...outcome, load: { ...outcome.load, freeVramMiB: [9000, 9000] } },
    })
    expect(told.probability(withLayers(33))).toBeLessThan(1e-6)
  })

  it('leaves the daemon’s own choice alone until it is seen to fail', () => {
    const feasibility = createFeasibility(problem)
    expect(feasibility.probability(automatic)).toBeGreaterThan(0.99)
    feasibility.tell({ configuration: automatic, outcome: outOfMemory })
    expect(feasibility.probability(automatic)).toBe(0)
  })

  it('asks for more room without flash attention, whose scores no prediction counts in full', () => {
    const feasibility = createFeasibility(problem)
    const plain = { ...withLayers(15), flash_attention: false }
    expect(feasibility.probability(plain)).toBeLessThan(feasibility.probability(withLayers(15)))
  })

  it('stays sensible when what ran and what failed contradict the prediction', () => {
    const feasibility = createFeasibility(problem)
    feasibility.tell({ configuration: withLayers(28), outcome: okOutcome(100, 10) })
    feasibility.tell({ configuration: withLayers(32), outcome: outOfMemory })
    const between = feasibility.probability(withLayers(30))
    expect(between).toBeGreaterThan(0.1)
    expect(between).toBeLessThan(0.9)
  })
})
