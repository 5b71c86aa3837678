import { describe, expect, it } from 'vitest'
import type { MachineProfile } from '../../../preload/contract/machine.ts'
import { automatic } from '../../../preload/contract/model.ts'
import { planSchema } from '../../../preload/contract/plan.ts'
import type { LoadedModel } from '../../../main/ollama/daemon.ts'
import { featuresOf, newestFeatures } from '../../../main/ollama/features.ts'
import { engineStateKey } from '../../../main/search/engine-state.ts'
import { budgetFor, maximumLoads, workloadFor } from '../../../main/study/goals.ts'
import { baselineConfiguration, createPlan, searchOf, type PlanInput } from '../../../main/study/plan.ts'
import { aStudy, smallModel, twoCores } from './builders.ts'

const withGpu: MachineProfile = {
  ...twoCores,
  gpus: [
    { name: 'GPU', vendor: 'nvidia', totalVramMiB: 8000, freeVramMiB: 7000, unified: false, source: 'nvidia-smi' },
  ],
}

function input(change: {
  parameters?: PlanInput['model']['parameters']
  machine?: MachineProfile
  request?: Partial<PlanInput['request']>
  daemon?: Partial<PlanInput['daemon']>
  memoryCalibration?: PlanInput['memoryCalibration']
  conditions?: PlanInput['conditions']
}): PlanInput {
  return {
    request: { ...aStudy().request, ...change.request },
    machine: change.machine ?? twoCores,
    daemon: { features: newestFeatures, isLocal: true, loaded: [], ...change.daemon },
    model: { facts: smallModel, parameters: change.parameters ?? {} },
    memoryCalibration: change.memoryCalibration ?? null,
    conditions: change.conditions ?? [],
  }
}

const loaded = (name: string): LoadedModel => ({
  name,
  digest: 'sha256:abc',
  sizeMiB: 100,
  vramMiB: 0,
  contextLength: 4096,
  expiresAt: null,
})

describe('a plan', () => {
  it('is what the contract says, the same for the same input', () => {
    const { plan } = createPlan(input({}))
    expect(planSchema.parse(plan)).toEqual(plan)
    expect(createPlan(input({})).plan).toEqual(plan)
  })

  it('says everything in words', () => {
    const { plan } = createPlan(input({ machine: withGpu }))
    const said = [
      plan.regimeReason,
      ...plan.dimensions.flatMap(({ reasons }) => reasons),
      ...plan.leftAlone.map(({ reason }) => reason),
    ]
    for (const { code, text } of said) expect(text, code).not.toBe(code)
  })

  it('starts from what the tag itself sets', () => {
    const { plan, space } = createPlan(input({ parameters: { num_thread: 8, temperature: 0.2 } }))
    expect(plan.baseline).toEqual({ ...automatic, num_thread: 8 })
    expect(space.candidates[0]).toEqual(plan.baseline)
    expect(plan.candidateCount).toBe(space.candidates.length)
  })

  it('can be rebuilt from the study’s file', () => {
    const { problem, space, plan } = createPlan(input({ parameters: { num_thread: 8 } }))
    const study = aStudy({ plan, model: { ...aStudy().model, parameters: { num_thread: 8 } } })
    const again = searchOf(study)
    expect(again.space).toEqual(space)
    expect(again.problem.workload).toEqual(problem.workload)
    expect(again.problem.predictMemory(plan.baseline)).toEqual(plan.predictedMemory)
  })

  it('fits into its budget', () => {
    for (const budget of ['quick', 'standard', 'thorough'] as const) {
      const { plan } = createPlan(input({ request: { budget } }))
      expect(plan.maximumLoads).toBe(maximumLoads(budgetFor(budget)))
      expect(plan.expectedMinutes.low).toBeLessThanOrEqual(plan.expectedMinutes.high)
      expect(plan.expectedMinutes.high).toBeLessThanOrEqual(plan.maximumMinutes)
    }
  })

  it('expects larger models to take longer', () => {
    const large = {
      ...smallModel,
      totalBytes: 40 * smallModel.totalBytes,
      parameterCount: 40 * smallModel.parameterCount,
    }
    const small = createPlan(input({})).plan.expectedMinutes
    const larger = createPlan({ ...input({}), model: { facts: large, parameters: {} } }).plan.expectedMinutes
    expect(larger.high).toBeGreaterThan(small.high)
  })
})

describe('candidates', () => {
  it('keep the tag’s own value wherever another would mean the same', () => {
    // 512 is what the daemon chooses at this context length.
    const { problem, space } = createPlan(input({ parameters: { num_batch: 512, num_thread: 8 } }))
    const sameBatch = space.candidates.filter(
      (candidate) => engineStateKey(problem, { ...candidate, num_batch: 512 }) === engineStateKey(problem, candidate),
    )
    expect(sameBatch.length).toBeGreaterThan(1)
    for (const candidate of sameBatch) expect(candidate.num_batch).toBe(512)
  })

  it('never leave file mapping open over a tag that sets it, as that could not be saved', () => {
    for (const machine of [twoCores, withGpu]) {
      const { space } = createPlan(input({ machine, parameters: { use_mmap: true } }))
      for (const candidate of space.candidates) expect(candidate.use_mmap).not.toBeNull()
    }
  })

  it('are all different to the engine', () => {
    for (const parameters of [{}, { num_thread: 2 }, { num_batch: 512 }, { use_mmap: false }, { num_gpu: 0 }]) {
      for (const machine of [twoCores, withGpu]) {
        const { problem, space, plan } = createPlan(input({ machine, parameters }))
        const keys = space.candidates.map((candidate) => engineStateKey(problem, candidate))
        expect(new Set(keys).size).toBe(keys.length)
        for (const { name, values } of plan.dimensions) {
          const used = new Set(space.candidates.map((candidate) => candidate[name]))
          expect(new Set(values)).toEqual(used)
        }
      }
    }
  })
})

describe('the baseline', () => {
  it.each([
    [{}, automatic],
    [
      { num_gpu: 20, num_thread: 4, num_batch: 256, use_mmap: false },
      { ...automatic, num_gpu: 20, num_thread: 4, num_batch: 256, use_mmap: false },
    ],
    [{ num_gpu: -7, num_thread: -1, num_batch: -1 }, automatic],
    [{ num_thread: '8' }, { ...automatic, num_thread: 8 }],
    [{ num_thread: 'many', num_gpu: 2.5, use_mmap: 'yes' }, automatic],
    [{ num_ctx: 8192, stop: ['a', 'b'] }, automatic],
  ])('of %o is %o', (parameters, configuration) => {
    expect(baselineConfiguration(parameters)).toEqual(configuration)
  })
})

describe('warnings', () => {
  const codes = (change: Parameters<typeof input>[0]) => createPlan(input(change)).plan.warnings.map(({ code }) => code)

  it('are silent when all is well', () => {
    expect(codes({})).toEqual([])
  })

  it.each([
    ['machine.onBattery', { conditions: [{ code: 'machine.onBattery' as const, values: {} }] }],
    ['study.remoteDaemon', { daemon: { isLocal: false } }],
    ['study.oldDaemon', { daemon: { features: featuresOf('0.9.6', 'ollama') } }],
    ['study.memoryIsShort', { machine: { ...twoCores, memory: { ...twoCores.memory, availableMiB: 200 } } }],
    ['study.contextBeyondTraining', { request: { contextLength: 16_384 } }],
    ['study.otherModelsLoaded', { daemon: { loaded: [loaded('other:latest')] } }],
    ['study.modelIsLoaded', { daemon: { loaded: [loaded('small:latest')] } }],
  ])('%s', (code, change) => {
    expect(codes(change)).toEqual([code])
  })

  it('say what an old Ollama lacks, and nothing of what Attune can do without', () => {
    const warningFor = (version: string) =>
      createPlan(input({ daemon: { features: featuresOf(version, 'ollama') } })).plan.warnings[0]?.text
    expect(warningFor('0.9.6')).toMatch(/lacks the word on how much context.*flash attention.*tokens are read at once/)
    expect(warningFor('0.11.0')).toMatch(/lacks flash attention/)
    expect(warningFor('0.20.7')).toBeUndefined()
  })
})

describe('the workload', () => {
  it('fits even the shortest context', () => {
    for (const goal of ['chat', 'throughput', 'memory'] as const) {
      const { promptTokens, outputTokens } = workloadFor(goal, 512)
      expect(promptTokens + outputTokens).toBeLessThan(512)
      expect(promptTokens).toBeGreaterThanOrEqual(128)
    }
  })

  it('is the goal’s own where there is room', () => {
    expect(workloadFor('chat', 4096)).toEqual({ promptTokens: 400, outputTokens: 120 })
  })
})
