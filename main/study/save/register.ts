import { AttuneError } from '../../../preload/contract/errors.ts'
import type { Reason } from '../../../preload/contract/estimate.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Certificate, MeasuredChoice, Study } from '../../../preload/contract/study.ts'
import type { OkOutcome } from '../../../preload/contract/trial.ts'
import { measureTrial } from '../../measure/trial.ts'
import { normalizeName } from '../../models/names.ts'
import { isSameConfiguration } from '../choices.ts'
import { isHeldByTag, tagPart } from '../environment.ts'
import { digestOf } from '../prepare.ts'
import { reportFor } from '../report/report.ts'
import { guardForComparison } from '../run/time-guard.ts'
import { trialRequest, type MeasuringTools } from '../run/trial-request.ts'
import type { StudyAction, Undated } from '../transitions.ts'
import { certifiedFigures, isPromiseKept } from './promise.ts'
import { tagParameters } from './tag-parameters.ts'

export interface RegisterSetting extends MeasuringTools {
  /** Applies the action to the study as it then is, and makes it safe on disk. */
  commit: (action: Undated<StudyAction>) => Promise<void>
  now: () => Date
  signal: AbortSignal
  onProgress: (share: number, activity: Reason) => void
}

/** The tag is loaded so many times, as one load is never to be trusted. */
const certifyingLoads = 2
/** Attempts at measuring, disturbed ones included. */
const maximumAttempts = 4
const creatingShare = 0.05

/**
 * Creates the tag and then measures it as anyone will use it: with no options in the request. The certificate is
 * saved before the measurement, so that the tag can be undone whatever happens then.
 *
 * Rejects with `nameTaken`, `nameInvalid`, `invalidInput` for settings that the study did not measure as a tag brings
 * them, `conflict` if the base has changed since or a tag can hold nothing of them.
 */
export async function registerTag(
  study: Study,
  wish: { name: string; configuration: Configuration },
  setting: RegisterSetting,
): Promise<void> {
  const { daemon, commit, now, onProgress } = setting
  const tag = normalizeName(wish.name)
  if (!isHeldByTag(study, wish.configuration)) throw nothingToSave()
  // What only the environment sets is no part of the tag, and no part of what is promised of it.
  const configuration = tagPart(study, wish.configuration)
  const choice = measuredChoice(study, configuration)
  await requireSameBase(study, setting)
  onProgress(0, { code: 'study.creatingTag', values: { name: tag } })
  const parameters = tagParameters(study, configuration)
  await daemon.createModel({ name: tag, from: study.model.ref.name, parameters })
  const registeredAt = now().toISOString()
  const certificate: Certificate = {
    tag,
    configuration,
    registeredAt,
    promised: { decodeTokensPerSecond: choice.decodeTokensPerSecond.mean, turnSeconds: choice.turnSeconds.mean },
    measured: null,
    promiseKept: null,
    undoneAt: null,
  }
  try {
    await commit({ type: 'certificateAdded', certificate })
  } catch (error) {
    // Without a certificate on disk nothing could ever undo the tag.
    await daemon.deleteModel(tag).catch(() => undefined)
    throw error
  }
  const outcomes = await measureAsSaved(study, tag, configuration, setting)
  if (outcomes.length === 0) return
  const measured = certifiedFigures(study, outcomes)
  const promiseKept = isPromiseKept(study, choice, measured)
  await commit({ type: 'certificateMeasured', tag, measured, promiseKept })
}

/** The tag's loads that could be measured; none if others disturbed them all. */
async function measureAsSaved(
  study: Study,
  tag: string,
  configuration: Configuration,
  setting: RegisterSetting,
): Promise<OkOutcome[]> {
  const { daemon, onProgress } = setting
  const outcomes: OkOutcome[] = []
  try {
    // The base and the tag share one runner, and a loaded base would answer in the tag's place.
    await daemon.unload(study.model.ref.name)
    for (let attempt = 0; attempt < maximumAttempts && outcomes.length < certifyingLoads; attempt++) {
      const done = outcomes.length
      const share = creatingShare + ((1 - creatingShare) * done) / certifyingLoads
      onProgress(share, { code: 'study.measuringTag', values: { load: done + 1, loads: certifyingLoads } })
      const outcome = await measureTrial(
        trialRequest(study, setting, {
          model: tag,
          configuration: 'asSaved',
          // The promise was measured without a first answer on cold memory, unless it was too slow for more.
          abandonAboveTurnSeconds: guardForComparison(study, configuration, configuration),
          onActivity: () => undefined,
          signal: setting.signal,
        }),
      )
      if (outcome.kind === 'ok') outcomes.push(outcome)
    }
  } finally {
    await daemon.unload(tag).catch(() => undefined)
  }
  return outcomes
}

function nothingToSave(): AttuneError {
  return new AttuneError({
    code: 'conflict',
    message: 'These settings belong to the whole Ollama server, so there is nothing that a saved model could hold.',
    hint: 'Set them in its environment, as the result says.',
  })
}

function measuredChoice(study: Study, configuration: Configuration): MeasuredChoice {
  const choice = reportFor(study, study.request.goal)?.alternatives.find((alternative) =>
    isSameConfiguration(alternative.configuration, configuration),
  )
  if (choice) return choice
  throw new AttuneError({
    code: 'invalidInput',
    message: 'This study did not measure these settings, so it cannot promise anything for them.',
    hint: 'Choose one of the measured settings in the result.',
  })
}

async function requireSameBase(study: Study, { daemon }: RegisterSetting): Promise<void> {
  const { ref, digest } = study.model
  if ((await digestOf(daemon, ref.name)) === digest) return
  throw new AttuneError({
    code: 'conflict',
    message: `${ref.name} has changed since this study, so what was measured may not hold any more.`,
    hint: 'Run a new study.',
  })
}
