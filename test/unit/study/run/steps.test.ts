import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../../../preload/contract/model.ts'
import type { TrialOutcome } from '../../../../preload/contract/trial.ts'
import type { Sampler, Suggestion } from '../../../../main/search/types.ts'
import { nextStep } from '../../../../main/study/run/steps.ts'
import { aPlan, aStatement, aStudy, configured, okOutcome, type TrialSketch } from '../builders.ts'

const failed: TrialOutcome = { kind: 'failed', message: 'It crashed.' }
const disturbed: TrialOutcome = { kind: 'interference', message: 'Others were busy.' }
const outOfMemory: TrialOutcome = { kind: 'outOfMemory', message: 'It does not fit.' }
const skipped: TrialOutcome = { kind: 'skipped', message: 'Skipped.' }
const slow = okOutcome({ decode: 20 })
const fast = okOutcome({ decode: 40 })

function samplerOf(suggestion: Suggestion, recommended: Configuration = configured()): Sampler {
  return { ask: () => suggestion, tell: () => undefined, recommend: () => recommended }
}
const trialOf = (configuration: Configuration): Suggestion => ({
  kind: 'trial',
  configuration,
  reason: { code: 'search.test', values: {} },
  abandonAboveTurnSeconds: 9,
})
const stopping = samplerOf({ kind: 'stop', reason: { code: 'search.enough', values: {} } })
const neverAsked: Sampler = {
  ask: () => {
    throw new Error('the sampler should not have been asked')
  },
  tell: () => undefined,
  recommend: () => configured(),
}

const baseline = (outcome: TrialOutcome | null = slow): TrialSketch => ({ purpose: 'baseline', outcome })
const searched = (threads: number, outcome: TrialOutcome): TrialSketch => ({
  purpose: 'search',
  configuration: { num_thread: threads },
  outcome,
})
const times = <T>(count: number, item: T): T[] => Array.from({ length: count }, () => item)

describe('the baseline phase', () => {
  it('begins with the user’s own settings', () => {
    expect(nextStep(aStudy(), neverAsked)).toMatchObject({
      kind: 'trial',
      purpose: 'baseline',
      configuration: aPlan.baseline,
      reason: { code: 'study.baselineFirst' },
    })
  })

  it('measures them as often as the budget says, then searches', () => {
    expect(nextStep(aStudy({ trials: [baseline()] }), neverAsked)).toMatchObject({ kind: 'trial', purpose: 'baseline' })
    expect(nextStep(aStudy({ trials: [baseline(), baseline()] }), neverAsked)).toEqual({
      kind: 'enterPhase',
      phase: 'search',
    })
  })

  it('does not count trials that were skipped or cut off, however many', () => {
    const study = aStudy({ trials: times(9, baseline(skipped)) })
    expect(nextStep(study, neverAsked)).toMatchObject({ kind: 'trial', purpose: 'baseline' })
  })

  it('goes on with one good load when others failed', () => {
    const trials = [baseline(), baseline(failed), baseline(failed), baseline(failed), baseline(disturbed)]
    const study = aStudy({ trials: [...trials, baseline(disturbed), baseline(disturbed)] })
    expect(nextStep(study, neverAsked)).toEqual({ kind: 'enterPhase', phase: 'search' })
  })

  const shortened = (promptTokens: number, outputTokens: number, share: number) => ({
    kind: 'shortenWorkload',
    workload: { promptTokens, outputTokens, share },
  })

  it('asks less of settings that cannot get through a whole answer in time, until it can ask no less', () => {
    const timeout: TrialOutcome = { kind: 'timeout', message: 'Too slow.' }
    const after = (count: number, promptTokens: number, outputTokens: number, share = 1) =>
      nextStep(
        aStudy({
          trials: times(count, baseline(timeout)),
          plan: { ...aPlan, workload: { promptTokens, outputTokens, share } },
        }),
        neverAsked,
      )
    expect(after(1, 400, 120)).toEqual(shortened(100, 30, 1 / 4))
    expect(after(1, 100, 30, 1 / 4)).toMatchObject({ kind: 'trial', purpose: 'baseline' })
    expect(after(2, 100, 30, 1 / 4)).toEqual(shortened(25, 8, 1 / 16))
    expect(after(5, 16, 8, 1 / 32)).toMatchObject({ kind: 'fail', failure: { code: 'timeout' } })
  })

  it('asks less of a model so slow that every answer would be cut short, unless the settings are to blame', () => {
    // A prompt in half a second, then 120 tokens; the budget allows an answer 12.9 s.
    const cutShort = (turnSeconds: number) => ({
      ...okOutcome({ decode: 120 / (turnSeconds - 0.5) }),
      stoppedEarly: true,
    })
    const after = (outcome: TrialOutcome) => nextStep(aStudy({ trials: [baseline(outcome)] }), neverAsked)
    expect(after(cutShort(18))).toEqual(shortened(200, 60, 1 / 2))
    expect(after(cutShort(40))).toEqual(shortened(100, 30, 1 / 4))
    expect(after(cutShort(400))).toMatchObject({ kind: 'trial', purpose: 'baseline' })
    expect(after(okOutcome({ decode: 120 / 15 }))).toMatchObject({ kind: 'trial', purpose: 'baseline' })
  })

  it('ends the study when the user’s own settings do not fit in memory', () => {
    const step = nextStep(aStudy({ trials: times(2, baseline(outOfMemory)) }), neverAsked)
    expect(step).toMatchObject({ kind: 'fail', failure: { code: 'outOfMemory' } })
  })

  it('ends the study when time is up before anything was measured', () => {
    const study = aStudy({ trials: [baseline(skipped)], activeSeconds: aPlan.maximumMinutes * 60 })
    expect(nextStep(study, neverAsked)).toMatchObject({ kind: 'fail', failure: { code: 'timeout' } })
  })
})

describe('the search phase', () => {
  const inSearch = (trials: TrialSketch[], change = {}) =>
    aStudy({ phase: 'search', trials: [baseline(), baseline(), ...trials], ...change })

  it('does what the sampler suggests', () => {
    const step = nextStep(inSearch([]), samplerOf(trialOf(configured({ num_thread: 2 }))))
    expect(step).toMatchObject({
      kind: 'trial',
      purpose: 'search',
      configuration: { num_thread: 2 },
      abandonAboveTurnSeconds: 9,
    })
  })

  it('measures as much as the sampler asks for, and no less after a disturbance', () => {
    const fidelity = { repetitions: 1, outputTokens: 40 }
    const suggestion = { ...trialOf(configured({ num_thread: 2 })), fidelity }
    expect(nextStep(inSearch([]), samplerOf(suggestion))).toMatchObject({ fidelity })
    expect(nextStep(inSearch([]), samplerOf(trialOf(configured())))).not.toHaveProperty('fidelity.repetitions')
    const study = inSearch([{ ...searched(2, disturbed), fidelity }])
    expect(nextStep(study, neverAsked)).toMatchObject({ reason: { code: 'study.repeatDisturbed' }, fidelity })
  })

  it('ends when the sampler has enough, for its reason', () => {
    expect(nextStep(inSearch([]), stopping)).toEqual({
      kind: 'endSearch',
      reason: { code: 'search.enough', values: {} },
    })
  })

  it('ends when the loads are spent, without asking', () => {
    const study = inSearch([1, 2, 3, 4, 5, 6].map((threads) => searched(threads, slow)))
    expect(nextStep(study, neverAsked)).toMatchObject({ kind: 'endSearch', reason: { code: 'study.loadsSpent' } })
  })

  it('ends early enough to leave time for the confirmation', () => {
    // Trials take ten seconds each and the confirmation six of them.
    const study = inSearch([], { activeSeconds: aPlan.maximumMinutes * 60 - 59 })
    expect(nextStep(study, neverAsked)).toMatchObject({ kind: 'endSearch', reason: { code: 'study.timeSpent' } })
    const earlier = inSearch([], { activeSeconds: aPlan.maximumMinutes * 60 - 61 })
    expect(nextStep(earlier, stopping)).toMatchObject({ reason: { code: 'search.enough' } })
  })

  it('leaves time for as many pairs as the noise asks for', () => {
    const varied = (decode: number) => [baseline(okOutcome({ decode })), baseline(okOutcome({ decode: 1.08 * decode }))]
    const endOf = (own: TrialSketch[]) => {
      const trials = [...own, searched(4, okOutcome({ decode: 23.6 }))]
      const late = aStudy({ phase: 'search', trials, activeSeconds: aPlan.maximumMinutes * 60 - 61 })
      return nextStep(late, stopping)
    }
    expect(endOf([baseline(), baseline()])).toMatchObject({ reason: { code: 'search.enough' } })
    expect(endOf(varied(20))).toMatchObject({ reason: { code: 'study.timeSpent' } })
  })

  it('measures the baseline again after every six trials', () => {
    const trials = [1, 2, 3, 4, 5, 6].map((threads) => searched(threads, slow))
    const request = { ...aStudy().request, budget: 'standard' as const }
    expect(nextStep(inSearch(trials, { request }), neverAsked)).toMatchObject({ kind: 'trial', purpose: 'sentinel' })
    const withSentinel: TrialSketch[] = [...trials, { purpose: 'sentinel' }]
    expect(nextStep(inSearch(withSentinel, { request }), stopping)).toMatchObject({ kind: 'endSearch' })
  })

  it('looks at the baseline again once the computer was unplugged', () => {
    const onBattery = { ...fast, conditions: [aStatement('machine.onBattery')] }
    const trials = [baseline({ ...slow, conditions: [] }), searched(2, onBattery)]
    expect(nextStep(inSearch(trials), neverAsked)).toMatchObject({
      purpose: 'sentinel',
      reason: { code: 'study.sentinelOfPower' },
    })
    const watched: TrialSketch[] = [...trials, { purpose: 'sentinel', outcome: onBattery }]
    expect(nextStep(inSearch(watched), stopping)).toMatchObject({ kind: 'endSearch' })
  })

  it('repeats a disturbed trial twice and then goes on', () => {
    const repeat = nextStep(inSearch(times(1, searched(3, disturbed))), neverAsked)
    expect(repeat).toMatchObject({ kind: 'trial', purpose: 'search', configuration: { num_thread: 3 } })
    expect(nextStep(inSearch(times(2, searched(3, disturbed))), neverAsked)).toMatchObject({ kind: 'trial' })
    expect(nextStep(inSearch(times(3, searched(3, disturbed))), stopping)).toMatchObject({ kind: 'endSearch' })
  })

  it('ends the study after four failures in a row', () => {
    const three = [1, 2, 3].map((threads) => searched(threads, failed))
    expect(nextStep(inSearch(three), stopping)).toMatchObject({ kind: 'endSearch' })
    expect(nextStep(inSearch([...three, searched(4, failed)]), neverAsked)).toMatchObject({
      kind: 'fail',
      failure: { code: 'engineCrashed' },
    })
  })
})

describe('after the search', () => {
  const searchedOut = (trials: TrialSketch[]) =>
    aStudy({ phase: 'search', searchEnded: aStatement(), trials: [baseline(), baseline(), ...trials] })

  it('finishes when nothing measured better', () => {
    expect(nextStep(searchedOut([searched(4, okOutcome({ decode: 15 }))]), neverAsked)).toEqual({ kind: 'finish' })
  })

  it('finishes when the best is better by less than a change is worth', () => {
    expect(nextStep(searchedOut([searched(4, okOutcome({ decode: 20.4 }))]), neverAsked)).toEqual({ kind: 'finish' })
  })

  it('goes on to confirm what looks better', () => {
    expect(nextStep(searchedOut([searched(4, fast)]), neverAsked)).toEqual({ kind: 'enterPhase', phase: 'confirm' })
  })

  it('does not confirm what failed in another load', () => {
    const trials = [searched(4, fast), searched(4, outOfMemory)]
    expect(nextStep(searchedOut(trials), neverAsked)).toEqual({ kind: 'finish' })
  })

  it('asks what each of several changes does alone', () => {
    const both: TrialSketch = { purpose: 'search', configuration: { num_thread: 4, num_batch: 1024 }, outcome: fast }
    const first = nextStep(searchedOut([both]), neverAsked)
    expect(first).toMatchObject({
      purpose: 'search',
      configuration: { num_thread: 0, num_batch: 1024 },
      reason: { code: 'study.isWorthIt', values: { name: 'num_thread' } },
    })
    const threadsAlone = { ...searched(4, okOutcome({ decode: 30 })) }
    const batchAlone: TrialSketch = { purpose: 'search', configuration: { num_batch: 1024 }, outcome: slow }
    expect(nextStep(searchedOut([both, threadsAlone, batchAlone]), neverAsked)).toEqual({
      kind: 'enterPhase',
      phase: 'confirm',
    })
  })
})

describe('the confirmation', () => {
  const candidate = { num_thread: 4 }
  const arm = (purpose: 'confirmBaseline' | 'confirmCandidate', outcome: TrialOutcome): TrialSketch => ({
    purpose,
    configuration: purpose === 'confirmBaseline' ? {} : candidate,
    outcome,
  })
  const better = arm('confirmCandidate', okOutcome({ decode: 22 }))
  const good = arm('confirmCandidate', okOutcome({ decode: 23 }))
  const noisy = arm('confirmCandidate', okOutcome({ decode: 26 }))
  const own = arm('confirmBaseline', slow)
  const inConfirm = (trials: TrialSketch[]) =>
    aStudy({
      phase: 'confirm',
      searchEnded: aStatement(),
      request: { ...aStudy().request, budget: 'thorough' },
      trials: [baseline(okOutcome({ decode: 19 })), baseline(okOutcome({ decode: 21 })), searched(4, fast), ...trials],
    })

  it('begins with the candidate and alternates the order from pair to pair', () => {
    const order: string[] = []
    const trials: TrialSketch[] = []
    for (let index = 0; index < 8; index++) {
      const step = nextStep(inConfirm(trials), neverAsked)
      if (step.kind !== 'trial') break
      order.push(step.purpose === 'confirmBaseline' ? 'A' : 'B')
      trials.push(step.purpose === 'confirmBaseline' ? own : index % 3 === 0 ? good : better)
    }
    expect(order.join('')).toBe('BAABBAAB')
  })

  it('takes what the sampler recommends, if that looks better as well', () => {
    const other: TrialSketch = {
      purpose: 'search',
      configuration: { num_thread: 3 },
      outcome: okOutcome({ decode: 38 }),
    }
    const study = inConfirm([other])
    const recommending = samplerOf(trialOf(configured()), configured({ num_thread: 3 }))
    expect(nextStep(study, recommending)).toMatchObject({ configuration: { num_thread: 3 } })
    expect(nextStep(study, neverAsked)).toMatchObject({ configuration: { num_thread: 4 } })
  })

  it('repeats an arm that failed, but gives a candidate up that does not fit', () => {
    expect(nextStep(inConfirm([arm('confirmCandidate', failed)]), neverAsked)).toMatchObject({
      purpose: 'confirmCandidate',
    })
    expect(nextStep(inConfirm([arm('confirmCandidate', outOfMemory)]), neverAsked)).toEqual({ kind: 'finish' })
  })

  it('ends as soon as the verdict is clear', () => {
    const doubled = arm('confirmCandidate', fast)
    expect(nextStep(inConfirm([doubled, own]), neverAsked)).toMatchObject({ kind: 'trial' })
    expect(nextStep(inConfirm([doubled, own, own, doubled]), neverAsked)).toEqual({ kind: 'finish' })
  })

  it('ends when the pairs are used up', () => {
    const pair = [noisy, arm('confirmBaseline', okOutcome({ decode: 25 }))]
    const pairs = [pair, [better, own], pair, [better, own], pair, [better, own]].flat()
    expect(nextStep(inConfirm(pairs), neverAsked)).toEqual({ kind: 'finish' })
  })
})
