import type { StudyProgress } from '../../../preload/contract/study.ts'
import type { StudyCode } from '../../words/study.ts'
import type { CliWords } from '../../words/cli.ts'
import { durationText } from './format.ts'
import type { Terminal } from './terminal.ts'

export interface ProgressView {
  show(progress: StudyProgress): void
  /** A line that stays, above the bar. */
  note(text: string): void
  end(): void
}

/** One bar that is rewritten on a terminal; elsewhere a plain line whenever a new trial begins, or the study waits. */
export function createProgressView({ err }: Terminal, words: CliWords): ProgressView {
  return err.isTTY ? barView(err, words) : lineView(err, words)
}

function barView(err: Terminal['err'], words: CliWords): ProgressView {
  let last = ''
  return {
    show(progress) {
      last = barText(progress, words, err.columns ?? 80)
      err.write(`\r\u001B[K${last}`)
    },
    note: (text) => void err.write(`\r\u001B[K${text}\n${last}`),
    end: () => void err.write('\r\u001B[K'),
  }
}

function barText(progress: StudyProgress, words: CliWords, columns: number): string {
  const width = 20
  const filled = Math.round(width * Math.min(1, progress.trialNumber / progress.expectedTrials))
  const bar = '█'.repeat(filled) + '░'.repeat(width - filled)
  return `${bar} ${headline(progress, words)} · ${progress.activity.text}`.slice(0, columns - 1)
}

function lineView(err: Terminal['err'], words: CliWords): ProgressView {
  let shown = 0
  let isWaiting = false
  return {
    show(progress) {
      const wasWaiting = isWaiting
      isWaiting = progress.activity.code === ('study.awaitingMains' satisfies StudyCode)
      if (isWaiting && !wasWaiting) err.write(`${progress.activity.text}\n`)
      if (progress.trialNumber === shown) return
      shown = progress.trialNumber
      err.write(`${headline(progress, words)}\n`)
    },
    note: (text) => void err.write(`${text}\n`),
    end: () => undefined,
  }
}

function headline(progress: StudyProgress, { tune }: CliWords): string {
  const left = progress.remainingSeconds === null ? null : durationText(progress.remainingSeconds)
  return tune.trial(progress.trialNumber, progress.expectedTrials, durationText(progress.elapsedSeconds), left)
}
