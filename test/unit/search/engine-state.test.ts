import { describe, expect, it } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import {
  automaticBatch,
  automaticThreads,
  coreKinds,
  distinctStates,
  engineStateKey,
  usableCores,
} from '../../../main/search/engine-state.ts'
import { effectiveCores } from '../../../main/search/surrogate/cores.ts'
import { machineOf, problemOf } from './problems.ts'

const hybrid = { physicalCores: 14, performanceCores: 6, efficiencyCores: 8, logicalCores: 20, allowedCores: 20 }
const isSame = (context: ReturnType<typeof problemOf>, a: object, b: object) =>
  engineStateKey(context, { ...automatic, ...a }) === engineStateKey(context, { ...automatic, ...b })

describe('automaticThreads', () => {
  it.each([
    ['linux', {}, 4],
    ['linux', hybrid, 6],
    ['win32', hybrid, 14],
    ['darwin', { ...hybrid, performanceCores: 4, efficiencyCores: 4, physicalCores: 8 }, 4],
  ] as const)('on %s with %o', (platform, cores, threads) => {
    expect(automaticThreads(machineOf({ platform, cores }))).toBe(threads)
  })

  it('overlooks that a container allows fewer cores, as the engine does', () => {
    const machine = machineOf({ cores: { physicalCores: 32, logicalCores: 64, allowedCores: 4 } })
    expect(automaticThreads(machine)).toBe(32)
    expect(usableCores(machine.cpu)).toBe(4)
  })
})

describe('automaticBatch', () => {
  it.each([
    [2048, 512],
    [4096, 512],
    [4097, 1024],
    [32_768, 1024],
    [32_769, 2048],
  ])('at a context of %i is %i', (contextLength, batch) => {
    expect(automaticBatch(problemOf(machineOf(), { contextLength }))).toBe(batch)
  })

  it('is 512 on daemons that do not choose it', () => {
    const problem = problemOf(machineOf(), { contextLength: 65_536 })
    expect(automaticBatch({ ...problem, features: { ...problem.features, automaticBatch: false } })).toBe(512)
  })
})

describe('engine states', () => {
  const onCpu = problemOf(machineOf())
  const onSmallGpu = problemOf(machineOf({ platform: 'win32', gpu: { freeVramMiB: 3400 } }))

  it('are equal where the automatic value is what was written', () => {
    expect(isSame(onCpu, {}, { num_thread: 4, num_batch: 512, use_mmap: false })).toBe(true)
    expect(isSame(onCpu, {}, { num_thread: 3 })).toBe(false)
    expect(isSame(onCpu, {}, { use_mmap: true })).toBe(false)
  })

  it('do not depend on layers without a graphics card, and clamp them with one', () => {
    expect(isSame(onCpu, { num_gpu: 0 }, { num_gpu: 20 })).toBe(true)
    expect(isSame(onSmallGpu, { num_gpu: 33 }, { num_gpu: 99 })).toBe(true)
    expect(isSame(onSmallGpu, { num_gpu: 20 }, { num_gpu: 21 })).toBe(false)
    expect(isSame(onSmallGpu, { num_gpu: -1 }, { num_gpu: 33 })).toBe(false)
  })

  it('clamp the batch to the context', () => {
    expect(isSame(problemOf(machineOf(), { contextLength: 1024 }), { num_batch: 2048 }, { num_batch: 1024 })).toBe(true)
  })

  it.each([
    ['Windows with NVIDIA reads the file', machineOf({ platform: 'win32', gpu: { freeVramMiB: 9000 } }), -1, false],
    ['Linux with NVIDIA maps it', machineOf({ gpu: { freeVramMiB: 9000 } }), 20, true],
    [
      'macOS maps it when all layers are on the GPU',
      machineOf({ platform: 'darwin', gpu: { freeVramMiB: 9000, unified: true } }),
      33,
      true,
    ],
    [
      'macOS reads it otherwise',
      machineOf({ platform: 'darwin', gpu: { freeVramMiB: 9000, unified: true } }),
      20,
      false,
    ],
  ])('resolve mapping: %s', (_, machine, num_gpu, isMapped) => {
    expect(isSame(problemOf(machine), { num_gpu, use_mmap: null }, { num_gpu, use_mmap: isMapped })).toBe(true)
  })
})

describe('the cores that threads can be given', () => {
  const cpu = { ...machineOf().cpu, ...hybrid }

  it('are all kinds where nothing limits them', () => {
    expect(coreKinds(cpu)).toEqual({ fast: 6, slow: 8, physical: 14 })
    expect(usableCores(cpu)).toBe(20)
  })

  it('are never those for idling', () => {
    const withIdling = { ...cpu, lowPowerCores: 2 }
    expect(coreKinds(withIdling)).toEqual({ fast: 6, slow: 6, physical: 12 })
    expect(usableCores(withIdling)).toBe(18)
  })

  it('are those of a cpuset, and slow ones are the fastest where it leaves no others', () => {
    const slowOnly = { ...cpu, allowedCores: 4, allowedKinds: { performanceCores: 0, efficiencyCores: 4 } }
    expect(coreKinds(slowOnly)).toEqual({ fast: 4, slow: 4, physical: 4 })
    const mixed = { ...cpu, allowedCores: 8, allowedKinds: { performanceCores: 2, efficiencyCores: 4 } }
    expect(coreKinds(mixed)).toEqual({ fast: 2, slow: 4, physical: 6 })
  })

  it('are held up by slow ones only where fast ones take part', () => {
    const speeds = { slowCore: 0.6, sharedCore: 0.62, everyCore: 1, surplusThreads: 3 }
    const slowOnly = { ...cpu, allowedCores: 4, allowedKinds: { performanceCores: 0, efficiencyCores: 4 } }
    expect(effectiveCores(slowOnly, speeds, 4)).toMatchObject({ steady: 4, isMixed: false })
    const mixed = { ...cpu, allowedCores: 8, allowedKinds: { performanceCores: 2, efficiencyCores: 4 } }
    expect(effectiveCores(mixed, speeds, 4).isMixed).toBe(true)
  })
})

describe('distinctStates', () => {
  const problem = problemOf(machineOf())

  it('keeps the first as written and lets automatic values stand for the others', () => {
    const first = { ...automatic, num_thread: 4 }
    const others = [{ ...automatic, num_thread: 2, num_batch: 512 }, { ...automatic, num_thread: 2 }, { ...automatic }]
    expect(distinctStates(problem, first, others)).toEqual([first, { ...automatic, num_thread: 2 }])
  })
})
