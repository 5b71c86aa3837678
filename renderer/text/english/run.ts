import type { StudyPhase, StudyState } from '../../../preload/contract/study.ts'
import { englishStudy } from '../../../preload/words/english.ts'
import type { Format } from '../format.ts'

/** Step 5: the measuring. */
export function runWords(format: Format) {
  return {
    run: {
      heading: {
        running: (model: string) => `Measuring ${model}`,
        paused: (model: string) => `Paused: ${model}`,
        interrupted: (model: string) => `Interrupted: ${model}`,
        failed: (model: string) => `Could not go on: ${model}`,
        finished: (model: string) => `Trials of ${model}`,
        stopped: (model: string) => `Trials of ${model}`,
      } satisfies Record<StudyState, (model: string) => string>,
      lead: {
        running: 'You can leave this page: the study goes on, and is here when you come back.',
        paused: 'Nothing runs at the moment, and nothing is lost.',
        interrupted: 'Attune or the computer went down while the study was running.',
        failed: 'Everything measured so far is kept.',
        finished: 'Every measurement of this study.',
        stopped: 'Every measurement up to where you stopped.',
      } satisfies Record<StudyState, string>,
      phases: {
        baseline: 'Measuring the model as it is now',
        search: 'Looking for something better',
        confirm: 'Checking the best against what you have now, in turns',
        done: 'Done',
      } satisfies Record<StudyPhase, string>,
      trial: (number: number, expected: number) =>
        `Trial ${format.integer(number)} of about ${format.integer(expected)}`,
      times: (elapsedSeconds: number, remainingSeconds: number | null) => {
        const elapsed = `${format.duration(Math.floor(elapsedSeconds / 5) * 5)} so far`
        if (remainingSeconds === null) return elapsed
        return remainingSeconds < 20
          ? `${elapsed}, almost done`
          : `${elapsed}, about ${format.duration(Math.ceil(remainingSeconds / 5) * 5)} left`
      },
      progressLabel: 'Trials done',
      trying: 'Now trying',
      remark: (sentence: string) => `About the last trial: ${sentence}`,
      now: 'As it is now',
      nowDetail: 'The model with the settings you have',
      bestSoFar: 'Best so far',
      notYet: 'Not measured yet',
      bestPending: 'Comes with the first trials',
      pause: 'Pause',
      pausing: 'Pausing as soon as the present measurement ends…',
      resume: 'Go on',
      skip: 'Skip this trial',
      stop: 'Stop and keep',
      stopTitle: 'Stop the study?',
      stopMessage: 'What was measured so far is kept and judged. A stopped study cannot go on later; a paused one can.',
      stopConfirm: 'Stop and show the result',
      paused: 'The study is paused. Go on when you like, even after closing Attune.',
      interrupted: 'Every finished trial is kept. Go on where it ended, or stop and see what was found.',
      tellMe: 'Tell me when it is done',
      willTell: 'You will be told when it is done, if this window is open in the background.',
      endNotice: englishStudy.notice,
      nothingMeasured: 'The study ended before anything was measured, so there is no result.',
      newStudy: 'Start a new study',
      showResult: 'Show the result',
    },
    purposes: englishStudy.purposes,
    outcomes: englishStudy.outcomes,
  }
}
