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

  it('stays sensible when what ran and what failed contradict the prediction', () => {
    const feasibility = createFeasibility(problem)
    feasibility.tell({ configuration: withLayers(28), outcome: okOutcome(100, 10) })
    feasibility.tell({ configuration: withLayers(32), outcome: outOfMemory })
    const between = feasibility.probability(withLayers(30))
    expect(between).toBeGreaterThan(0.1)
    expect(between).toBeLessThan(0.9)
  })
})
