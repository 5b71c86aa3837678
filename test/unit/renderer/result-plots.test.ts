import { describe, expect, it } from 'vitest'
import type { ParameterImportance, SettingMap } from '../../../preload/contract/insight.ts'
import { automatic } from '../../../preload/contract/model.ts'
import type { MeasuredChoice } from '../../../preload/contract/study.ts'
import type { OkOutcome, TrialOutcome } from '../../../preload/contract/trial.ts'
import { choicesPlot } from '../../../renderer/charts/choices/choices-plot.ts'
import { choicesTable } from '../../../renderer/charts/choices/choices-table.ts'
import { parallelPlot } from '../../../renderer/charts/choices/parallel-plot.ts'
import { csvOf } from '../../../renderer/charts/frame/chart-table.ts'
import { effectPlot } from '../../../renderer/charts/settings/effect-plot.ts'
import { mapPlot } from '../../../renderer/charts/settings/map-plot.ts'
import { timelinePlot } from '../../../renderer/charts/trials/timeline-plot.ts'
import { frontOf, tradeAcross } from '../../../renderer/figures/front.ts'
import { timelineOf, totalShares } from '../../../renderer/figures/timeline.ts'
import { english } from '../../../renderer/text/english.ts'
import { createFormat } from '../../../renderer/text/format.ts'
import { palettes } from '../../../renderer/ui/theme/theme.ts'
import { okOutcome, trial } from './support/fixtures.ts'

const format = createFormat('en')
const words = english(format)
const colors = palettes.light
const choice = (
  numThread: number,
  figures: { turn: number; ramMiB: number; ttft?: number; decode?: number },
): MeasuredChoice => ({
  configuration: { ...automatic, num_thread: numThread },
  loads: 2,
  turnSeconds: { mean: figures.turn, interval: { low: figures.turn - 1, high: figures.turn + 2 }, count: 6 },
  ttftSeconds: { mean: figures.ttft ?? 1, interval: null, count: 1 },
  prefillTokensPerSecond: { mean: 100, interval: null, count: 1 },
  decodeTokensPerSecond: { mean: figures.decode ?? 10, interval: null, count: 1 },
  memory: { ramMiB: figures.ramMiB, vramMiB: 0 },
  objective: { mean: figures.turn, interval: null, count: 1 },
  isParetoOptimal: true,
})
const best = choice(8, { turn: 10, ramMiB: 2048, decode: 12 })
const lightest = choice(4, { turn: 14, ramMiB: 1024, decode: 9 })
const baseline = choice(0, { turn: 15, ramMiB: 2048, ttft: 0.5 })
const report = { best, baseline, alternatives: [best, lightest, baseline] }

describe('the front of two figures', () => {
  it('has what nothing beats in both, lightest first, whichever way is better', () => {
    expect(frontOf('turn', report.alternatives)).toEqual([lightest, best])
    expect(frontOf('ttft', report.alternatives)).toEqual([lightest, baseline])
    expect(frontOf('decode', report.alternatives)).toEqual([lightest, best])
  })

  it('says what its lightest end saves and costs', () => {
    expect(tradeAcross('turn', [lightest, best])).toEqual({
      savedMiB: 1024,
      costPercent: expect.closeTo(40, 9) as number,
    })
    expect(tradeAcross('decode', [lightest, best])?.costPercent).toBeCloseTo(25, 9)
    expect(tradeAcross('turn', [best])).toBeNull()
  })
})

describe('the drawing of the choices', () => {
  const draw = (metric: 'turn' | 'ttft', picked = 1) => choicesPlot({ report, metric, picked, words, colors })

  it('joins those that nothing beats in the two figures that it shows', () => {
    expect(draw('turn').data[0]).toMatchObject({ mode: 'lines', x: [1, 2], y: [14, 10] })
    expect(draw('ttft').data[0]).toMatchObject({ x: [1, 2], y: [1, 0.5] })
  })

  it('shows the interval of each, and which point is which', () => {
    expect(draw('turn').data[1]).toMatchObject({
      error_y: { array: [2, 2, 2], arrayminus: [1, 1, 1] },
      customdata: [0, 1, 2],
      marker: { symbol: ['circle', 'circle', 'square'] },
    })
  })

  it('rings the one that is looked at, or none', () => {
    expect(draw('turn').data[2]).toMatchObject({ x: [1], y: [14] })
    expect(draw('turn', -1).data[2]).toMatchObject({ x: [] })
  })

  it('names the recommended one and the present one', () => {
    expect(draw('turn').layout.annotations?.map(({ text }) => text)).toEqual(['recommended', 'as it is now'])
  })
})

describe('the drawing of all setups', () => {
  const { data, layout } = parallelPlot({ report, words, colors, isNarrow: false })

  it('has an axis for each setting that differs and for what setups cost', () => {
    expect(layout.xaxis?.ticktext).toEqual([
      'Processor<br>threads',
      'Time for a<br>reply',
      'Wait for the<br>first word',
      'Memory',
    ])
  })

  it('writes a word a line where there is no more room than a phone has', () => {
    const narrow = parallelPlot({ report, words, colors, isNarrow: true })
    expect(narrow.layout.xaxis?.ticktext).toContain('Wait<br>for<br>the<br>first<br>word')
  })

  it('leads each setup from its setting to its figures, the best thickest', () => {
    const [others, present, recommended] = data
    expect(others).toMatchObject({ x: [0, 1, 2, 3, null], y: [0.5, 0.8, 1, 0, null] })
    expect(present).toMatchObject({ line: { dash: 'dash' }, y: [0, 1, 0, 1, null] })
    expect(recommended).toMatchObject({ line: { width: 3 }, y: [1, 0, 1, 1, null] })
  })
})

describe('the drawing of an effect', () => {
  const band = (value: number) => ({ value, low: value - 0.02, high: value + 0.02 })
  const parameter: Pick<ParameterImportance, 'name' | 'curve' | 'points'> = {
    name: 'num_batch',
    curve: [
      { value: 64, ratio: band(1.2) },
      { value: 512, ratio: band(1) },
    ],
    points: [{ configuration: automatic, value: 512, measuredRatio: 1.1, partialRatio: 0.99 }],
  }
  const { data, layout } = effectPlot({ parameter, goal: 'chat', words, colors })

  it('has the curve within its band, in percent of the present value', () => {
    const [low, high, middle] = data.map((trace) => ('y' in trace ? trace.y : []))
    expect(low).toEqual([expect.closeTo(18, 9), expect.closeTo(-2, 9)])
    expect(high).toEqual([expect.closeTo(22, 9), expect.closeTo(2, 9)])
    expect(middle).toEqual([expect.closeTo(20, 9), 0])
  })

  it('has the measured loads over it, each above its own value', () => {
    expect(data[3]).toMatchObject({ mode: 'markers', x: [1], y: [expect.closeTo(-1, 9)] })
    expect(layout.xaxis?.ticktext).toEqual(['64', '512'])
  })
})

describe('the drawing of two settings together', () => {
  const map: Pick<SettingMap, 'names' | 'cells'> = {
    names: ['num_thread', 'num_batch'],
    cells: [
      { values: [4, 512], ratio: 1.25, loads: 0 },
      { values: [8, 512], ratio: 1, loads: 2 },
      { values: [8, 64], ratio: 1.1, loads: 1 },
    ],
  }
  const { layout } = mapPlot({ map, words, format, colors })

  it('writes into each cell how much worse it is, and whether it was measured', () => {
    expect(layout.annotations?.map(({ x, y, text }) => [x, y, text])).toEqual([
      [0, 1, '25%'],
      [1, 1, '0% •'],
      [1, 0, '10% •'],
    ])
  })

  it('darkens the best and leaves out what no setup has', () => {
    const fills = layout.shapes?.map(({ fillcolor }) => fillcolor)
    expect(fills).toHaveLength(3)
    expect(fills?.[0]).toBe(colors.sunken)
    expect(fills?.[1]).toBe(colors.accent)
    expect(layout.annotations?.[1]?.font).toMatchObject({ color: colors.surface })
  })
})

describe('where the minutes went', () => {
  const answered = { ...okOutcome({ decode: 12 }), repetitions: [{ totalSeconds: 12 }] as OkOutcome['repetitions'] }
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString()
  const ended = (number: number, from: number, to: number, outcome: TrialOutcome = answered) => ({
    ...trial(number, outcome, { purpose: number === 1 ? 'baseline' : 'search' }),
    startedAt: at(from),
    finishedAt: at(to),
  })
  const timeline = timelineOf([
    ended(1, 0, 30),
    ended(2, 40, 60),
    { ...ended(3, 60, 61), finishedAt: null, outcome: null },
  ])

  it('is counted without pauses, trial after trial', () => {
    expect(timeline.map(({ startSeconds, phase }) => [startSeconds, phase])).toEqual([
      [0, 'baseline'],
      [30, 'search'],
    ])
  })

  it('adds up to the time that the trials took', () => {
    const { loading, answering, lost } = totalShares(timeline)
    expect(loading + answering + lost).toBeCloseTo(50, 9)
    expect(loading).toBeGreaterThan(0)
    expect(answering).toBe(24)
  })

  it('counts a trial without a figure as lost', () => {
    const [failed] = timelineOf([{ ...ended(1, 0, 20), outcome: { kind: 'timeout', message: '' } }])
    expect(failed).toMatchObject({ loading: 0, answering: 0, lost: 20 })
  })

  it('is drawn as a bar a trial, in a row a phase', () => {
    const { data } = timelinePlot({ timeline, words, colors })
    expect(data[0]).toMatchObject({ y: ['As it is now', 'Search'], base: [0, 0.5] })
    expect(data).toHaveLength(3)
  })
})

describe('the figures behind a picture', () => {
  it('are saved with bare numbers, their units in the heading', () => {
    const [heading, first] = csvOf(choicesTable(report, words)).split('\r\n')
    expect(heading).toBe(
      'Settings,Time for a reply (s),Wait for the first word (s),Writing speed (tokens/s),Reading speed (tokens/s),Memory (MiB)',
    )
    expect(first).toBe('8 threads,10,1,12,100,2048')
  })

  it('keep commas, quotes and line breaks within their cells', () => {
    const table = { columns: [{ name: 'a' }], rows: [{ key: '1', cells: ['one, "two"\nthree'] }] }
    expect(csvOf(table)).toBe('a\r\n"one, ""two""\nthree"\r\n')
  })
})
