import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { TrialOutcome } from '../../../preload/contract/trial.ts'
import { longAnswerTokens } from '../../search/objective.ts'
import { mean } from '../../search/statistics.ts'
import { baselineLoads } from '../confirmation.ts'
import { workloadFor } from '../goals.ts'
import type { Judgement } from './judgement.ts'
import type { StudyCode, StudyReason } from '../../words/study.ts'
import { configurationValues } from './settings-values.ts'

/** A drift of the baseline by less than this share is noise as likely as not. */
const notableDriftShare = 0.1
/** Loads of the baseline at either end of the study that are compared for drift. */
const loadsAtEitherEnd = 2
/** A context this large holds any goal's workload in full. */
const ampleContext = 1_048_576

/** What a reader must know to judge the figures: what was derived, disturbed, cut short or left out. */
export function notesFor(study: Study, goal: GoalKind, judgement: Judgement): StudyReason[] {
  return [...workloadNotes(study, goal), ...unconfirmedNote(judgement), ...driftNote(study), ...countNotes(study)]
}

function workloadNotes(study: Study, goal: GoalKind): StudyReason[] {
  const { workload } = study.plan
  const notes: StudyReason[] = []
  if (goal === 'throughput') {
    notes.push({ code: 'study.extrapolated', values: { measured: workload.outputTokens, full: longAnswerTokens } })
  }
  if (workload.promptTokens < workloadFor(study.request.goal, ampleContext).promptTokens) {
    const values = { promptTokens: workload.promptTokens, contextLength: study.request.contextLength }
    notes.push({ code: 'study.shortPrompt', values })
  }
  return notes
}

function unconfirmedNote({ kind, candidate, gainPercent }: Judgement): StudyReason[] {
  if (kind !== 'stopped' || candidate === null || gainPercent <= 0) return []
  return [{ code: 'study.promising', values: { gain: gainPercent, ...configurationValues(candidate) } }]
}

/** The baseline's turn at the end of the study against its beginning: heat, power or other programs show here. */
function driftNote(study: Study): StudyReason[] {
  const turns = baselineLoads(study).map((load) => load.turnSeconds)
  if (turns.length < 2 * loadsAtEitherEnd) return []
  const change = mean(turns.slice(-loadsAtEitherEnd)) / mean(turns.slice(0, loadsAtEitherEnd)) - 1
  if (Math.abs(change) < notableDriftShare) return []
  return [
    { code: change > 0 ? 'study.becameSlower' : 'study.becameFaster', values: { percent: Math.abs(change) * 100 } },
  ]
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
  ]
  return counts.flatMap(([code, count]) => (count > 0 ? [{ code, values: { count } }] : []))
}
