import { describe, expect, it } from 'vitest'
import { goalKindSchema } from '../../../preload/contract/goal.ts'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { MachineProfile } from '../../../preload/contract/machine.ts'
import { automatic } from '../../../preload/contract/model.ts'
import { engineStateKey } from '../../../main/search/engine-state.ts'
import { memoryExcessMiB } from '../../../main/search/fit.ts'
import { buildSpace } from '../../../main/search/space.ts'
import { createFeasibility } from '../../../main/search/surrogate/feasibility.ts'
import type { SearchSpace } from '../../../main/search/types.ts'
import { machineOf, machines, problemOf } from './problems.ts'

const goals = goalKindSchema.options
const everyProblem = Object.entries(machines).flatMap(([name, machine]) =>
  goals.map((goal) => [name, goal, problemOf(machine, { goal })] as const),
)
const valuesOf = (space: SearchSpace, name: string) =>
  space.dimensions.find((dimension) => dimension.name === name)?.values

describe.each(everyProblem)('the space of %s, %s', (_, __, problem) => {
  const space = buildSpace(problem)

  it('begins with the baseline and holds every engine state once', () => {
    expect(space.candidates[0]).toEqual(problem.baseline)
    const keys = space.candidates.map((candidate) => engineStateKey(problem, candidate))
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('varies only what has several values, which the candidates use', () => {
    for (const { name, values, reasons } of space.dimensions) {
      expect(values.length).toBeGreaterThan(1)
      expect(reasons.length).toBeGreaterThan(0)
      for (const value of values) expect(space.candidates.some((candidate) => candidate[name] === value)).toBe(true)
    }
  })

  it('accounts for every parameter, varied or left alone', () => {
    const names = [...space.dimensions, ...space.leftAlone].map(({ name }) => name)
    for (const name of Object.keys(automatic)) expect(names.filter((other) => other === name)).toHaveLength(1)
  })

  it('never asks for more threads than this program may use', () => {
    const { allowedCores } = problem.machine.cpu
    for (const { num_thread } of space.candidates) expect(num_thread).toBeLessThanOrEqual(allowedCores)
  })

  it('never offers what is predicted not to fit, unless nothing fits', () => {
    const excesses = space.candidates.slice(1).map((c) => memoryExcessMiB(problem, problem.predictMemory(c)))
    const fitting = excesses.filter((excess) => excess <= 0)
    expect(fitting.length === excesses.length || fitting.length === 0).toBe(true)
  })

  it('is the same every time', () => {
    expect(buildSpace(problem)).toEqual(space)
  })
})

describe('regimes', () => {
  it.each([
    ['two cores', 'cpu'],
    ['graphics card with room', 'full'],
    ['graphics card just filled', 'full'],
    ['small graphics card', 'partial'],
    ['unified memory', 'full'],
  ])('%s: %s', (name, regime) => {
    expect(buildSpace(problemOf(machines[name]!)).regime).toBe(regime)
  })
})

describe('buildSpace', () => {
  it('tries one and two threads and a few batches on two cores', () => {
    const space = buildSpace(problemOf(machines['two cores']!))
    expect(valuesOf(space, 'num_thread')).toEqual([0, 1])
    expect(valuesOf(space, 'num_batch')).toEqual([0, 64, 128, 256, 1024, 2048])
    expect(space.candidates).toHaveLength(12)
    expect(space.leftAlone.map(({ name }) => name)).toEqual(expect.arrayContaining(['num_gpu', 'use_mmap', 'num_ctx']))
  })

  it('keeps a sabotaged baseline as a candidate and offers the sane counts beside it', () => {
    const baseline = { ...automatic, num_thread: 8 }
    const space = buildSpace(problemOf(machines['two cores']!, { baseline }))
    expect(space.candidates[0]).toEqual(baseline)
    expect(valuesOf(space, 'num_thread')).toEqual([0, 1, 8])
  })

  it('says when the automatic thread count exceeds the cores this program may use', () => {
    const space = buildSpace(problemOf(machines['container of 4 in 32 cores']!))
    expect(space.dimensions.find(({ name }) => name === 'num_thread')?.reasons[0]).toEqual({
      code: 'search.automaticThreadsTooMany',
      values: { automatic: 32, usable: 4 },
    })
    expect(valuesOf(space, 'num_thread')).toContain(4)
  })

  it('looks at layer counts near the number that fits, and further up for small batches', () => {
    const problem = problemOf(machines['small graphics card']!)
    const layers = valuesOf(buildSpace(problem), 'num_gpu')?.map(Number) ?? []
    expect(layers[0]).toBe(-1)
    expect(layers.length).toBeGreaterThan(3)
    expect(layers.length).toBeLessThan(12)
  })

  it('keeps the processor alone as a candidate where only some layers fit', () => {
    const layers = valuesOf(buildSpace(problemOf(machines['small graphics card']!)), 'num_gpu')
    expect(layers).toContain(0)
  })

  it('offers every thread count from half the fast cores to all that may be used', () => {
    const space = buildSpace(problemOf(machines['unequal cores']!))
    const automaticCount = 14
    const expected = Array.from({ length: 18 }, (_, i) => i + 3).filter((threads) => threads !== automaticCount)
    expect(valuesOf(space, 'num_thread')).toEqual([0, ...expected])
  })

  it('offers some thread counts between the cores and all threads where there are very many', () => {
    const space = buildSpace(problemOf(machineOf({ cores: { physicalCores: 64 } })))
    const values = valuesOf(space, 'num_thread')
    expect(values).toEqual(expect.arrayContaining([32, 48, 63, 96, 128]))
    expect(values).not.toContain(33)
  })

  it('drops a layer count only where the odds that it fits are small', () => {
    const problem = problemOf(machines['small graphics card']!)
    const feasibility = createFeasibility(problem)
    const kept = new Set(valuesOf(buildSpace(problem), 'num_gpu'))
    const most = Math.max(...[...kept].map(Number))
    expect(feasibility.probability({ ...automatic, num_gpu: most + 1, num_batch: 64 })).toBeLessThan(0.05)
  })

  it('may ask for all layers where all fit with room to spare, as a daemon can leave some out', () => {
    const space = buildSpace(problemOf(machines['graphics card with room']!))
    expect(valuesOf(space, 'num_gpu')).toEqual([-1, 33])
  })

  describe('where the user keeps room for four conversations', () => {
    const spaceFor = (machine: MachineProfile, goal: GoalKind, parallelOption = true) => {
      const problem = problemOf(machine, { goal, baseline: { ...automatic, num_parallel: 4 } })
      return buildSpace({ ...problem, features: { ...problem.features, parallelOption } })
    }
    const reasonIn = (space: SearchSpace) => space.leftAlone.find(({ name }) => name === 'num_parallel')?.reason.code

    it('tries room for one where memory is the goal or graphics memory is short', () => {
      expect(valuesOf(spaceFor(machines['eight cores']!, 'memory'), 'num_parallel')).toEqual([1, 4])
      expect(valuesOf(spaceFor(machines['small graphics card']!, 'chat'), 'num_parallel')).toEqual([1, 4])
    })

    it('leaves it as it is where it takes no time, or where no request can change it', () => {
      expect(reasonIn(spaceFor(machines['eight cores']!, 'chat'))).toBe('search.parallelTakesNoTime')
      expect(reasonIn(spaceFor(machines['eight cores']!, 'memory', false))).toBe('search.parallelIsTheDaemons')
    })
  })

  it('leaves layers alone when all fit with room to spare and less memory is the goal', () => {
    const space = buildSpace(problemOf(machines['graphics card with room']!, { goal: 'memory' }))
    expect(space.leftAlone.find(({ name }) => name === 'num_gpu')?.reason.code).toBe('search.allLayersFit')
  })

  it('drops batches that need more memory than there is, and says so', () => {
    const space = buildSpace(problemOf(machineOf({ ramMiB: 6200 })))
    const dimension = space.dimensions.find(({ name }) => name === 'num_batch')
    expect(dimension?.values).not.toContain(2048)
    expect(dimension?.reasons.map(({ code }) => code)).toContain('search.valuesNeedTooMuchMemory')
  })

  it('tries the leanest when nothing is predicted to fit', () => {
    const space = buildSpace(problemOf(machines['too little of everything']!))
    expect(space.candidates.length).toBeGreaterThan(1)
  })

  it('keeps to the values that are allowed', () => {
    const problem = { ...problemOf(machines['eight cores']!), allowedValues: { num_thread: [0, 2, 6, 10] } }
    expect(valuesOf(buildSpace(problem), 'num_thread')).toEqual([0, 2, 6, 10])
  })

  it('never exceeds a short context with the batch', () => {
    const batches = valuesOf(buildSpace(problemOf(machines['eight cores']!, { contextLength: 512 })), 'num_batch')
    expect(batches).toEqual([0, 64, 128, 256])
  })
})
