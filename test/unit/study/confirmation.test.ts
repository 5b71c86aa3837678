import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { Study } from '../../../preload/contract/study.ts'
import type { TrialOutcome } from '../../../preload/contract/trial.ts'
import { groupByConfiguration, isUnreliable, measuredLoads } from '../../../main/study/choices.ts'
import {
  changedNames,
  confirmationCandidate,
  confirmedPairs,
  decideByPairs,
  nextArm,
  rivals,
} from '../../../main/study/confirmation.ts'
import { aPlan, aStatement, aStudy, configured, okOutcome, type TrialSketch } from './builders.ts'

const failed: TrialOutcome = { kind: 'failed', message: 'It crashed.' }
const own = (decode: number): TrialSketch => ({ purpose: 'baseline', outcome: okOutcome({ decode }) })
const tried = (configuration: Partial<Configuration>, outcome: TrialOutcome): TrialSketch => ({
  purpose: 'search',
  configuration,
  outcome,
})
const confirming = (purpose: 'confirmBaseline' | 'confirmCandidate', outcome: TrialOutcome): TrialSketch => ({
  purpose,
  configuration: purpose === 'confirmBaseline' ? {} : { num_thread: 2 },
  outcome,
})
const keepsBaseline = () => aPlan.baseline
const candidateOf = (trials: TrialSketch[], recommend: () => Configuration = keepsBaseline) =>
  confirmationCandidate(aStudy({ trials }), recommend)

describe('rivals', () => {
  it('are ordered by the goal’s own objective', () => {
    const study = aStudy({
      trials: [
        own(40),
        tried({ num_thread: 2 }, okOutcome({ decode: 60, ramMiB: 400 })),
        tried({ num_thread: 3 }, okOutcome({ decode: 50, ramMiB: 200 })),
      ],
    })
    const order = (goal: GoalKind) => rivals(study, goal).map(({ configuration }) => configuration.num_thread)
    expect(order('chat')).toEqual([2, 3])
    expect(order('throughput')).toEqual([2, 3])
    expect(order('memory')).toEqual([3, 2])
  })

  it('are judged by the mean over their loads', () => {
    const study = aStudy({
      trials: [
        own(40),
        tried({ num_thread: 2 }, okOutcome({ decode: 80 })),
        tried({ num_thread: 2 }, okOutcome({ decode: 40 })),
      ],
    })
    const [rival] = rivals(study, 'chat')
    // Turns of 2.0 and 3.5 s against 3.5 s.
    expect(rival?.logRatio).toBeCloseTo(Math.log(3.5 / 2.75))
    expect(rival?.loads).toHaveLength(2)
  })

  it('do not exist before the baseline was measured', () => {
    expect(rivals(aStudy({ trials: [tried({ num_thread: 2 }, okOutcome())] }), 'chat')).toEqual([])
  })
})

describe('the candidate for confirmation', () => {
  it('is null where nothing is better by what makes a change worthwhile', () => {
    expect(candidateOf([own(40), tried({ num_thread: 2 }, okOutcome({ decode: 40.5 }))])).toBeNull()
    expect(candidateOf([own(40)])).toBeNull()
  })

  it('is the best one, unless the sampler recommends another that is worthwhile, too', () => {
    const trials = [
      own(40),
      tried({ num_thread: 2 }, okOutcome({ decode: 60 })),
      tried({ num_thread: 3 }, okOutcome({ decode: 55 })),
      tried({ num_thread: 4 }, okOutcome({ decode: 30 })),
    ]
    expect(candidateOf(trials)).toEqual(configured({ num_thread: 2 }))
    expect(candidateOf(trials, () => configured({ num_thread: 3 }))).toEqual(configured({ num_thread: 3 }))
    expect(candidateOf(trials, () => configured({ num_thread: 4 }))).toEqual(configured({ num_thread: 2 }))
  })

  it('changes no setting that does not earn its keep', () => {
    const both = tried({ num_thread: 2, num_batch: 256 }, okOutcome({ decode: 60 }))
    const nearly = tried({ num_thread: 2 }, okOutcome({ decode: 59 }))
    const clearlyLess = tried({ num_thread: 2 }, okOutcome({ decode: 52 }))
    expect(candidateOf([own(40), both, nearly])).toEqual(configured({ num_thread: 2 }))
    expect(candidateOf([own(40), both, clearlyLess])).toEqual(configured({ num_thread: 2, num_batch: 256 }))
  })

  it('stays what it was once the confirmation has begun', () => {
    const trials = [
      own(40),
      tried({ num_thread: 2 }, okOutcome({ decode: 60 })),
      tried({ num_thread: 3 }, okOutcome({ decode: 59 })),
      confirming('confirmCandidate', okOutcome({ decode: 45 })),
    ]
    expect(candidateOf(trials)).toEqual(configured({ num_thread: 2 }))
  })
})

describe('pairs', () => {
  it('put the k-th good load of one arm beside the k-th of the other', () => {
    const study = aStudy({
      trials: [
        confirming('confirmCandidate', okOutcome({ decode: 60 })),
        confirming('confirmBaseline', failed),
        confirming('confirmBaseline', okOutcome({ decode: 40 })),
        confirming('confirmBaseline', okOutcome({ decode: 41 })),
        confirming('confirmCandidate', okOutcome({ decode: 61 })),
        confirming('confirmCandidate', okOutcome({ decode: 62 })),
      ],
    })
    const rates = confirmedPairs(study).map(({ baseline, candidate }) => [
      baseline.decodeTokensPerSecond,
      candidate.decodeTokensPerSecond,
    ])
    expect(rates).toEqual([
      [40, 60],
      [41, 61],
    ])
  })

  it('are made of loads under the same power only, beginning anew when it changes', () => {
    const onBattery = (decode: number) => ({ ...okOutcome({ decode }), conditions: [aStatement('machine.onBattery')] })
    const plugged = (decode: number) => ({ ...okOutcome({ decode }), conditions: [] })
    const trials = [
      confirming('confirmCandidate', plugged(60)),
      confirming('confirmBaseline', onBattery(20)),
      confirming('confirmBaseline', plugged(40)),
      confirming('confirmCandidate', onBattery(30)),
    ]
    const rates = (study: Study) =>
      confirmedPairs(study).map(({ baseline, candidate }) => [
        baseline.decodeTokensPerSecond,
        candidate.decodeTokensPerSecond,
      ])
    expect(rates(aStudy({ trials: trials.slice(0, 2) }))).toEqual([])
    expect(rates(aStudy({ trials }))).toEqual([
      [20, 30],
      [40, 60],
    ])
    expect(nextArm(aStudy({ trials: trials.slice(0, 2) }))).toBe('confirmCandidate')
    expect(nextArm(aStudy({ trials: trials.slice(0, 1) }))).toBe('confirmBaseline')
  })

  it('borrow the noise seen before the confirmation', () => {
    const pair = [confirming('confirmCandidate', okOutcome({ decode: 42 })), confirming('confirmBaseline', okOutcome())]
    const quiet = decideByPairs(aStudy({ trials: [own(40), own(40.1), own(40), ...pair] }), 'chat')
    const noisy = decideByPairs(aStudy({ trials: [own(35), own(45), own(40), ...pair] }), 'chat')
    const width = ({ interval }: typeof quiet) => (interval ? interval.high - interval.low : Infinity)
    expect(width(quiet)).toBeLessThan(width(noisy))
  })
})

describe('configurations', () => {
  it('are unreliable after one load that did not fit or crawled, or after two failures', () => {
    const configuration = configured({ num_thread: 2 })
    const isBad = (...outcomes: TrialOutcome[]) =>
      isUnreliable(aStudy({ trials: outcomes.map((outcome) => tried({ num_thread: 2 }, outcome)) }), configuration)
    expect(isBad({ kind: 'outOfMemory', message: '' })).toBe(true)
    expect(isBad({ kind: 'timeout', message: '' }, okOutcome())).toBe(true)
    expect(isBad(failed)).toBe(false)
    expect(isBad(failed, okOutcome(), failed)).toBe(true)
    expect(isBad({ kind: 'interference', message: '' }, { kind: 'skipped', message: '' })).toBe(false)
  })

  it('name what they change', () => {
    expect(changedNames(aStudy(), configured())).toEqual([])
    expect(changedNames(aStudy(), configured({ num_batch: 64, use_mmap: false }))).toEqual(['num_batch', 'use_mmap'])
  })

  it('are gathered over the whole study, in order of first appearance', () => {
    const study = aStudy({
      trials: [own(40), tried({ num_thread: 2 }, okOutcome()), own(41), tried({ num_thread: 2 }, failed)],
    })
    const groups = groupByConfiguration(measuredLoads(study))
    expect(groups.map((loads) => loads.map(({ decodeTokensPerSecond }) => decodeTokensPerSecond))).toEqual([
      [40, 41],
      [40],
    ])
  })
})
