import { describe, expect, it } from 'vitest'
import { automatic } from '../../../../preload/contract/model.ts'
import type { Configuration } from '../../../../preload/contract/model.ts'
import { fitHyperparameters, priorHyperparameters } from '../../../../main/search/surrogate/hyperparameters.ts'
import { createPhysics } from '../../../../main/search/surrogate/physics.ts'
import { createPlacement } from '../../../../main/search/surrogate/placement.ts'
import type { Problem } from '../../../../main/search/types.ts'
import { machineOf, machines, problemOf } from '../problems.ts'

function secondsAt(problem: Problem) {
  const physics = createPhysics(problem)
  return (more: Partial<Configuration>) => {
    const log = physics.logSeconds(physics.read(physics.priorMean), physics.place({ ...automatic, ...more }))
    return { ttft: Math.exp(log.ttft), token: Math.exp(log.token) }
  }
}

describe('createPlacement', () => {
  const problem = problemOf(machines['small graphics card']!)

  const bytes = (more: Partial<Configuration>, of: Problem = problem) => {
    const placement = createPlacement(of)({ ...automatic, ...more })
    return { gpu: placement.gpuBytes(1), cpu: placement.allBytes - placement.gpuBytes(1) }
  }

  it('moves bytes to the graphics card with every layer and loses none', () => {
    const whole = bytes({ num_gpu: 0 }).cpu
    for (let layers = 1; layers <= 33; layers++) {
      const here = bytes({ num_gpu: layers })
      expect(here.gpu).toBeGreaterThan(bytes({ num_gpu: layers - 1 }).gpu)
      expect(here.cpu + here.gpu).toBeCloseTo(whole, 0)
    }
  })

  it('puts the output layer first or last, as the daemon does', () => {
    const features = { ...problem.features, outputLayerFirst: false }
    const first = bytes({ num_gpu: 1 }).gpu
    expect(first).toBe(problem.facts.outputBytes)
    expect(bytes({ num_gpu: 1 }, { ...problem, features }).gpu).toBeLessThan(first)
  })

  it('reads only the experts in use', () => {
    const facts = { ...problem.facts, expertCount: 64, expertUsedCount: 4 }
    expect(bytes({ num_gpu: 0 }, { ...problem, facts }).cpu).toBeLessThan(bytes({ num_gpu: 0 }).cpu / 4)
  })

  it('lets the daemon keep what experts share on the graphics card, which no number of layers does', () => {
    const facts = { ...problem.facts, expertCount: 64, expertUsedCount: 4 }
    const mixture = { ...problem, facts }
    const left = bytes({ num_gpu: -1 }, mixture)
    const explicit = createPlacement(mixture)({ ...automatic, num_gpu: -1 }).layers
    expect(left.gpu).toBeGreaterThan(bytes({ num_gpu: explicit }, mixture).gpu)
    expect(left.cpu).toBeGreaterThan(0)
  })

  it('follows what the daemon is found to fit: more or fewer layers than predicted', () => {
    const placement = createPlacement(problem)({ ...automatic, num_gpu: -1 })
    expect(placement.gpuBytes(1.2)).toBeGreaterThan(placement.gpuBytes(1))
    expect(placement.gpuBytes(100)).toBe(placement.allBytes)
    expect(placement.gpuBytes(1)).toBe(bytes({ num_gpu: placement.layers }).gpu)
  })
})

describe('the physical mean', () => {
  it('adds times of the devices, so that time per token is linear in the layers', () => {
    const at = secondsAt(problemOf(machines['small graphics card']!))
    const step = at({ num_gpu: 10 }).token - at({ num_gpu: 11 }).token
    expect(step).toBeGreaterThan(0)
    for (const layers of [2, 17, 30]) {
      expect(at({ num_gpu: layers }).token - at({ num_gpu: layers + 1 }).token).toBeCloseTo(step, 9)
    }
  })

  it('reads prompts faster in larger batches where layers must be fetched, up to the prompt', () => {
    const at = secondsAt(problemOf(machines['small graphics card']!))
    const ttfts = [64, 128, 256, 512].map((num_batch) => at({ num_gpu: 10, num_batch }).ttft)
    expect(ttfts).toEqual(ttfts.toSorted((a, b) => b - a))
    expect(at({ num_gpu: 10, num_batch: 2048 }).ttft).toBeCloseTo(at({ num_gpu: 10, num_batch: 1024 }).ttft, 9)
  })

  it('lets prefill gain from every core, and decode only until the memory is busy', () => {
    const at = secondsAt(problemOf(machines['eight cores']!))
    for (const threads of [1, 2, 4, 6]) {
      expect(at({ num_thread: threads + 1 }).ttft).toBeLessThan(at({ num_thread: threads }).ttft)
    }
    const gain = (from: number, to: number) => at({ num_thread: from }).token / at({ num_thread: to }).token
    expect(gain(1, 2)).toBeGreaterThan(1.8)
    expect(gain(6, 8)).toBeLessThan(1.1)
  })

  it('punishes the first slow core and the first shared one', () => {
    const unequal = secondsAt(problemOf(machines['unequal cores']!))
    expect(unequal({ num_thread: 7 }).token).toBeGreaterThan(unequal({ num_thread: 6 }).token)
    const shared = secondsAt(problemOf(machines['eight cores']!))
    expect(shared({ num_thread: 9 }).token).toBeGreaterThan(shared({ num_thread: 8 }).token)
  })

  it('collapses with more threads than this program may use', () => {
    const at = secondsAt(problemOf(machines['container of 4 in 32 cores']!))
    expect(at({ num_thread: 32 }).token).toBeGreaterThan(5 * at({ num_thread: 4 }).token)
  })

  it('does not care about threads when everything is on the graphics card', () => {
    const at = secondsAt(problemOf(machines['graphics card with room']!))
    expect(at({ num_gpu: 33, num_thread: 1 })).toEqual(at({ num_gpu: 33, num_thread: 4 }))
  })

  it('is slower once the computer is hot, and cool before the first load', () => {
    const problem = problemOf(machineOf())
    const physics = createPhysics(problem)
    const parameters = { ...physics.read(physics.priorMean), heating: 0.1 }
    const at = (seconds: number) => physics.logSeconds(parameters, physics.place(automatic), seconds)
    expect(at(3600).token - at(0).token).toBeCloseTo(0.1, 3)
    expect(at(100).ttft).toBeGreaterThan(at(10).ttft)
  })

  it('starts from what is known of the machine, where something is', () => {
    const learnt = { coreBandwidth: { mean: Math.log(2e10), sd: 0.1 } }
    const problem = problemOf(machineOf())
    const physics = createPhysics({ ...problem, learnt })
    const k = physics.keys.indexOf('coreBandwidth')
    expect(physics.priorSd[k]).toBe(0.1)
    const seconds = (of: typeof physics) => of.logSeconds(of.read(of.priorMean), of.place(automatic)).token
    expect(seconds(physics)).toBeLessThan(seconds(createPhysics(problem)))
  })

  it('knows a mapped file to be slower to read prompts from on a processor', () => {
    const at = secondsAt(problemOf(machineOf()))
    expect(at({ use_mmap: true }).ttft).toBeGreaterThan(at({ use_mmap: false }).ttft)
  })
})

describe('fitHyperparameters', () => {
  it('stays at the prior where the observations say nothing', () => {
    expect(fitHyperparameters(() => 0)).toEqual(priorHyperparameters())
  })

  it('follows the likelihood and weighs it against the prior', () => {
    const wanted = 0.2
    const found = fitHyperparameters((h) => -40 * Math.log(h.tokenAmplitude / wanted) ** 2)
    expect(found.tokenAmplitude).toBeGreaterThan(0.12)
    expect(found.tokenAmplitude).toBeLessThan(0.3)
    expect(found.threadScale).toBe(priorHyperparameters().threadScale)
  })
})
