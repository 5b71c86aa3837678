import type { DaemonStatus } from '../../../preload/contract/daemon.ts'
import type { EnvironmentAdvice } from '../../../preload/contract/environment.ts'
import type { ErrorReport } from '../../../preload/contract/errors.ts'
import type { MachineProfile } from '../../../preload/contract/machine.ts'
import { automatic, type LocalModel } from '../../../preload/contract/model.ts'
import type { Settings } from '../../../preload/contract/settings.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { flashAttentionAdvice } from './fixtures/advice.ts'
import {
  builtInEngine,
  missingOllama,
  remoteOllama,
  runningOllama,
  stoppedOllama,
  unreachableOllama,
} from './fixtures/daemons.ts'
import { laptop, ultrabook } from './fixtures/machines.ts'
import { practiceModel, sixModels } from './fixtures/models.ts'
import { certificateFor, finishedStudy, keptStudy } from './fixtures/reports.ts'
import { newStudy, runningStudy } from './fixtures/studies.ts'

/** What the fake main knows when a window connects. */
export interface Scenario {
  machine: MachineProfile
  ollama: DaemonStatus
  builtIn: DaemonStatus
  models: LocalModel[]
  problems: ErrorReport[]
  studies: Study[]
  /** As they are when the window opens. */
  settings: Settings
  activeId: string | null
  /** What the result needs besides a tag. */
  advice: EnvironmentAdvice | null
  /** Whether a tag can hold anything of the result. */
  isHeldByTag: boolean
  /** Milliseconds between the events of a started study; null: it stands still. */
  pace: number | null
}

export type ScenarioName = (typeof scenarioNames)[number]
export const scenarioNames = [
  'sixModels',
  'noOllama',
  'stoppedOllama',
  'unreachableOllama',
  'remoteOllama',
  'running',
  'paused',
  'interrupted',
  'failed',
  'improved',
  'environment',
  'environmentAlone',
  'saved',
  'keep',
  'library',
] as const

const sixModelsScenario: Scenario = {
  machine: laptop,
  ollama: runningOllama,
  builtIn: builtInEngine,
  models: [...sixModels, practiceModel],
  problems: [],
  studies: [],
  settings: settingsIn('en'),
  activeId: null,
  advice: null,
  isHeldByTag: true,
  pace: 40,
}

const withoutOllama = { machine: ultrabook, models: [practiceModel] }

export const studyId = 'study-0001'

/** The settings of a user who chose a language. */
export function settingsIn(language: Settings['language']): Settings {
  return { schemaVersion: 1, colorScheme: 'auto', language, ollamaUrl: null }
}

/** A scenario by name, made afresh. */
export function scenario(name: ScenarioName): Scenario {
  const active = (study: Study): Scenario => ({
    ...sixModelsScenario,
    studies: [study],
    activeId: study.id,
    pace: null,
  })
  const past = (...studies: Study[]): Scenario => ({ ...sixModelsScenario, studies })
  switch (name) {
    case 'sixModels':
      return { ...sixModelsScenario }
    case 'remoteOllama':
      return { ...sixModelsScenario, ollama: remoteOllama }
    case 'noOllama':
      return { ...sixModelsScenario, ...withoutOllama, ollama: missingOllama }
    case 'stoppedOllama':
      return { ...sixModelsScenario, ...withoutOllama, ollama: stoppedOllama }
    case 'unreachableOllama':
      return {
        ...sixModelsScenario,
        ...withoutOllama,
        ollama: unreachableOllama,
        problems: [
          {
            code: 'daemonUnreachable',
            message: 'Ollama could not be asked for its models.',
            hint: 'Check its address under Settings.',
          },
        ],
      }
    case 'running':
      return active(runningStudy(studyId, 7))
    case 'paused':
      return active({
        ...runningStudy(studyId, 5),
        state: 'paused',
        trials: runningStudy(studyId, 5).trials.slice(0, 5),
      })
    case 'interrupted':
      return past({ ...runningStudy(studyId, 4), state: 'interrupted' })
    case 'failed':
      return past({
        ...runningStudy(studyId, 3),
        state: 'failed',
        failure: {
          code: 'daemonDisconnected',
          message: 'Ollama stopped answering in the middle of trial 4.',
          hint: 'Start Ollama again, then start a new study.',
        },
      })
    case 'improved':
      return past(finishedStudy(newStudy(studyId)))
    case 'environment':
      return { ...past(finishedStudy(newStudy(studyId))), advice: flashAttentionAdvice }
    case 'environmentAlone':
      return { ...scenario('environment'), isHeldByTag: false }
    case 'saved': {
      const study = finishedStudy(newStudy(studyId))
      const tag = 'qwen2.5:14b-attuned'
      return past({
        ...study,
        certificates: [certificateFor(study, tag, study.report?.best.configuration ?? automatic)],
      })
    }
    case 'keep':
      return past(keptStudy(newStudy(studyId)))
    case 'library':
      return past(...libraryStudies())
  }
}

function libraryStudies(): Study[] {
  const request = (name: string) =>
    ({
      model: { daemon: 'ollama', name },
      goal: 'chat',
      contextLength: 4096,
      budget: 'standard',
      sampler: 'bayes',
    }) as const
  const first = finishedStudy(newStudy('study-0001', request('qwen2.5:14b'), '2026-11-20T19:32:00Z'))
  const best = first.report?.best.configuration ?? automatic
  return [
    { ...first, certificates: [certificateFor(first, 'qwen2.5:14b-attuned', best)] },
    keptStudy(newStudy('study-0002', request('llama3.2:3b'), '2026-11-19T08:10:00Z')),
    { ...runningStudy('study-0003', 4, request('gemma3:4b-it-qat')), state: 'interrupted' },
    finishedStudy(newStudy('study-0004', request('qwen2.5:14b'), '2026-10-02T12:05:00Z')),
    { ...newStudy('study-0005', request('phi4-mini:3.8b'), '2026-09-14T17:45:00Z'), state: 'stopped' },
  ]
}
