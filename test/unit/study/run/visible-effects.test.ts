import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../../../preload/contract/model.ts'
import type { Study } from '../../../../preload/contract/study.ts'
import { predictMemoryOf, searchOf } from '../../../../main/study/plan.ts'
import { rivals } from '../../../../main/study/confirmation.ts'
import { findDeadParameter } from '../../../../main/study/run/visible-effects.ts'
import { aPlan, aStatement, aStudy, configured, okOutcome, twoCores, type TrialSketch } from '../builders.ts'

const dimension = (name: 'num_batch' | 'num_thread' | 'num_gpu') => ({ name, values: [0, 1], reasons: [] })
const plan = { ...aPlan, dimensions: [dimension('num_batch'), dimension('num_thread'), dimension('num_gpu')] }
const old = { ...aStudy().daemon, features: { ...aStudy().daemon.features, outputLayerFirst: false } }
const gpu = {
  name: 'GPU',
  vendor: 'nvidia',
  totalVramMiB: 8000,
  freeVramMiB: 7000,
  unified: false,
  source: '',
} as const

/** Loads of these settings, each taking the memory that `takes` says. */
function searching(
  tried: Partial<Configuration>[],
  takes: (predictedMiB: number, configuration: Configuration) => { ramMiB: number; vramMiB?: number },
  change: Partial<Omit<Study, 'trials'>> = {},
): Study {
  const study = aStudy({ phase: 'search', plan, ...change })
  const trials = tried.map((part): TrialSketch => {
    const configuration = configured(part)
    const { ramMiB, vramMiB } = predictMemoryOf(study, configuration)
    return { purpose: 'search', configuration: part, outcome: okOutcome(takes(ramMiB + vramMiB, configuration)) }
  })
  return aStudy({ phase: 'search', plan, ...change, trials })
}
const batches = [{}, {}, { num_batch: 2048 }]
const constant = () => ({ ramMiB: 300 })

describe('a parameter', () => {
  it('is alive while memory follows it, were it by half of what was predicted', () => {
    expect(findDeadParameter(searching(batches, (ramMiB) => ({ ramMiB })))).toBeNull()
    expect(findDeadParameter(searching(batches, (ramMiB) => ({ ramMiB: 100 + ramMiB / 2 })))).toBeNull()
  })

  it('is dead once three loads take the same memory at values that differ widely', () => {
    expect(findDeadParameter(searching(batches, constant))).toMatchObject({
      name: 'num_batch',
      reason: { code: 'study.noEffect' },
    })
  })

  it('is not condemned by two loads, by values that hardly differ, or by loads that differ in more', () => {
    expect(findDeadParameter(searching(batches.slice(1), constant))).toBeNull()
    expect(findDeadParameter(searching([{}, {}, { num_batch: 500 }], constant))).toBeNull()
    expect(findDeadParameter(searching([{}, {}, { num_batch: 2048, use_mmap: true }], constant))).toBeNull()
  })

  it('of threads is never judged by memory', () => {
    expect(findDeadParameter(searching([{}, {}, { num_thread: 1 }, { num_thread: 2 }], constant))).toBeNull()
  })

  it('of a daemon that tells what it reckons is judged only where it reckons with it', () => {
    expect(findDeadParameter(searching(batches, constant, { daemon: old }))).toBeNull()
  })

  it('of layers is dead where explicit counts leave the graphics card as it was', () => {
    const machine = { ...twoCores, gpus: [gpu] }
    const layers = [{ num_gpu: 1 }, { num_gpu: 3 }, { num_gpu: 5 }]
    expect(findDeadParameter(searching(layers, constant, { machine, daemon: old }))?.name).toBe('num_gpu')
    const follows = (_: number, { num_gpu }: Configuration) => ({ ramMiB: 300, vramMiB: 20 * num_gpu })
    expect(findDeadParameter(searching(layers, follows, { machine }))).toBeNull()
    const automatic = [{ num_gpu: -1 }, { num_gpu: -1 }, { num_gpu: 5 }]
    expect(findDeadParameter(searching(automatic, constant, { machine }))).toBeNull()
  })
})

describe('once a parameter is left alone', () => {
  const leftAlone = [{ name: 'num_batch', reason: aStatement('study.noEffect') }]
  const left = aStudy({
    plan: { ...plan, leftAlone },
    trials: [
      { purpose: 'baseline', outcome: okOutcome({ decode: 20 }) },
      { purpose: 'search', configuration: { num_batch: 2048 }, outcome: okOutcome({ decode: 40 }) },
    ],
  })

  it('no candidate changes it, and the others stay', () => {
    const { candidates, dimensions } = searchOf(left).space
    expect(new Set(candidates.map(({ num_batch }) => num_batch))).toEqual(new Set([aPlan.baseline.num_batch]))
    expect(dimensions.map(({ name }) => name)).not.toContain('num_batch')
    expect(new Set(candidates.map(({ num_thread }) => num_thread)).size).toBeGreaterThan(1)
  })

  it('what was measured faster with it alone is luck and no rival', () => {
    expect(rivals(left, 'chat')).toEqual([])
  })

  it('it is not found again', () => {
    expect(findDeadParameter({ ...searching(batches, constant), plan: { ...plan, leftAlone } })).toBeNull()
  })
})
