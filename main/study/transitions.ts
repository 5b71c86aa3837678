import type { ErrorReport } from '../../preload/contract/errors.ts'
import type { Statement } from '../../preload/contract/estimate.ts'
import type { Workload } from '../../preload/contract/goal.ts'
import type { ProbeResult } from '../../preload/contract/machine.ts'
import type { ParameterName } from '../../preload/contract/model.ts'
import type { Certificate, Report, Study, StudyPhase } from '../../preload/contract/study.ts'
import type { Trial, TrialOutcome, TrialPurpose } from '../../preload/contract/trial.ts'

/**
 * Everything that can happen to a study. `at` is the wall clock's ISO time; `workedSeconds` comes from a monotonic
 * clock, so that a computer that slept does not count as work.
 */
export type StudyAction = { at: string } & (
  | { type: 'phaseEntered'; phase: 'search' | 'confirm' }
  /** Processor and memory were looked at before the first trial; null: they could not be. */
  | { type: 'probed'; result: ProbeResult | null; workedSeconds: number }
  | { type: 'trialStarted'; trial: Trial }
  | { type: 'trialFinished'; number: number; outcome: TrialOutcome; workedSeconds: number }
  /** The trial is taken back as if it had never begun, to be run again later: what a pause does to it. */
  | { type: 'trialWithdrawn'; number: number; workedSeconds: number }
  /** The user's own settings are too slow for the planned workload; what was measured with it counts no more. */
  | { type: 'workloadShortened'; workload: Workload }
  /** The daemon takes no notice of a parameter: it is varied no more. */
  | { type: 'parameterLeftAlone'; name: ParameterName; reason: Statement }
  | { type: 'searchEnded'; reason: Statement }
  | { type: 'paused' }
  /** The program was cut off. A trial that was running is closed with `message`, as it may have been the cause. */
  | { type: 'interrupted'; message: string }
  | { type: 'resumed' }
  | { type: 'finished'; report: Report }
  | { type: 'stopped'; report: Report | null }
  | { type: 'failed'; failure: ErrorReport; report: Report | null }
  | { type: 'certificateAdded'; certificate: Certificate }
  | { type: 'certificateMeasured'; tag: string; measured: Certificate['measured']; promiseKept: boolean | null }
  | { type: 'certificateUndone'; tag: string }
)

/** An action before it is known when it happened. */
export type Undated<A> = A extends unknown ? Omit<A, 'at'> : never

/** An action that a study in this state cannot undergo: always a defect of the caller. */
export class IllegalTransition extends Error {
  constructor(study: Study, action: StudyAction, why: string) {
    super(`A study in state ${study.state}, phase ${study.phase}, cannot undergo ${action.type}: ${why}.`)
    this.name = 'IllegalTransition'
  }
}

const purposesOf: Record<StudyPhase, readonly TrialPurpose[]> = {
  baseline: ['baseline'],
  search: ['search', 'sentinel'],
  confirm: ['confirmBaseline', 'confirmCandidate'],
  done: [],
}

const phaseBefore = { search: 'baseline', confirm: 'search' } as const

/** The trial that is under way, if any: always the last one. */
export function openTrial(study: Study): Trial | null {
  const last = study.trials.at(-1)
  return last && last.outcome === null ? last : null
}

/** A certificate whose tag still exists as far as we know. */
export function liveCertificate(study: Study, tag: string): Certificate | null {
  return study.certificates.find((certificate) => certificate.tag === tag && certificate.undoneAt === null) ?? null
}

/**
 * The only way in which a study changes. Pure: the given study stays as it is.
 *
 * @throws IllegalTransition if the study cannot undergo the action.
 */
export function transition(study: Study, action: StudyAction): Study {
  const require = (condition: boolean, why: string): void => {
    if (!condition) throw new IllegalTransition(study, action, why)
  }
  const requireIdle = (): void => {
    require(openTrial(study) === null, 'a trial is under way')
  }
  const requireRunning = (): void => {
    require(study.state === 'running', 'it is not running')
  }
  const next = (change: Partial<Study>): Study => ({ ...study, ...change, updatedAt: action.at })

  switch (action.type) {
    case 'probed':
      requireRunning()
      require(study.trials.length === 0, 'trials have begun')
      require(study.probe === undefined, 'it was done before')
      return next({ probe: action.result, activeSeconds: study.activeSeconds + action.workedSeconds })

    case 'phaseEntered':
      requireRunning()
      requireIdle()
      require(study.phase === phaseBefore[action.phase], `phase ${action.phase} does not follow`)
      return next({ phase: action.phase })

    case 'trialStarted':
      requireRunning()
      requireIdle()
      require(action.trial.number === study.trials.length + 1, 'trial numbers have no gaps')
      require(action.trial.outcome === null && action.trial.finishedAt === null, 'a new trial has no outcome')
      require(purposesOf[study.phase].includes(
        action.trial.purpose,
      ), `${action.trial.purpose} is no part of this phase`)
      return next({ trials: [...study.trials, action.trial] })

    case 'trialFinished':
      requireRunning()
      require(openTrial(study)?.number === action.number, `trial ${action.number} is not under way`)
      return next({
        trials: closeOpenTrial(study, action.outcome, action.at),
        activeSeconds: study.activeSeconds + action.workedSeconds,
      })

    case 'trialWithdrawn':
      requireRunning()
      require(openTrial(study)?.number === action.number, `trial ${action.number} is not under way`)
      return next({
        trials: study.trials.slice(0, -1),
        activeSeconds: study.activeSeconds + action.workedSeconds,
      })

    case 'workloadShortened':
      requireRunning()
      requireIdle()
      require(study.phase === 'baseline', 'figures of two workloads cannot be compared')
      return next({ plan: { ...study.plan, workload: action.workload } })

    case 'parameterLeftAlone': {
      requireRunning()
      requireIdle()
      const { dimensions, leftAlone } = study.plan
      require(dimensions.some(({ name }) => name === action.name), `${action.name} is not varied`)
      const left = { name: action.name, reason: action.reason }
      const kept = dimensions.filter(({ name }) => name !== action.name)
      return next({ plan: { ...study.plan, dimensions: kept, leftAlone: [left, ...leftAlone] } })
    }

    case 'searchEnded':
      requireRunning()
      requireIdle()
      require(study.phase === 'search', 'it is not searching')
      require(study.searchEnded === null, 'the search has ended before')
      return next({ searchEnded: action.reason })

    case 'paused':
      requireRunning()
      requireIdle()
      return next({ state: 'paused' })

    case 'interrupted':
      requireRunning()
      return next({
        state: 'interrupted',
        trials: closeOpenTrial(study, { kind: 'skipped', message: action.message, isCutOff: true }, action.at),
      })

    case 'resumed':
      require(study.state === 'paused' || study.state === 'interrupted', 'only a paused or interrupted one goes on')
      return next({ state: 'running' })

    case 'finished':
      requireRunning()
      requireIdle()
      require(study.searchEnded !== null, 'the search has not ended')
      return next({ state: 'finished', phase: 'done', report: action.report })

    case 'stopped':
      require(['running', 'paused', 'interrupted'].includes(study.state), 'it has ended already')
      requireIdle()
      return next({ state: 'stopped', phase: 'done', report: action.report })

    case 'failed':
      requireRunning()
      requireIdle()
      return next({ state: 'failed', phase: 'done', failure: action.failure, report: action.report })

    case 'certificateAdded':
      require(study.report !== null, 'there is no result to save')
      require(liveCertificate(study, action.certificate.tag) ===
        null, `${action.certificate.tag} is registered already`)
      return next({ certificates: [...study.certificates, action.certificate] })

    case 'certificateMeasured':
      require(liveCertificate(study, action.tag) !== null, `${action.tag} is not registered`)
      return next({
        certificates: changeLive(study, action.tag, {
          measured: action.measured,
          promiseKept: action.promiseKept,
        }),
      })

    case 'certificateUndone':
      require(liveCertificate(study, action.tag) !== null, `${action.tag} is not registered`)
      return next({ certificates: changeLive(study, action.tag, { undoneAt: action.at }) })
  }
}

function closeOpenTrial(study: Study, outcome: TrialOutcome, at: string): Trial[] {
  return study.trials.map((trial) => (trial.outcome === null ? { ...trial, outcome, finishedAt: at } : trial))
}

function changeLive(study: Study, tag: string, change: Partial<Certificate>): Certificate[] {
  return study.certificates.map((certificate) =>
    certificate.tag === tag && certificate.undoneAt === null ? { ...certificate, ...change } : certificate,
  )
}
