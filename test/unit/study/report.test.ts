import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../../preload/contract/model.ts'
import { reportSchema, type Study } from '../../../preload/contract/study.ts'
import type { TrialOutcome } from '../../../preload/contract/trial.ts'
import { certaintyOf } from '../../../main/study/report/certainty.ts'
import { reportFor } from '../../../main/study/report/report.ts'
import { say } from '../../../main/words/say.ts'
import { aPlan, aStatement, aStudy, configured, okOutcome, twoCores, type Speed, type TrialSketch } from './builders.ts'

const own: Partial<Configuration> = { num_thread: 8 }
const ownLoad = (speed: Speed): TrialSketch => ({ purpose: 'baseline', configuration: own, outcome: okOutcome(speed) })
const searched = (configuration: Partial<Configuration>, speed: Speed): TrialSketch => ({
  purpose: 'search',
  configuration: { ...own, ...configuration },
  outcome: okOutcome(speed),
})
const pair = (candidate: Partial<Configuration>, ownSpeed: Speed, speed: Speed): TrialSketch[] => [
  { purpose: 'confirmCandidate', configuration: { ...own, ...candidate }, outcome: okOutcome(speed) },
  { purpose: 'confirmBaseline', configuration: own, outcome: okOutcome(ownSpeed) },
]

function ended(trials: TrialSketch[], change: Partial<Omit<Study, 'trials'>> = {}): Study {
  return aStudy({
    state: 'finished',
    phase: 'done',
    searchEnded: aStatement(),
    plan: { ...aPlan, baseline: configured(own) },
    trials,
    ...change,
  })
}

function report(study: Study, goal: Study['request']['goal'] = 'chat') {
  const made = reportFor(study, goal)
  if (!made) throw new Error('no report')
  return reportSchema.parse(made)
}

/** The trials of a study, to be told on. */
const outlineOf = ({ trials }: Study): TrialSketch[] =>
  trials.map(({ purpose, configuration, outcome }) => ({ purpose, configuration, outcome }))

const slow = { decode: 7 }
const fast = { decode: 41 }
const repaired = ended([
  ownLoad(slow),
  ownLoad({ decode: 7.2 }),
  searched({ num_thread: 2 }, fast),
  ...pair({ num_thread: 2 }, slow, fast),
  ...pair({ num_thread: 2 }, { decode: 7.1 }, { decode: 40 }),
])

describe('a report', () => {
  it('does not exist before the baseline was measured', () => {
    expect(reportFor(ended([searched({}, fast)].slice(1)), 'chat')).toBeNull()
    expect(reportFor(ended([{ purpose: 'baseline', configuration: own, outcome: null }]), 'chat')).toBeNull()
  })

  it('recommends what pairs of fresh loads have shown', () => {
    const { verdict, best, baseline, changes } = report(repaired)
    expect(verdict).toMatchObject({ kind: 'improved', pairs: 2 })
    expect(verdict.gainPercent).toBeGreaterThan(70)
    expect(verdict.interval?.low).toBeGreaterThan(0)
    expect(best.configuration).toEqual(configured({ num_thread: 2 }))
    expect(baseline.configuration).toEqual(configured(own))
    expect(changes).toMatchObject([{ name: 'num_thread', from: 8, to: 2 }])
  })

  it('gives the measured reason of a change', () => {
    const [change] = report(repaired).changes
    expect(change?.reason.text).toBe(
      'With 2 threads it writes 40.7 tokens/s, with 8 threads 7.08: more threads than the 2 cores it may use get in each other’s way.',
    )
  })

  it('says why a setting stays as it is: by the plan, by trials, or for want of any', () => {
    const dimension = (name: 'num_batch' | 'num_gpu' | 'use_mmap') => ({ name, values: [0, 256], reasons: [] })
    const plan = {
      ...aPlan,
      baseline: configured(own),
      dimensions: [dimension('num_batch'), dimension('num_gpu'), dimension('use_mmap')],
      leftAlone: [{ name: 'flash_attention', reason: aStatement('the daemon’s own') }],
    }
    const trials = [
      ...outlineOf(repaired),
      searched({ num_thread: 2, num_batch: 256 }, { decode: 30 }),
      searched({ num_gpu: 1 }, slow),
    ]
    const kept = new Map(report(ended(trials, { plan })).kept.map(({ name, reason }) => [name, reason]))
    expect(kept.get('num_batch')?.text).toMatch(
      /^With 256 tokens read at once instead it measured \d+(\.\d)?% more time per reply\.$/,
    )
    expect(kept.get('num_gpu')?.text).toMatch(
      /^1 setup with another value was measured, along with other changes; the best of them measured \d+% more/,
    )
    expect(kept.get('use_mmap')?.code).toBe('study.keptUntried')
    expect(kept.get('flash_attention')?.code).toBe('the daemon’s own')
    expect(kept.has('num_thread')).toBe(false)
  })

  it('says what was not tested, the answers themselves first of all', () => {
    const plan = {
      ...aPlan,
      baseline: configured(own),
      leftAlone: [{ name: 'num_ctx', reason: aStatement('required') }],
    }
    const { untested } = report({ ...repaired, plan })
    expect(untested.map(({ code }) => code)).toEqual([
      'study.untestedSetups',
      'study.untestedPrompts',
      'study.untestedAnswers',
      'required',
    ])
    expect(untested[0]?.text).toMatch(/^2 of the 8 setups/)
  })

  it('says how sure it is by where the whole interval lies', () => {
    const proven = { kind: 'improved', pairs: 6 } as const
    const sure = (low: number, high: number) => say(certaintyOf({ ...proven, interval: { low, high } })).text
    expect(sure(18.2, 24)).toBe(
      'Very sure: we measured both 6 times, in turns and loaded afresh, and the gain is between 18.2% and 24% (95% confidence).',
    )
    expect(sure(1, 9)).toMatch(/^Sure that it is better, less so by how much/)
    expect(sure(-2, 1.9)).toMatch(/^Very sure: .* a change would gain at most 1\.9%\.$/)
    expect(sure(-4, -1)).toMatch(/would gain nothing\.$/)
    expect(sure(-2, 5)).toMatch(/^Not sure: .* a loss of 2% and a gain of 5% is possible\.$/)
  })

  it('is not sure of a gain that rests on few pairs or is not recommended', () => {
    const interval = { low: 18.2, high: 24 }
    expect(certaintyOf({ kind: 'improved', interval, pairs: 3 }).code).toBe('study.likelyBetter')
    expect(certaintyOf({ kind: 'inconclusive', interval, pairs: 6 }).code).toBe('study.likelyBetter')
  })

  it('tells the interval once', () => {
    const { sentence, reasons } = report(repaired).verdict
    const texts = [sentence, ...reasons].map(({ text }) => text)
    expect(texts.filter((text) => text.includes('95% confidence'))).toHaveLength(1)
    expect(texts[0]).not.toContain('between')
  })

  it('counts a load as one observation', () => {
    const { baseline, best } = report(repaired)
    expect(baseline).toMatchObject({ loads: 4, turnSeconds: { count: 4 } })
    expect(best).toMatchObject({ loads: 3, decodeTokensPerSecond: { count: 3 } })
    const once = report(ended([ownLoad({ decode: 40 })])).baseline
    expect(once.turnSeconds).toMatchObject({ count: 1, interval: null })
  })

  it('computes a turn of the workload from first token and writing speed', () => {
    const { baseline } = report(ended([ownLoad({ decode: 40 })]))
    expect(baseline.turnSeconds.mean).toBeCloseTo(0.5 + 120 / 40)
    expect(baseline.objective.mean).toBeCloseTo(0.5 + 120 / 40)
  })

  it('lists all that was measured, best first', () => {
    const study = ended([ownLoad(slow), searched({ num_thread: 4 }, { decode: 30 }), searched({ num_thread: 2 }, fast)])
    expect(report(study).alternatives.map(({ configuration }) => configuration.num_thread)).toEqual([2, 4, 8])
    expect(report(study, 'throughput').alternatives.map(({ configuration }) => configuration.num_thread)).toEqual([
      2, 4, 8,
    ])
  })

  it('marks what no other choice beats in everything', () => {
    const study = ended([
      ownLoad({ ttft: 1, decode: 10, ramMiB: 300 }),
      searched({ num_thread: 2 }, { ttft: 0.5, decode: 40, ramMiB: 320 }),
      searched({ num_thread: 4 }, { ttft: 0.6, decode: 30, ramMiB: 330 }),
    ])
    const optimal = report(study).alternatives.filter(({ isParetoOptimal }) => isParetoOptimal)
    expect(optimal.map(({ configuration }) => configuration.num_thread).toSorted((a, b) => a - b)).toEqual([2, 8])
  })
})

it('counts the trials that ran on battery, and says nothing of those on mains', () => {
  const on = (...codes: string[]) => ({ ...okOutcome(), conditions: codes.map((code) => aStatement(code)) })
  const study = ended([
    { ...ownLoad({}), outcome: on('machine.onBattery') },
    { ...ownLoad({}), outcome: on('machine.onBattery', 'machine.hot') },
    { purpose: 'search', outcome: on() },
  ])
  const texts = report(study).notes.flatMap(({ code, text }) => (code === 'study.countCondition' ? [text] : []))
  expect(texts).toEqual([
    '2 of 3 trials ran on battery: slower, perhaps, than the computer can be.',
    '1 of 3 trials ran on a hot computer: slower, perhaps, than the computer can be.',
  ])
})

describe('a verdict', () => {
  it('keeps the baseline when nothing measured better, and says how close the best came', () => {
    const { verdict, best, baseline } = report(
      ended([ownLoad({ decode: 40 }), searched({ num_thread: 2 }, { decode: 39 })]),
    )
    expect(verdict).toMatchObject({ kind: 'keep', pairs: 0, interval: null })
    expect(verdict.gainPercent).toBeLessThan(0)
    expect(verdict.reasons).toMatchObject([{ code: 'study.rivalNoBetter', values: { num_thread: 2 } }])
    expect(best).toEqual(baseline)
  })

  it('keeps the baseline when there was nothing else', () => {
    const { verdict } = report(ended([ownLoad(slow)]))
    expect(verdict).toMatchObject({ kind: 'keep', gainPercent: 0, reasons: [{ code: 'study.nothingElseMeasured' }] })
  })

  it('is inconclusive when the figures vary too much', () => {
    const trials = [
      ownLoad({ decode: 40 }),
      searched({ num_thread: 2 }, { decode: 44 }),
      ...pair({ num_thread: 2 }, { decode: 36 }, { decode: 48 }),
      ...pair({ num_thread: 2 }, { decode: 43 }, { decode: 42 }),
    ]
    const { verdict, best, baseline: ownChoice } = report(ended(trials))
    expect(verdict.kind).toBe('inconclusive')
    expect(verdict.interval?.low).toBeLessThan(0)
    expect(best).toEqual(ownChoice)
  })

  it('keeps the baseline when the pairs show that the search was mistaken', () => {
    const trials = [
      ownLoad({ decode: 40 }),
      ownLoad({ decode: 40.2 }),
      searched({ num_thread: 2 }, { decode: 44 }),
      ...pair({ num_thread: 2 }, { decode: 40 }, { decode: 39.9 }),
      ...pair({ num_thread: 2 }, { decode: 40.1 }, { decode: 39.9 }),
    ]
    expect(report(ended(trials)).verdict).toMatchObject({ kind: 'keep', pairs: 2 })
  })

  it('says "likely" as long as it rests on few pairs', () => {
    expect(report(repaired).verdict.sentence.code).toBe('study.verdict.improvedLikely')
    const [again, more] = [pair({ num_thread: 2 }, slow, fast), pair({ num_thread: 2 }, slow, fast)]
    const often = report(ended([...outlineOf(repaired), ...again, ...more])).verdict
    expect(often).toMatchObject({ kind: 'improved', pairs: 4, sentence: { code: 'study.verdict.improved' } })
  })

  it('says "likely" where the interval excludes chance, but not surely enough to recommend a change', () => {
    const pairs = [0, 1, 2].flatMap(() => pair({ num_thread: 2 }, { decode: 40 }, { decode: 42.9 }))
    const trials = [
      ownLoad({ decode: 40 }),
      ownLoad({ decode: 40 }),
      searched({ num_thread: 2 }, { decode: 44 }),
      ...pairs,
    ]
    const { verdict, best, baseline: ownChoice } = report(ended(trials))
    expect(verdict).toMatchObject({ kind: 'inconclusive', sentence: { code: 'study.verdict.likely' } })
    expect(verdict.interval?.low).toBeGreaterThan(0)
    expect(best).toEqual(ownChoice)
  })

  it('keeps the baseline where the best lead is within the noise, and says so', () => {
    const trials = [ownLoad({ decode: 38 }), ownLoad({ decode: 42 }), searched({ num_thread: 2 }, { decode: 41.6 })]
    const { verdict } = report(ended(trials))
    expect(verdict).toMatchObject({ kind: 'keep', pairs: 0 })
    expect(verdict.reasons).toMatchObject([{ code: 'study.rivalWithinNoise', values: { num_thread: 2 } }])
  })

  it('recommends nothing after a stop, but names what looked promising', () => {
    const stopped = ended([ownLoad(slow), searched({ num_thread: 2 }, fast)], { state: 'stopped' })
    const { verdict, best, baseline: ownChoice, notes } = report(stopped)
    expect(verdict).toMatchObject({ kind: 'stopped', pairs: 0 })
    expect(best).toEqual(ownChoice)
    expect(notes).toMatchObject([{ code: 'study.promising', values: { num_thread: 2 } }])
  })

  it('holds after a stop if the pairs had settled it already', () => {
    expect(report({ ...repaired, state: 'stopped' }).verdict.kind).toBe('improved')
  })

  it('does not rest on a candidate that failed when loaded again', () => {
    const outOfMemory: TrialOutcome = { kind: 'outOfMemory', message: 'It does not fit.' }
    const trials: TrialSketch[] = [
      ownLoad(slow),
      searched({ num_thread: 2 }, fast),
      { purpose: 'confirmCandidate', configuration: { num_thread: 2 }, outcome: outOfMemory },
    ]
    const { verdict } = report(ended(trials))
    expect(verdict.kind).toBe('keep')
    expect(verdict.reasons.map(({ code }) => code)).toContain('study.candidateFailed')
  })
})

describe('judging for another goal', () => {
  it('uses the pairs that there are', () => {
    const { verdict, best } = report(repaired, 'throughput')
    expect(verdict.kind).toBe('improved')
    expect(verdict.gainPercent).toBeGreaterThan(300)
    expect(best.objective.mean).toBeGreaterThan(30)
  })

  it('does not recommend what no pairs have shown for that goal', () => {
    const study = ended([ownLoad({ ramMiB: 400 }), searched({ num_batch: 64 }, { ramMiB: 300 })])
    expect(report(study).verdict.kind).toBe('keep')
    const { verdict, best, baseline: ownChoice } = report(study, 'memory')
    expect(verdict).toMatchObject({ kind: 'inconclusive', pairs: 0 })
    expect(verdict.gainPercent).toBeCloseTo(25)
    expect(best).toEqual(ownChoice)
  })

  it('points to another configuration when the confirmed one is not the best for that goal', () => {
    const study = { ...repaired, trials: [...repaired.trials] }
    study.trials.push({
      ...ended([searched({ num_batch: 64 }, { ...fast, ramMiB: 200 })]).trials[0]!,
      number: study.trials.length + 1,
    })
    const { verdict } = report(study, 'memory')
    expect(verdict.kind).toBe('inconclusive')
    expect(verdict.reasons.at(-1)).toMatchObject({ code: 'study.rivalUnconfirmed', values: { num_batch: 64 } })
  })

  it('does not save memory at the price of replies that take much longer', () => {
    const study = ended([ownLoad({ ramMiB: 400 }), searched({ num_batch: 64 }, { ramMiB: 300, decode: 20 })])
    expect(report(study, 'memory').verdict).toMatchObject({ kind: 'keep' })
    expect(report(study, 'memory').alternatives.at(-1)?.configuration.num_batch).toBe(64)
  })
})

describe('the reason of a change', () => {
  const changesOf = (
    ownConfiguration: Partial<Configuration>,
    candidate: Partial<Configuration>,
    extra: TrialSketch[],
    change: Partial<Omit<Study, 'trials'>> = {},
  ) => {
    const confirmed = pair(candidate, slow, fast).map((trial) =>
      trial.purpose === 'confirmBaseline'
        ? { ...trial, configuration: ownConfiguration }
        : { ...trial, configuration: candidate },
    )
    const study = ended(
      [
        { ...ownLoad(slow), configuration: ownConfiguration },
        { ...searched({}, fast), configuration: candidate },
        ...extra,
        ...confirmed,
        ...confirmed,
      ],
      { plan: { ...aPlan, baseline: configured(ownConfiguration) }, ...change },
    )
    return report(study).changes
  }

  it('compares with the settings that differ in this one alone', () => {
    const alone: TrialSketch = {
      purpose: 'search',
      configuration: { num_thread: 2 },
      outcome: okOutcome({ ...fast, prefill: 500 }),
    }
    const changes = changesOf({ num_thread: 8 }, { num_thread: 2, num_batch: 1024 }, [alone])
    expect(changes).toMatchObject([
      { name: 'num_thread', reason: { code: 'study.threadsBeyondCores', values: { from: 8, to: 2 } } },
      {
        name: 'num_batch',
        reason: { code: 'study.batch', values: { from: 'automatic', to: 1024, fromSpeed: 500, toSpeed: 800 } },
      },
    ])
  })

  it('credits no change that made nothing better by itself', () => {
    const alone: TrialSketch = {
      purpose: 'search',
      configuration: { num_thread: 2 },
      outcome: okOutcome({ decode: 1 }),
    }
    const [threads] = changesOf({ num_thread: 8 }, { num_thread: 2, num_batch: 1024 }, [alone])
    expect(threads?.reason.code).toBe('study.changedTogether')
  })

  it('says when it would not fit otherwise', () => {
    const outOfMemory: TrialOutcome = { kind: 'outOfMemory', message: 'It does not fit.' }
    const more: TrialSketch = { purpose: 'search', configuration: { num_gpu: 20 }, outcome: outOfMemory }
    expect(changesOf({}, { num_gpu: 20, num_batch: 64 }, [more])).toMatchObject([
      { name: 'num_gpu', reason: { code: 'study.changedTogether' } },
      { name: 'num_batch', reason: { code: 'study.otherwiseNoFit', values: { from: 'automatic' } } },
    ])
  })

  it('names the slow cores of a hybrid processor', () => {
    const cpu = {
      ...twoCores.cpu,
      physicalCores: 8,
      performanceCores: 4,
      efficiencyCores: 4,
      logicalCores: 12,
      allowedCores: 12,
    }
    const changes = changesOf({ num_thread: 8 }, { num_thread: 4 }, [], { machine: { ...twoCores, cpu } })
    expect(changes).toMatchObject([{ reason: { code: 'study.threadsOnSlowCores', values: { fast: 4 } } }])
  })

  it.each([
    [{ num_thread: 2 }, { num_thread: 1 }, 'study.threadsFewer'],
    [{ num_thread: 1 }, { num_thread: 2 }, 'study.threadsMore'],
    [{}, { num_gpu: 20 }, 'study.layers'],
    [{ num_batch: 64 }, {}, 'study.batch'],
    [{ use_mmap: true }, { use_mmap: false }, 'study.mapping'],
  ])('%o → %o', (from, to, code) => {
    expect(changesOf(from, to, [])).toMatchObject([{ reason: { code } }])
  })
})

describe('the notes', () => {
  const codes = (study: Study, goal: Study['request']['goal'] = 'chat') =>
    report(study, goal).notes.map(({ code }) => code)

  it('tell of earlier studies that this one built upon, and only then', () => {
    const learnt = { studies: 3, parameters: { coreBandwidth: { mean: 23, sd: 0.2 } } }
    expect(report(ended([ownLoad(slow)], { learnt })).notes).toMatchObject([
      { text: 'This study began with what 3 earlier studies taught about this computer.' },
    ])
    expect(report(ended([ownLoad(slow)])).notes).toEqual([])
  })

  it('say that the figures of long answers are extrapolated', () => {
    expect(codes(ended([ownLoad(slow)]), 'throughput')).toContain('study.extrapolated')
    expect(codes(ended([ownLoad(slow)]))).not.toContain('study.extrapolated')
  })

  it('say that prompts were shortened to fit', () => {
    const plan = { ...aPlan, baseline: configured(own), workload: { promptTokens: 300, outputTokens: 120 } }
    expect(codes(ended([ownLoad(slow)], { plan }))).toContain('study.shortPrompt')
  })

  it('tell how many answers were unusual, without leaving them out', () => {
    const outcome = okOutcome({ decode: 40 })
    const flagged = outcome.repetitions.map((repetition, index) => ({ ...repetition, isOutlier: index === 2 }))
    const trial: TrialSketch = {
      purpose: 'baseline',
      configuration: own,
      outcome: { ...outcome, repetitions: flagged },
    }
    const { notes } = report(ended([trial]))
    expect(notes).toMatchObject([{ code: 'study.countOutliers', values: { count: 1, of: 3 } }])
  })

  it('tell how far loads and answers vary by themselves', () => {
    const loads = [40, 41, 40, 41].map((decode) => ownLoad({ decode }))
    const [note] = report(ended(loads)).notes
    expect(note).toMatchObject({ code: 'study.noise', values: { repetitions: 0 } })
    expect(Number(note?.values.loads)).toBeGreaterThan(1)
  })

  it('tell of drift, in either direction', () => {
    expect(codes(ended([50, 50, 40, 40].map((decode) => ownLoad({ decode }))))).toContain('study.becameSlower')
    expect(codes(ended([40, 40, 50, 50].map((decode) => ownLoad({ decode }))))).toContain('study.becameFaster')
    expect(codes(ended([40, 41, 40, 41].map((decode) => ownLoad({ decode }))))).toEqual(['study.noise'])
  })

  it('count every trial that left no figures or was cut short', () => {
    const kinds = ['outOfMemory', 'timeout', 'interference', 'failed', 'skipped'] as const
    const trials = kinds.map((kind, index): TrialSketch => ({
      purpose: 'search',
      configuration: { num_thread: index + 1 },
      outcome: { kind, message: 'No figures.' },
    }))
    const abandoned: TrialSketch = { purpose: 'search', outcome: { ...okOutcome({ decode: 1 }), stoppedEarly: true } }
    expect(codes(ended([ownLoad(slow), ...trials, abandoned]))).toEqual([
      'study.countOutOfMemory',
      'study.countTimeout',
      'study.countInterference',
      'study.countFailed',
      'study.countSkipped',
      'study.countAbandoned',
    ])
  })
})
