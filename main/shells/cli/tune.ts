import type { RemoteComputer, StudyRequest } from '../../../preload/contract/goal.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { TrialOutcome } from '../../../preload/contract/trial.ts'
import { isHeldByTag } from '../../study/environment.ts'
import type { Context } from './context.ts'
import { exitCodeOf } from './exit-codes.ts'
import { durationText, type CliText } from './format.ts'
import { resolveModel } from './models.ts'
import { createProgressView, type ProgressView } from './progress.ts'
import { printStudy, provenChoice, registerTag } from './studies.ts'

export interface TuneOptions {
  goal: StudyRequest['goal']
  context: number
  budget: StudyRequest['budget']
  sampler: StudyRequest['sampler']
  seed?: number
  /** False with `--no-reload`. */
  reload: boolean
  probe?: true
  pauseOnBattery?: true
  privateDaemon?: true
  quantisedKv?: true
  remoteCores?: number
  remoteRamGb?: number
  remoteVramGb?: number
  save?: string | true
  json?: true
}

/** Plans and runs one study to its end, prints it, saves it where asked. Resolves with the exit code. */
export async function tune(context: Context, modelName: string, options: TuneOptions): Promise<number> {
  const model = await resolveModel(context, modelName)
  const request: StudyRequest = {
    model: model.ref,
    goal: options.goal,
    contextLength: options.context,
    budget: options.budget,
    sampler: options.sampler,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    reloadsModels: options.reload,
    ...(options.probe ? { probesMachine: true } : {}),
    ...remoteComputer(options),
    ...(options.pauseOnBattery ? { pausesOnBattery: true } : {}),
    ...(options.privateDaemon || options.quantisedKv ? { privateDaemon: true } : {}),
    ...(options.quantisedKv ? { quantisedCache: true } : {}),
  }
  return runStudy(context, request, options)
}

/** What was said of another computer, if anything: Attune counts memory in MiB. */
function remoteComputer(options: TuneOptions): Pick<StudyRequest, 'remoteComputer'> {
  const { remoteCores: cores, remoteRamGb, remoteVramGb } = options
  const told: RemoteComputer = {
    ...(cores === undefined ? {} : { cores }),
    ...(remoteRamGb === undefined ? {} : { memoryMiB: 1024 * remoteRamGb }),
    ...(remoteVramGb === undefined ? {} : { vramMiB: 1024 * remoteVramGb }),
  }
  return Object.keys(told).length === 0 ? {} : { remoteComputer: told }
}

/** Runs a study once more as its record says: same request, same seed. The prompts differ, as no daemon may know them. */
export function rerunStudy(
  context: Context,
  { request }: Study,
  options: Pick<TuneOptions, 'json' | 'save'>,
): Promise<number> {
  return runStudy(context, request, options)
}

async function runStudy(
  context: Context,
  request: StudyRequest,
  options: Pick<TuneOptions, 'json' | 'save'>,
): Promise<number> {
  const plan = await context.api['plan.create'](request)
  const { err } = context.terminal
  const words = context.text.words.tune
  err.write(`${request.model.name}: ${plan.regimeReason.text}\n`)
  for (const dimension of plan.dimensions) {
    err.write(`  ${dimension.name}: ${dimension.reasons.map((reason) => reason.text).join(' ')}\n`)
  }
  for (const warning of plan.warnings) err.write(`${words.warning(warning.text)}\n`)
  const { low, high } = plan.expectedMinutes
  err.write(`${words.expected(plan.candidateCount, durationText(low * 60), durationText(high * 60))}\n`)
  const { id } = await context.api['study.start'](request)
  return followStudy(context, id, options)
}

/** Goes on with a study that was cut off or paused. */
export async function resumeStudy(context: Context, study: Study, options: Pick<TuneOptions, 'json'>): Promise<number> {
  await context.api['study.resume']({ id: study.id })
  return followStudy(context, study.id, options)
}

async function followStudy(context: Context, id: string, options: Pick<TuneOptions, 'json' | 'save'>): Promise<number> {
  const view = createProgressView(context.terminal, context.text.words)
  const ended = await untilEnded(context, id, view)
  view.end()
  const isImproved = ended.report?.verdict.kind === 'improved'
  if (options.save !== undefined && isImproved && isHeldByTag(ended, provenChoice(ended))) {
    await registerTag(context, ended, options.save === true ? undefined : options.save)
  }
  const { study } = await context.api['study.get']({ id })
  printStudy(context, study, options.json === true)
  return exitCodeOf(study)
}

/** Resolves when the study is over. The first Ctrl-C stops it in good order, a second one leaves at once. */
async function untilEnded(context: Context, id: string, view: ProgressView): Promise<Study> {
  const { attune, api, text } = context
  const onInterrupt = () => {
    process.once('SIGINT', () => process.exit(130))
    view.note(text.words.tune.stopping)
    void api['study.stop']({ id })
  }
  process.once('SIGINT', onInterrupt)
  try {
    return await new Promise<Study>((resolve, reject) => {
      const unsubscribe = attune.events.subscribe((event) => {
        if (event.type === 'study.progress' && event.id === id) view.show(event.progress)
        if (event.type === 'study.trial' && event.id === id && event.trial.outcome !== null) {
          const { number, configuration, outcome } = event.trial
          view.note(`  ${number}. ${text.configuration(configuration)}: ${outcomeText(text, outcome)}`)
        }
        if (event.type === 'study.changed' && event.study.id === id && hasEnded(event.study)) {
          unsubscribe()
          resolve(event.study)
        }
      })
      // The study may have ended before anyone listened.
      api['study.get']({ id }).then(({ study }) => {
        if (hasEnded(study)) resolve(study)
      }, reject)
    })
  } finally {
    process.removeListener('SIGINT', onInterrupt)
  }
}

function hasEnded(study: Study): boolean {
  return study.state === 'finished' || study.state === 'stopped' || study.state === 'failed'
}

function outcomeText({ words, significant }: CliText, outcome: TrialOutcome): string {
  if (outcome.kind !== 'ok') return outcome.message
  const remarks = (outcome.conditions ?? []).map(({ text }) => ` ${text}`).join('')
  const rates = words.tune.rates(
    significant(outcome.prefillTokensPerSecond.mean),
    significant(outcome.decodeTokensPerSecond.mean),
  )
  return `${rates}${outcome.stoppedEarly ? words.tune.cutShort : ''}${remarks}`
}
