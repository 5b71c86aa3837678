import type { DaemonFeatures, UsualDaemon } from '../../preload/contract/daemon.ts'
import type { RemoteComputer, StudyRequest } from '../../preload/contract/goal.ts'
import type { MachineProfile } from '../../preload/contract/machine.ts'
import {
  automatic,
  cacheTypeSchema,
  parameterNames,
  type Configuration,
  type MemoryCalibration,
  type MemoryEstimate,
  type ModelFacts,
  type ParameterValue,
  type ParameterName,
} from '../../preload/contract/model.ts'
import type { Plan } from '../../preload/contract/plan.ts'
import type { Study } from '../../preload/contract/study.ts'
import type { Condition } from '../hardware/conditions/conditions.ts'
import { calibrated } from '../models/calibration.ts'
import { memoryReservations, predictMemory } from '../models/memory.ts'
import type { LoadedModel } from '../ollama/daemon.ts'
import { missingFeatures, type VersionedFeature } from '../ollama/features.ts'
import { distinctStates, engineState, engineStateKey } from '../search/engine-state.ts'
import { ramReserveMiB } from '../search/fit.ts'
import { buildSpace } from '../search/space.ts'
import type { Dimension, Problem, SearchSpace } from '../search/types.ts'
import { say } from '../words/say.ts'
import type { StudyReason } from '../words/study.ts'
import { expectedMinutes, serverStartSeconds } from './duration.ts'
import { deadParameters, effectiveConfiguration } from './effects.ts'
import { parametersInForce } from './environment.ts'
import { budgetFor, maximumLoads, workloadFor } from './goals.ts'
import { memoryTaughtBy } from './earlier/memory.ts'
import { beliefsOf } from './probe/belief.ts'
import { reasonedForRemote, remoteWarning, safeValues } from './remote.ts'

/** Everything that a plan follows from. */
export interface PlanInput {
  request: Pick<StudyRequest, 'model' | 'goal' | 'contextLength' | 'budget' | 'remoteComputer'>
  machine: MachineProfile
  /** What makes measuring unsteady at present. */
  conditions: readonly Condition[]
  daemon: {
    features: DaemonFeatures
    isLocal: boolean
    loaded: readonly LoadedModel[]
    /** The user's daemon, where the study measures in one of its own. */
    usual?: UsualDaemon | undefined
  }
  model: { facts: ModelFacts; parameters: Readonly<Record<string, ParameterValue>> }
  /** What an earlier study taught about the memory of this model here. */
  memoryCalibration: MemoryCalibration | null
}

export interface PlannedStudy {
  plan: Plan
  problem: Problem
  space: SearchSpace
}

/** What will be tried, why, and how long it will take. Pure: the same input gives the same plan. */
export function createPlan(input: PlanInput): PlannedStudy {
  const parameters = parametersInForce(input)
  const told = input.daemon.isLocal ? null : (input.request.remoteComputer ?? {})
  const problem = describeProblem({ ...input, model: { ...input.model, parameters }, told })
  const space = spaceOf(problem, parameters, told)
  const budget = budgetFor(input.request.budget)
  const plan: Plan = {
    regime: space.regime,
    regimeReason: say(space.regimeReason),
    dimensions: space.dimensions.map(({ name, values, reasons }) => ({ name, values, reasons: reasons.map(say) })),
    leftAlone: space.leftAlone.map(({ name, reason }) => ({ name, reason: say(reason) })),
    candidateCount: space.candidates.length,
    baseline: problem.baseline,
    predictedMemory: problem.predictMemory(problem.baseline),
    workload: problem.workload,
    maximumLoads: maximumLoads(budget),
    maximumMinutes: budget.maximumMinutes,
    expectedMinutes: expectedMinutes(problem, space, budget),
    warnings: [...input.conditions, ...memoryReservations(input.model.facts), ...warningsFor(input, problem)].map(say),
  }
  return { plan, problem, space }
}

/** Problem and space of a study as it stands, rebuilt from its file: as planned, with memory as its first load showed it. */
export function searchOf(study: Study): Pick<PlannedStudy, 'problem' | 'space'> {
  const { workload } = study.plan
  const planned = problemOf(study)
  const space = spaceOf(planned, parametersInForce(study), toldOf(study))
  return { problem: { ...planned, workload, learnt: beliefsOf(study) }, space: withoutDead(space, planned, study) }
}

/** The space once the parameters that do nothing here stay as they are. */
function withoutDead(space: SearchSpace, problem: Problem, study: Study): SearchSpace {
  const dead = deadParameters(study)
  if (dead.length === 0) return space
  const candidates = space.candidates.map((candidate) => effectiveConfiguration(study, candidate))
  return {
    ...space,
    dimensions: space.dimensions.filter(({ name }) => !dead.includes(name)),
    candidates: distinctStates(problem, problem.baseline, candidates),
  }
}

/** Main and graphics memory that a configuration of a study will take, by all that the study knows. */
export function predictMemoryOf(study: Study, configuration: Configuration): MemoryEstimate {
  return problemOf(study).predictMemory(configuration)
}

function problemOf(study: Study): Problem {
  const model = { ...study.model, parameters: parametersInForce(study) }
  const memoryCalibration = memoryTaughtBy(study) ?? study.memoryCalibration
  return describeProblem({ ...study, model, memoryCalibration, told: toldOf(study) })
}

/** What was told of the computer that the daemon of a study runs on; null if that is this one. */
function toldOf({ daemon, request }: Study): RemoteComputer | null {
  return daemon.isRemote ? (request.remoteComputer ?? {}) : null
}

function spaceOf(
  problem: Problem,
  parameters: Readonly<Record<string, ParameterValue>>,
  told: RemoteComputer | null,
): SearchSpace {
  const space = buildSpace(problem)
  return inWordsOfTag(told ? reasonedForRemote(space, told) : space, problem, parameters)
}

interface ProblemInput extends Omit<PlanInput, 'daemon' | 'conditions'> {
  daemon: Pick<PlanInput['daemon'], 'features' | 'usual'>
  /** Of another computer; null if it is this one. */
  told: RemoteComputer | null
}

function describeProblem({ request, machine, daemon, model, memoryCalibration, told }: ProblemInput): Problem {
  const { goal, contextLength } = request
  const { facts } = model
  const { features } = daemon
  return {
    machine,
    facts,
    features,
    goal,
    workload: workloadFor(goal, Math.min(contextLength, facts.trainedContextLength)),
    contextLength,
    baseline: baselineConfiguration(model.parameters),
    ...(daemon.usual ? { restartSeconds: serverStartSeconds } : {}),
    ...(told ? { allowedValues: safeValues(told) } : {}),
    predictMemory(configuration) {
      const prediction = predictMemory({ facts, configuration, contextLength, machine, features })
      const { ramMiB, vramMiB } = memoryCalibration ? calibrated(prediction, memoryCalibration) : prediction
      return { ramMiB, vramMiB }
    },
  }
}

/** The tag's own settings over automatic ones; what it does not set, or sets to nonsense, is automatic. */
export function baselineConfiguration(parameters: Readonly<Record<string, ParameterValue>>): Configuration {
  const wholeNumber = (name: 'num_gpu' | 'num_thread' | 'num_batch'): number => {
    const value = Number(parameters[name] ?? Number.NaN)
    return Number.isInteger(value) ? Math.max(automatic[name], value) : automatic[name]
  }
  const { use_mmap, flash_attention, kv_cache_type, num_parallel } = parameters
  return {
    num_gpu: wholeNumber('num_gpu'),
    num_thread: wholeNumber('num_thread'),
    num_batch: wholeNumber('num_batch'),
    use_mmap: typeof use_mmap === 'boolean' ? use_mmap : automatic.use_mmap,
    flash_attention: typeof flash_attention === 'boolean' ? flash_attention : automatic.flash_attention,
    kv_cache_type: cacheTypeSchema.safeParse(kv_cache_type).data ?? automatic.kv_cache_type,
    num_parallel: typeof num_parallel === 'number' ? num_parallel : automatic.num_parallel,
  }
}

/**
 * Says every candidate in the words that fit this tag, without changing what it means to the engine.
 *
 * Over a tag or an environment that sets a parameter without a word for automatic, "not set" can neither be sent nor
 * saved: parameters of a base can be overridden but not removed. What automatic would mean takes its place. Where a
 * value makes no difference, the tag's own stays, so that nothing is changed without need.
 */
function inWordsOfTag(
  space: SearchSpace,
  problem: Problem,
  parameters: Readonly<Record<string, ParameterValue>>,
): SearchSpace {
  const isSet = (name: ParameterName) => parameters[name] !== undefined && problem.baseline[name] !== null
  const express = (candidate: Configuration): Configuration => {
    const { isMapped, hasFlashAttention, cacheType } = engineState(problem, candidate)
    const start = {
      ...candidate,
      ...(candidate.use_mmap === null && isSet('use_mmap') ? { use_mmap: isMapped } : {}),
      ...(candidate.flash_attention === null && isSet('flash_attention') ? { flash_attention: hasFlashAttention } : {}),
      ...(candidate.kv_cache_type === null && isSet('kv_cache_type') ? { kv_cache_type: cacheType } : {}),
    }
    const key = engineStateKey(problem, start)
    return parameterNames.reduce((kept, name) => {
      const unchanged = { ...kept, [name]: problem.baseline[name] }
      return engineStateKey(problem, unchanged) === key ? unchanged : kept
    }, start)
  }
  const candidates = distinctStates(problem, problem.baseline, space.candidates.map(express))
  const dimensions = space.dimensions.map((dimension): Dimension => {
    const used = new Set(candidates.map((candidate) => candidate[dimension.name]))
    const added = [...used].filter((value) => !dimension.values.includes(value))
    return { ...dimension, values: [...dimension.values.filter((value) => used.has(value)), ...added] }
  })
  return { ...space, candidates, dimensions }
}

/** Without these less can be checked, or the model runs slower; Attune knows its way around the others. */
const worthUpdating: readonly string[] = [
  'reportsContextLength',
  'automaticFlashAttention',
] satisfies VersionedFeature[]

function warningsFor({ request, machine, daemon, model }: PlanInput, problem: Problem): StudyReason[] {
  const warnings: StudyReason[] = []
  if (!daemon.isLocal) warnings.push(remoteWarning(request.remoteComputer ?? {}))
  const missing = missingFeatures(daemon.features)
  if (missing.some((name) => worthUpdating.includes(name))) {
    warnings.push({ code: 'study.oldDaemon', values: { missing: missing.join(', ') } })
  }
  if (daemon.usual) warnings.push({ code: 'study.secondDaemon', values: {} })
  if (daemon.usual?.isEnvironmentKnown === false) warnings.push({ code: 'study.unknownEnvironment', values: {} })
  const needed = problem.predictMemory(problem.baseline).ramMiB
  const { availableMiB } = machine.memory
  if (needed > availableMiB - ramReserveMiB(machine)) {
    warnings.push({ code: 'study.memoryIsShort', values: { neededMiB: needed, availableMiB } })
  }
  if (request.contextLength > model.facts.trainedContextLength) {
    const values = { asked: request.contextLength, trained: model.facts.trainedContextLength }
    warnings.push({ code: 'study.contextBeyondTraining', values })
  }
  const others = daemon.loaded.filter(({ name }) => name !== request.model.name)
  if (others.length > 0) {
    warnings.push({ code: 'study.otherModelsLoaded', values: { names: others.map(({ name }) => name).join(', ') } })
  }
  if (others.length < daemon.loaded.length) warnings.push({ code: 'study.modelIsLoaded', values: {} })
  return warnings
}
