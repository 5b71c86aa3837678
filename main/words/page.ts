import type { GoalKind } from '../../preload/contract/goal.ts'
import type { Configuration } from '../../preload/contract/model.ts'
import type { Language } from '../../preload/contract/settings.ts'
import type { TrialOutcome, TrialPurpose } from '../../preload/contract/trial.ts'
import type { Values } from './say.ts'
import { label, settings } from './study.ts'

/** The words of a report's page in one language, apart from the sentences of the report itself. */
export interface PageWords {
  language: Language
  title: (model: string) => string
  begun: (when: string) => string
  beforeAfter: string
  measured: string
  figure: string
  before: string
  after: string
  metrics: { turn: string; ttft: string; decode: string; prefill: string; memory: string }
  /** Tokens per second, written short. */
  tokensPerSecond: string
  changes: string
  kept: string
  setting: (name: keyof Configuration) => string
  value: (value: string | number | boolean) => string
  becomes: string
  trials: string
  trialsPicture: string
  trial: string
  purpose: string
  purposes: Record<TrialPurpose, string>
  outcomes: Record<TrialOutcome['kind'] | 'running', string>
  settings: (values: Values) => string
  settingsHeading: string
  setups: string
  loads: string
  untested: string
  notes: string
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
  axes: Record<GoalKind, string>
  requested: (goal: string, contextLength: string) => string
  again: string
  saved: string
  savedAs: (tag: string, isKept: boolean | null) => string
  footer: (version: string) => string
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const englishPage: PageWords = {
  language: 'en',
  title: (model) => `What Attune found for ${model}`,
  begun: (when) => `Measured on ${when}`,
  beforeAfter: 'Before and after',
  measured: 'What was measured',
  figure: 'Figure',
  before: 'Before',
  after: 'After',
  metrics: {
    turn: 'Time for a reply',
    ttft: 'Wait for the first word',
    decode: 'Writing speed',
    prefill: 'Reading speed',
    memory: 'Memory',
  },
  tokensPerSecond: 'tokens/s',
  changes: 'What changes, and why',
  kept: 'What stays, and why',
  setting: (name) => capitalised(label(name)),
  value: (value) => (typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)),
  becomes: 'becomes',
  trials: 'Every trial',
  trialsPicture: 'The goal’s figure, trial by trial. The line: as it was before. The ring: the best.',
  trial: 'Trial',
  purpose: 'Purpose',
  purposes: {
    baseline: 'as it was before',
    search: 'search',
    sentinel: 'check for drift',
    confirmBaseline: 'confirmation, as it was before',
    confirmCandidate: 'confirmation, the best',
  },
  outcomes: {
    running: 'cut off',
    ok: 'measured',
    outOfMemory: 'did not fit into memory',
    spill: 'did not fit into graphics memory and got slow',
    timeout: 'took too long',
    interference: 'disturbed by other programs',
    failed: 'failed',
    skipped: 'skipped',
  },
  settings: (values) => capitalised(settings(values)),
  settingsHeading: 'Settings',
  setups: 'Everything that was measured, best first',
  loads: 'Loads',
  untested: 'What was not tested',
  notes: 'Good to know',
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
  axes: { chat: 'Seconds for a reply', throughput: 'Tokens per second', memory: 'Gigabytes of memory' },
  requested: (goal, contextLength) => `${goal}, with ${contextLength} tokens of context`,
  again: 'To run the same study again',
  saved: 'What was saved',
  savedAs: (tag, isKept) => {
    if (isKept === null) return `${tag}, which could not be measured`
    return isKept ? `${tag}, measured as saved: as fast as promised` : `${tag}, measured as saved: slower than promised`
  },
  footer: (version) => `Made by Attune ${version}. This page holds all it shows and asks nothing of any network.`,
}
