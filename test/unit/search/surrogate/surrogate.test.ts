import { describe, expect, it } from 'vitest'
import { automatic } from '../../../../preload/contract/model.ts'
import type { Configuration } from '../../../../preload/contract/model.ts'
import { createHistory } from '../../../../main/search/samplers/history.ts'
import { buildSpace } from '../../../../main/search/space.ts'
import { createPhysics } from '../../../../main/search/surrogate/physics.ts'
import { fitSurrogate } from '../../../../main/search/surrogate/surrogate.ts'
import type { Problem } from '../../../../main/search/types.ts'
import { machineOf, machines, okOutcome, problemOf } from '../problems.ts'

type Told = [Partial<Configuration>, prefill: number, decode: number, factors?: number[]]

function surrogateOf(problem: Problem, told: Told[]) {
  const history = createHistory(problem, buildSpace(problem))
  for (const [more, prefill, decode, factors] of told) {
    history.tell({ configuration: { ...automatic, ...more }, outcome: okOutcome(prefill, decode, undefined, factors) })
  }
  const surrogate = fitSurrogate(problem, createPhysics(problem), history.measurements())
  return (more: Partial<Configuration>) => {
    const token = surrogate.logTokenSeconds({ ...automatic, ...more })
    return { decode: Math.exp(-token.mean), sd: Math.sqrt(token.variance) }
  }
}

describe('fitSurrogate', () => {
  const onCpu = problemOf(machines['eight cores']!)

  it('is unsure by tens of percent before the first trial and by a few after it', () => {
    expect(surrogateOf(onCpu, [])({}).sd).toBeGreaterThan(0.3)
    const after = surrogateOf(onCpu, [[{}, 60, 11]])({})
    expect(after.decode).toBeCloseTo(11, 0)
    expect(after.sd).toBeLessThan(0.04)
  })

  it('carries what one trial says of the computer over to other configurations', () => {
    const slow = surrogateOf(onCpu, [[{}, 20, 4]])
    const quick = surrogateOf(onCpu, [[{}, 100, 20]])
    expect(quick({ num_thread: 6 }).decode / slow({ num_thread: 6 }).decode).toBeGreaterThan(3.5)
  })

  it('predicts a layer sweep from its two ends', () => {
    // Qwen2.5 14B on an RTX 5060 Ti, 48 layers; the published tokens/s at 0, 24 and all layers (inventivehq.com).
    const facts = {
      ...onCpu.facts,
      blockCount: 48,
      layerBytes: Array.from({ length: 48 }, () => 165e6),
      headCountKv: Array.from({ length: 48 }, () => 8),
      outputBytes: 6.4e8,
    }
    const problem = { ...problemOf(machineOf({ gpu: { freeVramMiB: 15_500 } })), facts }
    const predict = surrogateOf(problem, [
      [{ num_gpu: 0 }, 200, 2.89],
      [{ num_gpu: 49 }, 1200, 43.18],
    ])
    const middle = predict({ num_gpu: 24 })
    expect(middle.decode).toBeGreaterThan(5.61 * 0.85)
    expect(middle.decode).toBeLessThan(5.61 * 1.15)
  })

  it('learns that efficiency cores hurt from a trial with them', () => {
    const problem = problemOf(machines['unequal cores']!)
    const before = surrogateOf(problem, [[{ num_thread: 6 }, 26, 12.7]])
    const after = surrogateOf(problem, [
      [{ num_thread: 6 }, 26, 12.7],
      [{ num_thread: 7 }, 19, 6],
    ])
    expect(after({ num_thread: 10 }).decode).toBeLessThan(before({ num_thread: 10 }).decode)
    expect(after({ num_thread: 7 }).sd).toBeLessThan(before({ num_thread: 7 }).sd)
  })

  it('trusts noisy trials less', () => {
    const noise = [0.8, 1.3, 1, 0.75, 1.25]
    const quiet = surrogateOf(onCpu, [[{}, 60, 11, [1, 1.001, 0.999, 1, 1]]])
    expect(surrogateOf(onCpu, [[{}, 60, 11, noise]])({}).sd).toBeGreaterThan(2 * quiet({}).sd)
  })

  it('stays finite on repeated, constant and absurd trials', () => {
    const same: Told = [{}, 60, 11]
    for (const told of [
      [same, same, same, same],
      [[{}, 1e5, 1e-3] as Told, [{ num_thread: 4 }, 1e-2, 1e5] as Told],
    ]) {
      const { decode, sd } = surrogateOf(onCpu, told)({ num_thread: 5 })
      expect(Number.isFinite(decode)).toBe(true)
      expect(Number.isFinite(sd)).toBe(true)
    }
  })
})
