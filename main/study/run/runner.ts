import { AttuneError } from '../../../preload/contract/errors.ts'
import type { Reason } from '../../../preload/contract/estimate.ts'
import type { AttuneEvent } from '../../../preload/contract/events.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { Trial, TrialOutcome } from '../../../preload/contract/trial.ts'
import { measureTrial } from '../../measure/trial.ts'
import type { Daemon } from '../../ollama/daemon.ts'
import type { Sampler } from '../../search/types.ts'
import { say } from '../../words/say.ts'
import type { StudyControl } from './control.ts'
import { isOfPresentWorkload } from '../choices.ts'
import { effectiveConfiguration } from '../effects.ts'
import { driftFreeOutcome } from '../noise.ts'
import { probeFor, wantsProbe, type MachineProbe } from '../probe/probing.ts'
import { awaitMains, type PowerWatch } from './mains.ts'
import { studyProgress } from './progress.ts'
import { reportFor } from '../report/report.ts'
import { reloadModels } from './reload.ts'
import { nextStep, type TrialStep } from './steps.ts'
import { transition, type StudyAction, type Undated } from '../transitions.ts'
import { trialRequest, type MeasuringTools } from './trial-request.ts'

export interface RunSetting extends MeasuringTools {
  /** Tells what the computer is fed by; absent where the daemon runs elsewhere. */
  powerWatch?: PowerWatch
  /** Finds out what processor and memory can do; absent where the daemon runs elsewhere. */
  probe?: MachineProbe
  /** The daemon that the user's programs talk to, whichever the study measures in. */
  usualDaemon: Daemon
  /** A search method that knows nothing yet; it is told of every finished trial before the first question. */
  samplerFor: (study: Study) => Sampler
  /** Resolves once the study is safe on disk. */
  save: (study: Study) => Promise<void>
  /** Wall clock. */
  now: () => Date
  emit: (event: AttuneEvent) => void
  control: StudyControl
}

/** After a failed trial the daemon is given so long to come back, in growing steps. */
const recoverySeconds = [0, 1, 2, 4, 8, 15]

/**
 * Runs a study in state `running` until it ends, is paused or is stopped, and returns it as it then is. The journal is
 * saved before and after every trial, and every step follows from the journal alone, so that a study cut off at any
 * instant can be handed in again. At the end the model is unloaded, and what was loaded before is loaded again.
 *
 * Rejects when the journal cannot be saved, or on a defect; the study then still says `running`.
 */
export async function runStudy(start: Study, setting: RunSetting): Promise<Study> {
  const run = new Run(start, setting)
  try {
    return await run.toItsEnd()
  } finally {
    // What the study loaded is not left behind; a daemon that is gone has nothing loaded.
    await setting.daemon.unload(start.model.ref.name).catch(() => undefined)
    if (run.hasEnded) await reloadModels(start, setting.usualDaemon).catch(() => undefined)
  }
}

class Run {
  #study: Study
  readonly #setting: RunSetting
  #sampler: Sampler

  constructor(start: Study, setting: RunSetting) {
    this.#study = start
    this.#setting = setting
    this.#sampler = this.#informedSampler()
  }

  /** Told trial by trial as it was then, so that a sampler after a break knows exactly what it knew before. */
  #informedSampler(): Sampler {
    const study = this.#study
    const sampler = this.#setting.samplerFor(study)
    for (const { number } of study.trials) tell(sampler, { ...study, trials: study.trials.slice(0, number) })
    return sampler
  }

  /** Whether the study is over; one that is paused or was cut off goes on. */
  get hasEnded(): boolean {
    return ['finished', 'stopped', 'failed'].includes(this.#study.state)
  }

  async toItsEnd(): Promise<Study> {
    await this.#probe()
    while (this.#study.state === 'running') await this.#advance()
    return this.#study
  }

  /** Looks at the computer before the first trial, where nothing has told of it; a pause puts that off. */
  async #probe(): Promise<void> {
    const { probe, clock, control } = this.#setting
    if (probe === undefined || !wantsProbe(this.#study)) return
    await this.#awaitMains()
    if (control.ending !== null) return
    const signal = control.beginTrial()
    const beganSeconds = clock.now()
    const workedSeconds = () => clock.now() - beganSeconds
    const onProgress = (share: number) =>
      this.#tellProgress({ code: 'study.probing', values: { percent: Math.round(100 * share) } }, workedSeconds())
    onProgress(0)
    const result = await probeFor(this.#study, probe, { signal, onProgress })
    if (control.ending !== null) return
    await this.#commit({ type: 'probed', result, workedSeconds: workedSeconds() })
    this.#sampler = this.#informedSampler()
  }

  async #advance(): Promise<void> {
    const { control } = this.#setting
    if (control.ending === 'pause') return this.#commit({ type: 'paused' })
    if (control.ending === 'stop') return this.#commit({ type: 'stopped', report: this.#reportAs('stopped') })
    const step = nextStep(this.#study, this.#sampler)
    switch (step.kind) {
      case 'trial':
        return this.#runTrial(step)
      case 'shortenWorkload':
        await this.#commit({ type: 'workloadShortened', workload: step.workload })
        this.#sampler = this.#informedSampler()
        return
      case 'enterPhase':
        await this.#commit({ type: 'phaseEntered', phase: step.phase })
        // The baseline has shown how much memory the model takes: the search begins with what is known now.
        if (step.phase === 'search') this.#sampler = this.#informedSampler()
        return
      case 'leaveAlone': {
        const { name, reason } = step.parameter
        await this.#commit({ type: 'parameterLeftAlone', name, reason: say(reason) })
        this.#sampler = this.#informedSampler()
        return
      }
      case 'endSearch':
        return this.#commit({ type: 'searchEnded', reason: say(step.reason) })
      case 'finish': {
        const report = this.#reportAs('finished')
        if (report === null) throw new Error('a study without a measured baseline cannot finish')
        return this.#commit({ type: 'finished', report })
      }
      case 'fail':
        return this.#commit({ type: 'failed', failure: step.failure, report: this.#reportAs('failed') })
    }
  }

  async #runTrial(step: TrialStep): Promise<void> {
    const { clock, now, control } = this.#setting
    await this.#awaitMains()
    if (control.ending !== null) return
    const signal = control.beginTrial()
    const number = this.#study.trials.length + 1
    const { purpose, configuration, fidelity, reason } = step
    const startedAt = now().toISOString()
    const trial: Trial = {
      number,
      purpose,
      configuration,
      fidelity,
      reason: say(reason),
      startedAt,
      finishedAt: null,
      outcome: null,
    }
    await this.#commit({ type: 'trialStarted', trial })

    const beganSeconds = clock.now()
    const outcome = await this.#measure(step, signal, beganSeconds)
    const workedSeconds = clock.now() - beganSeconds
    if (outcome === null) return this.#commit({ type: 'trialWithdrawn', number, workedSeconds })
    await this.#commit({ type: 'trialFinished', number, outcome, workedSeconds })
    tell(this.#sampler, this.#study)
    if (outcome.kind === 'failed') await this.#awaitDaemon()
  }

  /** The trial's outcome; null if a pause or the end of the study cut it off. */
  async #measure(step: TrialStep, signal: AbortSignal, beganSeconds: number): Promise<TrialOutcome | null> {
    const { clock, control } = this.#setting
    const onActivity = (activity: Reason) => this.#tellProgress(activity, clock.now() - beganSeconds)
    const { configuration, fidelity, abandonAboveTurnSeconds } = step
    const model = this.#study.model.ref.name
    const wish = { model, configuration, fidelity, abandonAboveTurnSeconds, onActivity, signal }
    try {
      return await measureTrial(trialRequest(this.#study, this.#setting, wish))
    } catch (error) {
      if (control.ending !== null && signal.aborted) return null
      if (error instanceof AttuneError) return { kind: 'failed', message: error.message }
      throw error
    }
  }

  /** Waits until the daemon answers again; the next trial finds out if it does not. */
  async #awaitDaemon(): Promise<void> {
    const { daemon, clock, control } = this.#setting
    const signal = control.beginTrial()
    this.#tellProgress({ code: 'study.awaitingDaemon', values: {} }, 0)
    for (const seconds of recoverySeconds) {
      try {
        await clock.sleep(seconds, signal)
        await daemon.version(signal)
        return
      } catch {
        if (signal.aborted) return
      }
    }
  }

  async #awaitMains(): Promise<void> {
    const { powerWatch } = this.#setting
    const { request, model } = this.#study
    if (!powerWatch || request.pausesOnBattery !== true) return
    const onActivity = (activity: Reason) => this.#tellProgress(activity, 0)
    await awaitMains({ ...this.#setting, powerWatch, model: model.ref.name, onActivity })
  }

  #reportAs(state: 'finished' | 'stopped' | 'failed') {
    return reportFor({ ...this.#study, state }, this.#study.request.goal)
  }

  #tellProgress(activity: Reason, sinceSeconds: number): void {
    const progress = studyProgress(this.#study, say(activity), sinceSeconds)
    this.#setting.emit({ type: 'study.progress', id: this.#study.id, progress })
  }

  async #commit(action: Undated<StudyAction>): Promise<void> {
    const { emit, now, save } = this.#setting
    this.#study = transition(this.#study, { ...action, at: now().toISOString() })
    await save(this.#study)
    const study = this.#study
    const last = study.trials.at(-1)
    if ((action.type === 'trialStarted' || action.type === 'trialFinished') && last) {
      emit({ type: 'study.trial', id: study.id, trial: last })
    } else {
      emit({ type: 'study.changed', study })
    }
  }
}

/** Tells the sampler of the study's last trial, freed of the drift that is known by then. */
function tell(sampler: Sampler, study: Study): void {
  const trial = study.trials.at(-1)
  const outcome = driftFreeOutcome(study)
  if (outcome?.kind === 'ok' && !isOfPresentWorkload(study, outcome)) return
  if (!trial || !outcome) return
  const configuration = effectiveConfiguration(study, trial.configuration)
  sampler.tell({ configuration, fidelity: trial.fidelity, outcome })
}
