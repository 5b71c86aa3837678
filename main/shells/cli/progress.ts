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

/** One bar that is rewritten on a terminal; elsewhere a plain line whenever a new trial, or something else, begins. */
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

/** What takes a while and is no trial: worth a line when it begins. */
const besideTrials: readonly string[] = ['study.probing', 'study.awaitingMains'] satisfies StudyCode[]

function lineView(err: Terminal['err'], words: CliWords): ProgressView {
  let shown = 0
  let doing = ''
  return {
    show(progress) {
      const { code, text } = progress.activity
      if (besideTrials.includes(code) && code !== doing) err.write(`${text}\n`)
      doing = code
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
