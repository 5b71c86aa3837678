import type { BudgetKind, GoalKind, StudyRequest } from '../../preload/contract/goal.ts'
import type { LocalModel, ModelRef } from '../../preload/contract/model.ts'

/** The choices for the next study. Each has a value from the start; the flags say which were confirmed. */
export interface Draft {
  /** Null: the recommended one. */
  model: ModelRef | null
  isModelChosen: boolean
  goal: GoalKind
  /** Tokens, before the model's own limit is applied. */
  contextLength: number
  budget: BudgetKind
  pausesOnBattery: boolean
  /** Looks at processor and memory before a first study. */
  probesMachine: boolean
  /** Loads again at the end what was loaded before. */
  reloadsModels: boolean
  /** Measures in an Ollama of the study's own; the second is nothing without it. */
  privateDaemon: boolean
  quantisedCache: boolean
  isGoalChosen: boolean
}

export const emptyDraft: Draft = {
  model: null,
  isModelChosen: false,
  goal: 'chat',
  contextLength: 4096,
  budget: 'standard',
  pausesOnBattery: false,
  probesMachine: false,
  reloadsModels: true,
  privateDaemon: false,
  quantisedCache: false,
  isGoalChosen: false,
}

export const goalKinds: readonly GoalKind[] = ['chat', 'throughput', 'memory']
export const budgetKinds: readonly BudgetKind[] = ['quick', 'standard', 'thorough']

const offeredContextLengths = [2048, 4096, 8192, 16_384, 32_768] as const

/** Context lengths to offer, tokens: the usual ones up to the model's limit, or that limit if it is below them all. */
export function contextChoices(limit: number | null): number[] {
  if (limit === null) return [...offeredContextLengths]
  const fitting = offeredContextLengths.filter((length) => length <= limit)
  return fitting.length > 0 ? fitting : [limit]
}

/** The wished context length, or the longest offered one below it. */
export function clampContextLength(wished: number, limit: number | null): number {
  const choices = contextChoices(limit)
  return choices.findLast((length) => length <= wished) ?? choices[0] ?? wished
}

export function isSameModel(one: ModelRef, other: ModelRef): boolean {
  return one.daemon === other.daemon && one.name === other.name
}

/**
 * The model selected before the user says anything: the first that fits, in the daemon's own order, the user's own
 * before the built-in engine's and before those that Attune made.
 */
export function recommendedModel(models: readonly LocalModel[]): LocalModel | null {
  const fitting = models.filter((model) => model.fit !== 'tooBig')
  const own = fitting.find((model) => model.ref.daemon === 'ollama' && !model.isAttuned)
  return own ?? fitting.find((model) => !model.isAttuned) ?? fitting[0] ?? null
}

/** The draft's model if it is still listed, else the recommended one. */
export function selectedModel(draft: Draft, models: readonly LocalModel[]): LocalModel | null {
  const { model } = draft
  const chosen = model === null ? undefined : models.find((candidate) => isSameModel(candidate.ref, model))
  return chosen ?? recommendedModel(models)
}

export function studyRequest(draft: Draft, model: LocalModel): StudyRequest {
  const privateDaemon = draft.privateDaemon && model.ref.daemon === 'ollama'
  return {
    model: model.ref,
    goal: draft.goal,
    contextLength: clampContextLength(draft.contextLength, model.contextLength),
    budget: draft.budget,
    sampler: 'bayes',
    ...(draft.pausesOnBattery ? { pausesOnBattery: true } : {}),
    ...(draft.probesMachine ? { probesMachine: true } : {}),
    ...(draft.reloadsModels ? {} : { reloadsModels: false }),
    ...(privateDaemon ? { privateDaemon } : {}),
    ...(privateDaemon && draft.quantisedCache ? { quantisedCache: true } : {}),
  }
}
