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
    const log = physics.logSeconds(physics.priorMean, physics.place({ ...automatic, ...more }))
    return { ttft: Math.exp(log.ttft), token: Math.exp(log.token) }
  }
}

describe('createPlacement', () => {
  const problem = problemOf(machines['small graphics card']!)

  it('moves bytes to the graphics card with every layer and loses none', () => {
    const place = createPlacement(problem)
    const whole = place({ ...automatic, num_gpu: 0 }).cpuBytes
    for (let layers = 1; layers <= 33; layers++) {
      const here = place({ ...automatic, num_gpu: layers })
      expect(here.gpuBytes).toBeGreaterThan(place({ ...automatic, num_gpu: layers - 1 }).gpuBytes)
      expect(here.cpuBytes + here.gpuBytes).toBeCloseTo(whole, 0)
    }
  })

  it('puts the output layer first or last, as the daemon does', () => {
    const first = createPlacement(problem)({ ...automatic, num_gpu: 1 }).gpuBytes
    const features = { ...problem.features, outputLayerFirst: false, flashAttentionOption: false }
    const last = createPlacement({ ...problem, features })({ ...automatic, num_gpu: 1 }).gpuBytes
    expect(first).toBe(problem.facts.outputBytes)
    expect(last).toBeLessThan(first)
  })

  it('reads only the experts in use', () => {
    const facts = { ...problem.facts, expertCount: 64, expertUsedCount: 4 }
    const sparse = createPlacement({ ...problem, facts })({ ...automatic, num_gpu: 0 }).cpuBytes
    expect(sparse).toBeLessThan(createPlacement(problem)({ ...automatic, num_gpu: 0 }).cpuBytes / 4)
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
