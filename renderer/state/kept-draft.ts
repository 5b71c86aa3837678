import type { ModelRef } from '../../preload/contract/model.ts'
import { budgetKinds, emptyDraft, goalKinds, type Draft } from './draft.ts'

type FlagName = { [Name in keyof Draft]: Draft[Name] extends boolean ? Name : never }[keyof Draft]

/** The draft as it was when the window was reloaded; whatever in it is not understood is as at the start. */
export function parseDraft(text: string | null): Draft {
  const kept = parseRecord(text)
  const flag = (name: FlagName) => {
    const value = kept[name]
    return typeof value === 'boolean' ? value : emptyDraft[name]
  }
  const { contextLength } = kept
  return {
    model: modelRefOf(kept['model']),
    isModelChosen: flag('isModelChosen'),
    goal: goalKinds.find((goal) => goal === kept['goal']) ?? emptyDraft.goal,
    contextLength:
      typeof contextLength === 'number' && Number.isInteger(contextLength) && contextLength > 0
        ? contextLength
        : emptyDraft.contextLength,
    budget: budgetKinds.find((budget) => budget === kept['budget']) ?? emptyDraft.budget,
    isGoalChosen: flag('isGoalChosen'),
    pausesOnBattery: flag('pausesOnBattery'),
    probesMachine: flag('probesMachine'),
    reloadsModels: flag('reloadsModels'),
    privateDaemon: flag('privateDaemon'),
    quantisedCache: flag('quantisedCache'),
  }
}

export function formatDraft(draft: Draft): string {
  return JSON.stringify(draft)
}

function modelRefOf(value: unknown): ModelRef | null {
  if (typeof value !== 'object' || value === null || !('daemon' in value) || !('name' in value)) return null
  const { daemon, name } = value
  if ((daemon !== 'ollama' && daemon !== 'builtIn') || typeof name !== 'string') return null
  return { daemon, name }
}

function parseRecord(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
