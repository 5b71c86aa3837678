import { describe, expect, it } from 'vitest'
import { IllegalTransition, openTrial, transition, type StudyAction } from '../../../main/study/transitions.ts'
import type { Certificate, Report, Study, StudyState } from '../../../preload/contract/study.ts'
import { aStatement, aStudy, aTrial, configured, later, noon, okOutcome } from './builders.ts'

const report = { goal: 'chat' } as Report
const certificate: Certificate = {
  tag: 'small-attuned:latest',
  configuration: configured(),
  registeredAt: noon,
  promised: { decodeTokensPerSecond: 40, turnSeconds: 3 },
  measured: null,
  promiseKept: null,
  undoneAt: null,
}
const failure = { code: 'engineCrashed', message: 'It crashed.', hint: 'Try again.' } as const

const started = (number = 1): StudyAction => ({
  at: later,
  type: 'trialStarted',
  trial: aTrial(number, { purpose: 'baseline', outcome: null }),
})
const finishedTrial = (number = 1): StudyAction => ({
  at: later,
  type: 'trialFinished',
  number,
  outcome: okOutcome(),
  workedSeconds: 7,
})

describe('a study', () => {
  it('records a trial when it starts and its outcome when it ends', () => {
    const during = transition(aStudy(), started())
    expect(openTrial(during)?.number).toBe(1)
    const after = transition(during, finishedTrial())
    expect(openTrial(after)).toBeNull()
    expect(after.trials[0]).toMatchObject({ finishedAt: later, outcome: { kind: 'ok' } })
    expect(after).toMatchObject({ activeSeconds: 7, updatedAt: later })
  })

  it('leaves the study it was given as it is', () => {
    const study = aStudy()
    const copy = structuredClone(study)
    transition(study, started())
    expect(study).toEqual(copy)
  })

  it('forgets a withdrawn trial but not the time it took', () => {
    const during = transition(aStudy(), started())
    const after = transition(during, { at: later, type: 'trialWithdrawn', number: 1, workedSeconds: 3 })
    expect(after.trials).toEqual([])
    expect(after.activeSeconds).toBe(3)
  })

  it('keeps what a look at the computer found, or that there was none, and the time it took', () => {
    const probed = transition(aStudy(), { at: later, type: 'probed', result: null, workedSeconds: 2 })
    expect(probed).toMatchObject({ probe: null, activeSeconds: 2 })
  })

  it('goes through its phases in order and ends with a report', () => {
    const actions: StudyAction[] = [
      { at: later, type: 'phaseEntered', phase: 'search' },
      { at: later, type: 'searchEnded', reason: aStatement('enough') },
      { at: later, type: 'phaseEntered', phase: 'confirm' },
      { at: later, type: 'finished', report },
    ]
    const end = actions.reduce(transition, aStudy())
    expect(end).toMatchObject({ state: 'finished', phase: 'done', report, searchEnded: { code: 'enough' } })
  })

  it('can end without a confirmation when the search found nothing', () => {
    const searched = aStudy({ phase: 'search', searchEnded: aStatement() })
    expect(transition(searched, { at: later, type: 'finished', report }).state).toBe('finished')
  })

  it('goes on after a pause', () => {
    const paused = transition(aStudy(), { at: later, type: 'paused' })
    expect(paused.state).toBe('paused')
    expect(transition(paused, { at: later, type: 'resumed' }).state).toBe('running')
  })

  it('closes the trial during which it was cut off', () => {
    const cutOff = transition(transition(aStudy(), started()), { at: later, type: 'interrupted', message: 'Cut off.' })
    expect(cutOff.state).toBe('interrupted')
    expect(cutOff.trials[0]?.outcome).toEqual({ kind: 'skipped', message: 'Cut off.', isCutOff: true })
    expect(transition(cutOff, { at: later, type: 'resumed' }).state).toBe('running')
  })

  it.each(['running', 'paused', 'interrupted'] as const)('can be stopped while %s', (state) => {
    expect(transition(aStudy({ state }), { at: later, type: 'stopped', report: null })).toMatchObject({
      state: 'stopped',
      phase: 'done',
    })
  })

  it('keeps the failure that ended it', () => {
    const failed = transition(aStudy(), { at: later, type: 'failed', failure, report: null })
    expect(failed).toMatchObject({ state: 'failed', phase: 'done', failure })
  })

  it('collects a certificate, its measurement and its undoing', () => {
    const actions: StudyAction[] = [
      { at: noon, type: 'certificateAdded', certificate },
      { at: noon, type: 'certificateMeasured', tag: certificate.tag, measured: null, promiseKept: true },
      { at: later, type: 'certificateUndone', tag: certificate.tag },
    ]
    const end = actions.reduce(transition, aStudy({ state: 'finished', phase: 'done', report }))
    expect(end.certificates).toEqual([{ ...certificate, promiseKept: true, undoneAt: later }])
  })

  it('can register a tag again after it was undone', () => {
    const undone = aStudy({ report, state: 'finished', certificates: [{ ...certificate, undoneAt: noon }] })
    expect(transition(undone, { at: later, type: 'certificateAdded', certificate }).certificates).toHaveLength(2)
  })
})

describe('a shorter workload', () => {
  const workload = { promptTokens: 100, outputTokens: 30 }

  it('holds for all that follows', () => {
    const timeout = { kind: 'timeout', message: 'Too slow.' } as const
    const study = aStudy({ trials: [{ purpose: 'baseline', outcome: timeout }] })
    expect(transition(study, { at: later, type: 'workloadShortened', workload }).plan.workload).toEqual(workload)
  })

  it('is never mixed with figures of a longer one', () => {
    const study = aStudy({ phase: 'search', trials: [{ purpose: 'baseline' }] })
    expect(() => transition(study, { at: later, type: 'workloadShortened', workload })).toThrow(IllegalTransition)
  })
})

describe('a parameter that does nothing', () => {
  const reason = aStatement('study.noEffect')
  const dimensions = [{ name: 'num_batch' as const, values: [0, 64], reasons: [] }]

  it('moves from what is varied to what is left alone, once', () => {
    const study = aStudy({ phase: 'search', plan: { ...aStudy().plan, dimensions } })
    const left = transition(study, { at: later, type: 'parameterLeftAlone', name: 'num_batch', reason })
    expect(left.plan).toMatchObject({ dimensions: [], leftAlone: [{ name: 'num_batch', reason }] })
    expect(() => transition(left, { at: later, type: 'parameterLeftAlone', name: 'num_batch', reason })).toThrow(
      IllegalTransition,
    )
  })
})

describe('an illegal transition', () => {
  const actions: Record<StudyAction['type'], StudyAction> = {
    probed: { at: later, type: 'probed', result: null, workedSeconds: 2 },
    phaseEntered: { at: later, type: 'phaseEntered', phase: 'search' },
    trialStarted: started(),
    trialFinished: finishedTrial(),
    trialWithdrawn: { at: later, type: 'trialWithdrawn', number: 1, workedSeconds: 0 },
    workloadShortened: { at: later, type: 'workloadShortened', workload: { promptTokens: 100, outputTokens: 30 } },
    parameterLeftAlone: { at: later, type: 'parameterLeftAlone', name: 'num_batch', reason: aStatement() },
    searchEnded: { at: later, type: 'searchEnded', reason: aStatement() },
    paused: { at: later, type: 'paused' },
    interrupted: { at: later, type: 'interrupted', message: 'Cut off.' },
    resumed: { at: later, type: 'resumed' },
    finished: { at: later, type: 'finished', report },
    stopped: { at: later, type: 'stopped', report: null },
    failed: { at: later, type: 'failed', failure, report: null },
    certificateAdded: { at: later, type: 'certificateAdded', certificate },
    certificateMeasured: {
      at: later,
      type: 'certificateMeasured',
      tag: certificate.tag,
      measured: null,
      promiseKept: null,
    },
    certificateUndone: { at: later, type: 'certificateUndone', tag: certificate.tag },
  }
  const ended = ['finished', 'stopped', 'failed'] as const
  const resting = ['paused', 'interrupted', ...ended] as const
  const onlyRunning = [
    'probed',
    'phaseEntered',
    'trialStarted',
    'trialFinished',
    'trialWithdrawn',
    'workloadShortened',
    'parameterLeftAlone',
    'searchEnded',
    'paused',
    'interrupted',
    'finished',
    'failed',
  ] as const
  const forbiddenStates: [StudyAction['type'], StudyState][] = [
    ...onlyRunning.flatMap((type) => resting.map((state): [StudyAction['type'], StudyState] => [type, state])),
    ...ended.map((state): [StudyAction['type'], StudyState] => ['resumed', state]),
    ...ended.map((state): [StudyAction['type'], StudyState] => ['stopped', state]),
    ['resumed', 'running'],
  ]
  it.each(forbiddenStates)('%s throws while the study is %s', (type, state) => {
    expect(() => transition(aStudy({ state }), actions[type])).toThrow(IllegalTransition)
  })

  const underWay = (): Study => aStudy({ trials: [{ purpose: 'baseline', outcome: null }] })
  it.each([
    'phaseEntered',
    'trialStarted',
    'workloadShortened',
    'searchEnded',
    'paused',
    'finished',
    'stopped',
    'failed',
  ] as const)('%s throws while a trial is under way', (type) => {
    expect(() => transition(underWay(), actions[type])).toThrow(/a trial is under way/)
  })

  it.each([
    ['probed', 'trials have begun', aStudy({ trials: [{ purpose: 'baseline' }] })],
    ['probed', 'it was done before', aStudy({ probe: null })],
    ['trialFinished', 'no trial is under way', aStudy()],
    ['trialFinished', 'another trial is under way', aStudy({ trials: [{ purpose: 'baseline' }, open('baseline')] })],
    ['trialFinished', 'the trial has its outcome already', aStudy({ trials: [{ purpose: 'baseline' }] })],
    ['trialWithdrawn', 'the trial has its outcome already', aStudy({ trials: [{ purpose: 'baseline' }] })],
    ['trialStarted', 'its number leaves a gap', aStudy({ trials: [{ purpose: 'baseline' }] })],
    ['trialStarted', 'its purpose belongs to another phase', aStudy({ phase: 'search' })],
    ['trialStarted', 'the study is done', aStudy({ phase: 'done' })],
    ['phaseEntered', 'the phase is the present one', aStudy({ phase: 'search' })],
    ['phaseEntered', 'the phase lies behind', aStudy({ phase: 'confirm' })],
    ['searchEnded', 'nothing is being searched', aStudy()],
    ['searchEnded', 'it has ended before', aStudy({ phase: 'search', searchEnded: aStatement() })],
    ['finished', 'the search has not ended', aStudy({ phase: 'search' })],
    ['certificateAdded', 'there is no report', aStudy({ state: 'finished' })],
    ['certificateAdded', 'the tag is registered already', aStudy({ report, certificates: [certificate] })],
    ['certificateMeasured', 'the tag was never registered', aStudy({ report })],
    ['certificateUndone', 'the tag was never registered', aStudy({ report })],
    [
      'certificateUndone',
      'the tag was undone before',
      aStudy({ report, certificates: [{ ...certificate, undoneAt: noon }] }),
    ],
  ] as const)('%s throws when %s', (type, _why, study) => {
    expect(() => transition(study, actions[type])).toThrow(IllegalTransition)
  })

  it.each([
    ['has an outcome', { outcome: okOutcome() }],
    ['has ended', { finishedAt: later }],
  ])('trialStarted throws when the new trial %s', (_what, change) => {
    const trial = { ...aTrial(1, { purpose: 'baseline', outcome: null }), ...change }
    expect(() => transition(aStudy(), { at: later, type: 'trialStarted', trial })).toThrow(IllegalTransition)
  })

  it('phaseEntered throws when the search is skipped', () => {
    expect(() => transition(aStudy(), { at: later, type: 'phaseEntered', phase: 'confirm' })).toThrow(IllegalTransition)
  })
})

function open(purpose: 'baseline') {
  return { purpose, outcome: null }
}
