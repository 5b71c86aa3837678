import type { FolderId } from '../../../preload/contract/routes.ts'
import type { StudyState, Study, Verdict } from '../../../preload/contract/study.ts'
import type { Format } from '../format.ts'
import { plural } from '../plural.ts'

/** The library of studies, comparing two, and the settings page. */
export function libraryWords(format: Format) {
  return {
    library: {
      heading: 'Library',
      lead: 'Every study you have run. They are kept on this computer until you delete them.',
      empty: 'There are no studies yet. The first takes a few minutes.',
      start: 'Tune a model',
      compare: (marked: number): string => (marked < 2 ? 'Compare (mark two)' : 'Compare the two'),
      mark: (model: string, when: string) => `Mark ${model}, ${when}, for comparison`,
      detail: (goal: string, when: string, trials: number) =>
        `${goal} · ${when} · ${plural(trials, format.integer(trials), 'trial', 'trials')}`,
      savedAs: (tags: readonly string[]) => `Saved as ${tags.join(', ')}`,
      states: {
        running: 'Running',
        paused: 'Paused',
        interrupted: 'Interrupted',
        failed: 'Failed',
        finished: 'No result',
        stopped: 'Stopped early',
      } satisfies Record<StudyState, string>,
      verdict: ({ kind, gainPercent }: Verdict) => {
        switch (kind) {
          case 'improved':
            return `${format.percent.of(gainPercent)} better`
          case 'keep':
            return 'Keep as it is'
          case 'inconclusive':
            return 'Too close to call'
          case 'stopped':
            return 'Stopped early'
        }
      },
      history: 'Speed over time',
      delete: 'Delete',
      deleteOne: (model: string, when: string) => `Delete ${model}, ${when}`,
      deleteTitle: 'Delete this study?',
      deleteMessage: (model: string, when: string) =>
        `The measurements of ${model} from ${when} are gone for good then. Names that were saved from it stay in Ollama.`,
      deleteConfirm: 'Delete the study',
    },
    compare: {
      heading: 'Two studies side by side',
      back: 'Back to the library',
      figure: 'Figure',
      column: (index: number, model: string) => `${index === 0 ? 'First' : 'Second'}: ${model}`,
      daemon: 'Ran on',
      daemonName: ({ kind, version }: Study['daemon']) =>
        kind === 'ollama' ? `Ollama ${version}` : `Attune's own engine ${version}`,
      context: 'Conversation length',
      tokens: (tokens: number) => plural(tokens, format.integer(tokens), 'token', 'tokens'),
      took: 'Took',
      settings: 'Settings found',
      none: 'no result',
      fromTo: (before: string, after: string) => (before === after ? before : `${before} → ${after}`),
    },
    settings: {
      heading: 'Settings',
      scheme: 'Appearance',
      schemes: { auto: 'Like the system', light: 'Light', dark: 'Dark' },
      language: 'Language',
      systemLanguage: 'Like the system',
      address: 'Address of Ollama',
      addressHint: 'Leave empty for the usual place on this computer.',
      addressExample: 'http://127.0.0.1:11434',
      saveAddress: 'Save address',
      about: 'About Attune',
      version: 'Version',
      runtimes: 'Runs on',
      dataFolder: 'Studies are kept in',
      openFolders: { data: 'Show this folder', logs: 'Show the logs', licences: 'Show the licences' } satisfies Record<
        FolderId,
        string
      >,
      privacy: 'Privacy',
      privacyDetail:
        'Attune talks to the Ollama at this address and to nothing else. It sends nothing about you anywhere.',
    },
  }
}
