import type { ErrorCode, ErrorReport } from '../../../preload/contract/errors.ts'

/** What an error means for whoever meets it, where its own sentence leaves that open. */
const meanings: Readonly<Partial<Record<ErrorCode, string>>> = {
  daemonUnreachable: 'Its models cannot be measured until it answers. What was measured before is kept.',
  daemonMissing: 'You can go on without it: Attune’s own engine runs model files from your disk.',
  daemonBusy: 'What would be measured now would not be true.',
  daemonRefused: 'Its models cannot be listed or measured.',
  daemonError: 'Nothing of yours was changed. What was measured before is kept.',
  daemonUnexpectedAnswer: 'Attune will not guess what it means, so nothing was done.',
  daemonDisconnected: 'Nothing of yours was changed. What was measured before is kept.',
  outOfMemory: 'Nothing of yours was changed.',
  diskFull: 'Nothing of yours was changed.',
  timeout: 'Nothing of yours was changed. What was measured before is kept.',
  engineCrashed: 'Your models are untouched. What was measured before is kept.',
  storeUnwritable: 'What is measured from now on would be lost when Attune ends.',
  studyRunning: 'Two at once would disturb each other, so this was not done.',
  internal: 'Your models are untouched.',
}

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
      runningTitle: (trial: number, expected: number) => `Trial ${trial} of ${expected} · Attune`,
      resultTitle: (model: string) => `Done: ${model} · Attune`,
    },
    lost: {
      heading: 'The connection to Attune is lost',
      meaning: (time: string) =>
        `Attune was closed, or ended by itself, at ${time}. Every finished trial is kept, and your models are untouched. Below is how things stood then.`,
      remedy:
        'Start Attune again the way you did before: this page then goes on by itself. Should a new page open, go on there. A study that was cut off waits in the Library.',
      tryNow: 'Try now',
      waiting: 'This page looks for it every few seconds.',
      inVain: 'Nothing answers yet. This page goes on looking every few seconds.',
      back: 'The connection is back.',
    },
    steps: {
      label: 'Steps',
      study: 'Your study',
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
      meanings,
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
