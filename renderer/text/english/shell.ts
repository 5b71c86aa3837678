import type { ErrorReport } from '../../../preload/contract/errors.ts'

/** What is the same on every page. */
export function shellWords() {
  return {
    frame: {
      name: 'Attune',
      skip: 'Skip to content',
      pages: 'Pages',
      tune: 'Tune',
      library: 'Library',
      settings: 'Settings',
      connectionLost:
        'The connection to Attune is lost. Trying again… If you closed Attune, start it again; a running study is kept.',
      runningTitle: (trial: number, expected: number) => `Trial ${trial} of ${expected} · Attune`,
      resultTitle: (model: string) => `Done: ${model} · Attune`,
    },
    steps: {
      label: 'Steps',
      position: (step: number, count: number, name: string) => `Step ${step} of ${count}: ${name}`,
      names: {
        computer: 'Computer',
        model: 'Model',
        goal: 'Goal',
        plan: 'Plan',
        run: 'Measure',
        result: 'Result',
        save: 'Save',
      },
    },
    actions: {
      back: 'Back',
      cancel: 'Cancel',
      copy: 'Copy',
      copied: 'Copied',
      tryAgain: 'Try again',
      loading: 'One moment…',
    },
    errors: {
      unknown: {
        code: 'internal',
        message: 'Something unexpected went wrong in this window.',
        hint: 'Reload it. Nothing that was measured is lost.',
      } satisfies ErrorReport as ErrorReport,
      connectionLost: {
        code: 'internal',
        message: 'The connection to Attune broke before the answer came.',
        hint: 'Try again in a moment.',
      } satisfies ErrorReport as ErrorReport,
    },
  }
}
