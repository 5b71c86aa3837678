import type { GoalKind } from '../../preload/contract/goal.ts'
import type { Configuration } from '../../preload/contract/model.ts'
import type { Language } from '../../preload/contract/settings.ts'
import { englishStudy } from '../../preload/words/english.ts'
import type { StudyWords } from '../../preload/words/study-words.ts'
import type { Values } from './say.ts'
import { label, settings } from './study.ts'

/** The words of a report's page in one language, apart from the sentences of the report itself. */
export interface PageWords extends StudyWords {
  language: Language
  title: (model: string) => string
  begun: (when: string) => string
  setting: (name: keyof Configuration) => string
  value: (value: string | number | boolean) => string
  trials: string
  trialsPicture: string
  /** A whole setup in a few words. */
  summary: (values: Values) => string
  setups: string
  loads: string
  conditions: string
  computer: string
  processor: string
  memory: string
  graphics: string
  none: string
  daemon: string
  builtIn: string
  model: string
  request: string
  goals: Record<GoalKind, string>
  requested: (goal: string, contextLength: string) => string
  again: string
  saved: string
  savedAs: (tag: string, isKept: boolean | null) => string
  footer: (version: string) => string
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const englishPage: PageWords = {
  ...englishStudy,
  outcomes: { ...englishStudy.outcomes, running: 'cut off' },
  language: 'en',
  title: (model) => `What Attune found for ${model}`,
  begun: (when) => `Measured on ${when}`,
  setting: (name) => capitalised(label(name)),
  value: (value) => (typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)),
  trials: 'Every trial',
  trialsPicture: 'The goal’s figure, trial by trial. The line: as it was before. The ring: the best.',
  summary: (values) => capitalised(settings(values)),
  setups: 'Everything that was measured, best first',
  loads: 'Loads',
  conditions: 'Where and how it was measured',
  computer: 'Computer',
  processor: 'Processor',
  memory: 'Memory',
  graphics: 'Graphics',
  none: 'none that helps',
  daemon: 'Ran on',
  builtIn: 'Attune’s own engine',
  model: 'Model',
  request: 'Asked for',
  goals: { chat: 'quick replies', throughput: 'long answers', memory: 'less memory' },
  requested: (goal, contextLength) => `${goal}, with ${contextLength} tokens of context`,
  again: 'To run the same study again',
  saved: 'What was saved',
  savedAs: (tag, isKept) => {
    if (isKept === null) return `${tag}, which could not be measured`
    return isKept ? `${tag}, measured as saved: as fast as promised` : `${tag}, measured as saved: slower than promised`
  },
  footer: (version) => `Made by Attune ${version}. This page holds all it shows and asks nothing of any network.`,
}
