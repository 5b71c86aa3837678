import { describe, expect, it } from 'vitest'
import {
  insightQuestionSchema,
  insightSchema,
  type ChoiceRole,
  type InsightQuestion,
} from '../../../preload/contract/insight.ts'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { engineState } from '../../../main/search/engine-state.ts'
import { createRandom, drawNormal, shuffle } from '../../../main/search/random.ts'
import { insightFor } from '../../../main/study/insight/insight.ts'
import { searchOf } from '../../../main/study/plan.ts'
import { insightSentences, type InsightCode } from '../../../main/words/insight.ts'
import { say } from '../../../main/words/say.ts'
import { configurationValues } from '../../../main/study/report/settings-values.ts'
import { machines, modelOf8B } from '../search/problems.ts'
import { aStudy, configured, okOutcome, type Speed, type TrialSketch } from './builders.ts'

const insight = (study: Study, question: InsightQuestion = {}) => insightSchema.parse(insightFor(study, question))

/**
 * A finished study of an 8B model on eight cores with the speeds that a test wants, and two percent of noise.
 */
function measured(trials: number, speedOf: (threads: number, batch: number) => Speed): Study {
  const machine = machines['eight cores']!
  const model = { ref: { daemon: 'ollama', name: 'm' }, digest: 'sha256:m', facts: modelOf8B, parameters: {} } as const
  const study = aStudy({ state: 'finished', phase: 'done', machine, model })
  const { problem, space } = searchOf(study)
  const random = createRandom(3)
  const [baseline, ...others] = space.candidates
  const chosen = [baseline!, baseline!, ...shuffle(others, random).slice(0, trials - 2)]
  const outcomeOf = (configuration: Configuration) => {
    const { threads, batch } = engineState(problem, configuration)
    const { ttft = 1, decode = 1, ramMiB = 1000 } = speedOf(threads, batch)
    const noise = Math.exp(0.02 * drawNormal(random))
    return okOutcome({ ttft: ttft * noise, decode: decode / noise, ramMiB: ramMiB + batch })
  }
  return aStudy({
    ...study,
    trials: chosen.map((configuration, i): TrialSketch => ({
      purpose: i < 2 ? 'baseline' : 'search',
      configuration,
      outcome: outcomeOf(configuration),
    })),
  })
}
/** Threads and batch each multiply the time of a reply, so that neither changes what the other does. */
const threadsDecide = measured(16, (threads, batch) => {
  const decode = 1.7 * Math.min(threads, 6) * (threads > 8 ? 0.6 : 1)
  return { decode, ttft: (120 / decode) * (1 + 8 / batch) }
})

describe('what matters', () => {
  const { importance } = insight(threadsDecide)

  it('is found, with its share, its interval and a sentence', () => {
    const [first, second] = importance!.parameters
    expect(first).toMatchObject({ name: 'num_thread', group: 1, reference: 8 })
    expect(first!.share.low).toBeGreaterThan(0.6)
    expect(first!.share.value).toBeGreaterThan(second!.share.high)
    expect(importance!.sentences[0]?.text).toMatch(
      /^What matters most is processor threads \(num_thread\): \d+% \(\d+–\d+%\) of the differences come from it\.$/,
    )
  })

  it('comes with a curve relative to the present value, and the measured loads around it', () => {
    const [{ curve, points } = { curve: [], points: [] }] = importance!.parameters
    const at = (value: number) => curve.find((point) => point.value === value)!.ratio
    expect(at(8)).toEqual({ value: 1, low: 1, high: 1 })
    expect(at(4).low).toBeGreaterThan(1.1)
    expect(points.length).toBeGreaterThan(8)
    for (const { value, partialRatio } of points) {
      const { low, high } = at(Number(value))
      expect(partialRatio).toBeGreaterThan(low * 0.8)
      expect(partialRatio).toBeLessThan(high * 1.3)
    }
  })

  it('says what each curve shows, and which two values go best together', () => {
    const [threads, batch] = importance!.parameters
    expect(threads!.finding.text).toMatch(/^Best with [56] to 8 for processor threads: less and more make it slower\.$/)
    expect(batch!.finding.code).toMatch(/^insight\.effect/)
    const { names, cells, finding } = importance!.map!
    expect(names).toEqual(['num_thread', 'num_batch'])
    const best = cells.find(({ ratio }) => ratio === 1)!
    expect(best.values[0]).toBeOneOf([6, 7, 8])
    expect(finding.values).toMatchObject({ firstValue: best.values[0], secondValue: best.values[1] })
    expect(cells.reduce((sum, { loads }) => sum + loads, 0)).toBe(importance!.parameters[0]!.points.length)
    expect(cells.find(({ values }) => values[0] === 4)!.ratio).toBeGreaterThan(1.1)
  })

  it('is judged among setups that work: what crawls does not swallow the rest', () => {
    const crawling = measured(16, (threads, batch) => ({
      ttft: 8 + 400 / batch,
      decode: threads > 8 ? 0.3 : 10 + threads / 16,
    }))
    const { parameters, leftOut } = insight(crawling).importance!
    expect(leftOut).toBeGreaterThan(5)
    const find = (name: string) => parameters.find((parameter) => parameter.name === name)!
    expect(find('num_thread').curve.every(({ value }) => Number(value) <= 8)).toBe(true)
    expect(find('num_batch').share.value).toBeGreaterThan(0.1)
  })

  it('is another for another goal: threads take no memory', () => {
    const { parameters } = insight(threadsDecide, { goal: 'memory' }).importance!
    expect(parameters[0]?.name).toBe('num_batch')
    expect(parameters.find(({ name }) => name === 'num_thread')?.group).toBeNull()
  })

  it('is not told where next to nothing was measured', () => {
    expect(insight(aStudy({ trials: [{ purpose: 'baseline' }] })).importance).toBeNull()
  })

  it('is the same every time', () => {
    expect(insight(threadsDecide)).toEqual(insight(threadsDecide))
  })
})

describe('what there is to choose between', () => {
  const of = (configuration: Partial<Configuration>, speed: Speed): TrialSketch => ({
    purpose: 'search',
    configuration,
    outcome: okOutcome(speed),
  })
  const study = aStudy({
    state: 'finished',
    trials: [
      { purpose: 'baseline', outcome: okOutcome({ ttft: 1, decode: 20, ramMiB: 4000 }) },
      of({ num_thread: 1 }, { ttft: 1.2, decode: 19, ramMiB: 4500 }),
      of({ num_thread: 2 }, { ttft: 0.4, decode: 40, ramMiB: 6000 }),
      of({ num_batch: 64 }, { ttft: 2, decode: 22, ramMiB: 2000 }),
      of({ num_batch: 128 }, { ttft: 1.1, decode: 24, ramMiB: 2600 }),
      of({ num_thread: 3 }, { ttft: 0.1, decode: 90, ramMiB: 1000 }),
      { purpose: 'search', configuration: { num_thread: 3 }, outcome: { kind: 'outOfMemory', message: '' } },
    ],
  })
  const preferred = (question: InsightQuestion = {}) =>
    insight(study, question).tradeOffs.choices.find(({ isPreferred }) => isPreferred)?.configuration ?? null

  it('is the Pareto front of what can be relied upon', () => {
    const { choices, hypervolume } = insight(study).tradeOffs
    const front = choices.filter(({ isParetoOptimal }) => isParetoOptimal).map(({ configuration }) => configuration)
    expect(front).toHaveLength(4)
    expect(front).not.toContainEqual(configured({ num_thread: 1 }))
    expect(choices).toHaveLength(5)
    expect(hypervolume.value).toBeGreaterThan(1)
    expect(hypervolume.reference.turnSeconds).toBe(14)
  })

  it('follows the goal, and a person’s own weights', () => {
    expect(preferred()).toEqual(configured({ num_thread: 2 }))
    expect(preferred({ weights: { memoryMiB: 1 } })).toEqual(configured({ num_batch: 64 }))
    expect(preferred({ weights: { memoryMiB: 1, turnSeconds: 1 } })).toEqual(configured({ num_batch: 128 }))
  })

  it('keeps a person’s limits', () => {
    expect(preferred({ limits: { memoryMiB: 5000 } })).toEqual(configured({ num_batch: 128 }))
    expect(preferred({ limits: { memoryMiB: 5000, ttftSeconds: 1.05 } })).toEqual(configured())
    const { choices, sentences } = insight(study, { limits: { memoryMiB: 1500 } }).tradeOffs
    expect(choices.every(({ isPreferred, keepsLimits }) => !isPreferred && !keepsLimits)).toBe(true)
    expect(choices[0]?.configuration).toEqual(configured({ num_batch: 64 }))
    expect(sentences.map(({ code }) => code)).toEqual(['insight.nothingKeepsLimits'])
  })

  it('limits a reply’s time under the memory goal as the study itself does', () => {
    expect(insight(study, { goal: 'memory' }).tradeOffs.limits.turnSeconds).toBeCloseTo(7.7, 9)
    expect(preferred({ goal: 'memory' })).toEqual(configured({ num_batch: 64 }))
  })

  it('names the fastest, the lightest and a compromise, each with what it means for a person', () => {
    const { choices } = insight(study).tradeOffs
    const of = (role: ChoiceRole) => choices.find(({ roles }) => roles.includes(role))!
    expect(of('fastest').configuration).toEqual(configured({ num_thread: 2 }))
    expect(of('lightest').configuration).toEqual(configured({ num_batch: 64 }))
    expect(of('balanced').configuration).toEqual(configured({ num_batch: 128 }))
    expect(of('lightest').consequences.map(({ text }) => text)).toEqual([
      'A reply takes 7.45 s, 6% more time than now.',
      'The first word comes after 2 s, 100% more time than now.',
      'It leaves 9.8 GB of memory for other programs.',
      'Measured in one load only; if you save it, it is measured again as saved.',
    ])
  })

  it('keeps to the present settings in every role that another would fill hardly better', () => {
    const alike = aStudy({ trials: [{ purpose: 'baseline' }, of({ num_thread: 1 }, { decode: 40.5, ramMiB: 296 })] })
    const [other, present] = insight(alike).tradeOffs.choices
    expect(present?.roles).toEqual(['fastest', 'balanced', 'lightest'])
    expect(present?.consequences[0]?.text).toBe('This is what you have now.')
    expect(other?.roles).toEqual([])
  })

  it('does not count what the model held already as lost to other programs', () => {
    const [loaded] = insight({ ...study, loadedBefore: [{ name: study.model.ref.name, contextLength: null }] })
      .tradeOffs.choices
    const [unloaded] = insight(study).tradeOffs.choices
    const left = (choice: typeof loaded) =>
      Number(choice?.consequences.find(({ code }) => code === 'insight.leavesMemory')?.values['leftMiB'])
    expect(left(loaded) - left(unloaded)).toBe(4000)
  })

  it('compares with the present settings even where one load of them failed', () => {
    const failed: TrialSketch = { purpose: 'sentinel', outcome: { kind: 'timeout', message: '' } }
    const { choices } = insight(aStudy({ trials: [{ purpose: 'baseline' }, failed] })).tradeOffs
    expect(choices.map(({ configuration }) => configuration)).toEqual([configured()])
  })

  it('stays with the present settings where nothing is worth the change', () => {
    const alike = aStudy({
      trials: [{ purpose: 'baseline' }, of({ num_thread: 1 }, { decode: 40.8 })],
    })
    const { choices, hypervolume } = insight(alike).tradeOffs
    expect(choices.find(({ isPreferred }) => isPreferred)?.configuration).toEqual(configured())
    expect(hypervolume.value).toBeCloseTo(1, 1)
  })

  it('is refused before the present settings were measured, and for weights that are none', () => {
    expect(() => insightFor(aStudy(), {})).toThrow(expect.objectContaining({ code: 'conflict' }))
    expect(insightQuestionSchema.safeParse({ weights: { turnSeconds: 0 } }).success).toBe(false)
    expect(insightQuestionSchema.safeParse({ limits: { ttftSeconds: -1 } }).success).toBe(false)
    expect(insightQuestionSchema.safeParse({ weights: { beauty: 1 } }).success).toBe(false)
  })
})

describe('the sentences of an insight', () => {
  const values = {
    ...configurationValues(configured({ num_thread: 4 })),
    name: 'num_thread',
    names: 'num_batch, use_mmap',
    first: 'num_gpu',
    second: 'num_batch',
    share: 71.2,
    low: 55.4,
    high: 83.3,
    most: 2,
    setups: 120,
    widestRatio: 2,
    spreadPercent: 14.3,
    count: 3,
    of: 9,
    loads: 2,
    percent: 87,
    turnSeconds: -12.2,
    memoryMiB: 5.1,
    goal: 'chat',
    lowest: 4,
    highest: 8,
    value: false,
    firstValue: 26,
    secondValue: 512,
    seconds: 4.567,
    change: -12.4,
    leftMiB: 3174,
    leftVramMiB: 512,
    ramMiB: 5120,
    vramMiB: 0,
  }
  const text = (code: InsightCode, change: object = {}) => say({ code, values: { ...values, ...change } }).text

  it.each(Object.keys(insightSentences) as InsightCode[])('%s is a whole sentence without gaps', (code) => {
    expect(text(code)).toMatch(/^[A-Z0-9].*\.$/)
    expect(text(code)).not.toMatch(/undefined|NaN|null|\[object/)
  })

  it('say shares as whole percent, and what is more than nothing as such', () => {
    expect(text('insight.alsoMatters')).toContain('71% (55–83%)')
    expect(text('insight.alsoMatters', { share: 3, low: 0.2, high: 101 })).toContain('3% (<1–100%)')
    expect(text('insight.alsoMatters', { share: 3, low: -0.1 })).toContain('3% (0–83%)')
  })

  it('name what cannot be told from nothing', () => {
    expect(text('insight.notDistinguishable')).toBe(
      'Tokens read at once and file mapping: not distinguishable from no effect.',
    )
  })

  it('say what a choice costs and gains', () => {
    expect(text('insight.preferred')).toContain(
      '4 processor threads. Compared with now: 12% less time per reply, 5% more memory (from 2 loads).',
    )
  })
})
