import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { TrialOutcome } from '../../../preload/contract/trial.ts'
import { driftShare } from '../../search/drift.ts'
import { toMiB } from '../../hardware/text.ts'
import { countedRepetitions, longAnswerTokens } from '../../search/objective.ts'
import { conditionsDuring } from '../choices.ts'
import { deadParameters } from '../effects.ts'
import { timesHalved, workloadFor } from '../goals.ts'
import { crashedConfigurations } from '../earlier/crashes.ts'
import { driftFreeLoads, driftOf, noiseOf } from '../noise.ts'
import { visibleParameters } from '../run/visible-effects.ts'
import { foreignLoadNote } from './foreign-loads.ts'
import type { Judgement } from './judgement.ts'
import type { StudyCode, StudyReason } from '../../words/study.ts'
import { configurationValues } from './settings-values.ts'

/** A context this large holds any goal's workload in full. */
const ampleContext = 1_048_576

/** What a reader must know to judge the figures: what was derived, disturbed, cut short or left out. */
export function notesFor(study: Study, goal: GoalKind, judgement: Judgement): StudyReason[] {
  return [
    ...foreignLoadNote(study),
    ...workloadNotes(study, goal),
    ...learntNote(study),
    ...probeNote(study),
    ...unconfirmedNote(judgement),
    ...effectNotes(study),
    ...driftNotes(study),
    ...noiseNotes(study),
    ...outlierNotes(study),
    ...conditionNotes(study),
    ...countNotes(study),
  ]
}

function workloadNotes(study: Study, goal: GoalKind): StudyReason[] {
  const { workload } = study.plan
  const notes: StudyReason[] = []
  if (goal === 'throughput') {
    notes.push({ code: 'study.extrapolated', values: { measured: workload.outputTokens, full: longAnswerTokens } })
  }
  if (timesHalved(study) > 0) {
    notes.push({
      code: 'study.shortenedWorkload',
      values: { promptTokens: workload.promptTokens, outputTokens: workload.outputTokens },
    })
  } else if (workload.promptTokens < workloadFor(study.request.goal, ampleContext).promptTokens) {
    const values = { promptTokens: workload.promptTokens, contextLength: study.request.contextLength }
    notes.push({ code: 'study.shortPrompt', values })
  }
  return notes
}

/** What earlier studies taught guides the search alone; the figures are all of this study. */
function learntNote({ learnt }: Study): StudyReason[] {
  return learnt === null ? [] : [{ code: 'study.startedFromEarlier', values: { studies: learnt.studies } }]
}

/** The same of a look at the computer, as far as it was not known better. */
function probeNote({ probe, learnt }: Study): StudyReason[] {
  const [core] = probe?.steps ?? []
  if (!probe || core?.threads !== 1 || learnt?.parameters['coreBandwidth']) return []
  const all = Math.max(...probe.steps.map(({ readBytesPerSecond }) => readBytesPerSecond))
  return [{ code: 'study.startedFromProbe', values: { coreMiB: toMiB(core.readBytesPerSecond), allMiB: toMiB(all) } }]
}

function unconfirmedNote({ kind, candidate, gainPercent }: Judgement): StudyReason[] {
  if (kind !== 'stopped' || candidate === null || gainPercent <= 0) return []
  return [{ code: 'study.promising', values: { gain: gainPercent, ...configurationValues(candidate) } }]
}

/** Whether the daemon did what it was told, as far as its own words about memory and context show it. */
function effectNotes(study: Study): StudyReason[] {
  const { plan, request, model, trials } = study
  const dead = deadParameters(study).map((name): StudyReason => ({ code: 'study.noEffect', values: { name } }))
  const unseen = plan.dimensions.map(({ name }) => name).filter((name) => !visibleParameters(study).includes(name))
  const asked = Math.min(request.contextLength, model.facts.trainedContextLength)
  const given = trials.flatMap(({ outcome }) => (outcome?.kind === 'ok' ? [outcome.load.contextLength ?? asked] : []))
  const shortest = Math.min(asked, ...given)
  return [
    ...(shortest < asked ? [{ code: 'study.contextIsShorter', values: { asked, given: shortest } } as const] : []),
    ...dead,
    ...(unseen.length > 0 ? [{ code: 'study.effectUnseen', values: { names: unseen.join(', ') } } as const] : []),
  ]
}

/** Heat, power or other programs show in the user's own settings; comparisons over time allow for it. */
function driftNotes(study: Study): StudyReason[] {
  const change = driftShare(driftOf(study))
  if (change === 0) return []
  const percent = Math.abs(change) * 100
  return [
    { code: change < 0 ? 'study.becameSlower' : 'study.becameFaster', values: { percent } },
    { code: 'study.driftCorrected', values: { percent } },
  ]
}

/** How far the figures vary by themselves, between loads of equal settings and between answers of one load. */
function noiseNotes(study: Study): StudyReason[] {
  const { repetitionDeviation, loadDeviation } = noiseOf(study, 'chat', driftFreeLoads(study))
  if (repetitionDeviation === null || loadDeviation === null) return []
  const values = { loads: loadDeviation * 100, repetitions: repetitionDeviation * 100 }
  return [{ code: 'study.noise', values }]
}

function outlierNotes(study: Study): StudyReason[] {
  const counted = study.trials.flatMap(({ outcome }) => (outcome?.kind === 'ok' ? countedRepetitions(outcome) : []))
  const count = counted.filter(({ isOutlier }) => isOutlier).length
  return count > 0 ? [{ code: 'study.countOutliers', values: { count, of: counted.length } }] : []
}

/** Under what the trials ran that counted. */
function conditionNotes({ trials }: Study): StudyReason[] {
  const found = trials.flatMap(({ outcome }) => (outcome?.kind === 'ok' ? [conditionsDuring(outcome) ?? []] : []))
  const codes = new Set(found.flatMap((conditions) => conditions.map(({ code }) => code)))
  return [...codes].map((condition) => {
    const count = found.filter((conditions) => conditions.some(({ code }) => code === condition)).length
    return { code: 'study.countCondition', values: { condition, count, of: found.length } }
  })
}

/** Trials that left no figures, and those cut short, by kind. */
function countNotes(study: Study): StudyReason[] {
  const count = (kind: TrialOutcome['kind']) => study.trials.filter(({ outcome }) => outcome?.kind === kind).length
  const abandoned = study.trials.filter(({ outcome }) => outcome?.kind === 'ok' && outcome.stoppedEarly).length
  const counts: [code: StudyCode, count: number][] = [
    ['study.countOutOfMemory', count('outOfMemory')],
    ['study.countSpill', count('spill')],
    ['study.countTimeout', count('timeout')],
    ['study.countInterference', count('interference')],
    ['study.countFailed', count('failed')],
    ['study.countSkipped', count('skipped')],
    ['study.countAbandoned', abandoned],
    ['study.countCrashed', crashedConfigurations(study).length],
  ]
  return counts.flatMap(([code, count]) => (count > 0 ? [{ code, values: { count } }] : []))
}
