import { AttuneError, type ErrorReport } from '../../../preload/contract/errors.ts'
import type { AttuneEvent } from '../../../preload/contract/events.ts'
import type { Study, StudyProgress } from '../../../preload/contract/study.ts'
import type { Clock } from '../../ollama/clock.ts'
import type { PrivateDaemon } from '../../ollama/private/private-daemon.ts'
import type { StudyDaemon } from '../prepare.ts'
import { reportFor } from '../report/report.ts'
import { openTrial, transition } from '../transitions.ts'
import { createStudyControl, type StudyControl } from './control.ts'
import { runStudy } from './runner.ts'
import { samplerFor } from './sampler.ts'

export interface SessionSetting {
  target: StudyDaemon
  /** The daemon that the study has for itself, begun; closed at the end of the sitting. Null: it measures in the user's. */
  own: PrivateDaemon | null
  clock: Clock
  now: () => Date
  random: () => number
  save: (study: Study) => Promise<void>
  emit: (event: AttuneEvent) => void
  /** Told of defects, once the study has been closed. */
  reportBug: (error: unknown) => void
}

/** One sitting of a study: from start or resumption until it ends, pauses or fails. */
export interface Session {
  readonly id: string
  readonly control: StudyControl
  /** The study as it stands, saved or about to be. */
  readonly study: Study
  readonly progress: StudyProgress | null
  /** Resolves when the sitting is over; never rejects. */
  readonly ended: Promise<void>
}

/** Sets a study in state `running` going, in the background. */
export function beginSession(start: Study, setting: SessionSetting): Session {
  const control = createStudyControl()
  let study = start
  let progress: StudyProgress | null = null

  const emit = (event: AttuneEvent) => {
    if (event.type === 'study.progress') progress = event.progress
    setting.emit(event)
  }
  const save = async (next: Study) => {
    study = next
    await setting.save(next)
  }
  const { target, own } = setting
  const run = async () => {
    try {
      const daemons = { daemon: own ?? target.daemon, usualDaemon: target.daemon }
      await runStudy(start, { ...setting, ...target, ...daemons, samplerFor, save, emit, control })
    } catch (error) {
      study = closeAfter(study, error, setting.now().toISOString())
      // Where the disk is the trouble this fails as well; the window is told all the same.
      await setting.save(study).catch(() => undefined)
      emit({ type: 'study.changed', study })
      if (!(error instanceof AttuneError)) setting.reportBug(error)
    } finally {
      await own?.close()
    }
  }
  return {
    id: start.id,
    control,
    get study() {
      return study
    },
    get progress() {
      return progress
    },
    ended: run(),
  }
}

/** The study as `failed`: the journal could not be saved, or there is a defect. */
function closeAfter(study: Study, error: unknown, at: string): Study {
  if (study.state !== 'running') return study
  const failure = error instanceof AttuneError ? error.report() : defect
  const open = openTrial(study)
  const outcome = { kind: 'failed', message: failure.message } as const
  const idle = open
    ? transition(study, { type: 'trialFinished', number: open.number, outcome, workedSeconds: 0, at })
    : study
  const report = reportFor({ ...idle, state: 'failed' }, study.request.goal)
  return transition(idle, { type: 'failed', failure, report, at })
}

const defect: ErrorReport = {
  code: 'internal',
  message: 'Something went wrong inside Attune.',
  hint: 'Start the study again. If it stays, the log in the data folder says more.',
}
