import { describe, expect, it } from 'vitest'
import { automatic } from '../../../preload/contract/model.ts'
import { trialsPlot } from '../../../renderer/charts/trials/trials-plot.ts'
import { standingOf } from '../../../renderer/figures/objective.ts'
import { english } from '../../../renderer/text/english.ts'
import { createFormat } from '../../../renderer/text/format.ts'
import { palettes } from '../../../renderer/ui/theme/theme.ts'
import { okOutcome, trial } from './support/fixtures.ts'

const words = english(createFormat('en'))
const colors = palettes.light
describe('the drawing of the trials', () => {
  const trials = [
    trial(1, okOutcome({ decode: 10, ramMiB: 2048 }), { purpose: 'baseline' }),
    trial(2, { kind: 'outOfMemory', message: 'no room' }),
    trial(3, okOutcome({ decode: 20, ramMiB: 1024 }), { configuration: { ...automatic, num_thread: 8 } }),
  ]
  const draw = (goal: 'chat' | 'memory', drawn = trials) =>
    trialsPlot({
      standing: standingOf(drawn, goal, { promptTokens: 400, outputTokens: 120 }),
      goal,
      words,
      colors,
      expectedTrials: 14,
    })

  it('sets trials without a figure apart, on an axis of their own', () => {
    const [, points, , failed] = draw('chat').data
    expect(points).toMatchObject({ x: [1, 3], y: [13, 7] })
    expect(failed).toMatchObject({ x: [2], yaxis: 'y2' })
  })

  it('rings the best and marks the user’s own settings by shape, not colour alone', () => {
    const [, points, ring] = draw('chat').data
    expect(ring).toMatchObject({ x: [3], y: [7] })
    expect(points).toMatchObject({ marker: { symbol: ['square', 'circle'] } })
  })

  it('draws the user’s own settings as a line at their mean', () => {
    expect(draw('chat').layout.shapes).toMatchObject([{ y0: 13, y1: 13 }])
  })

  it('counts memory in the gigabytes that its axis names', () => {
    expect(draw('memory').data[1]).toMatchObject({ y: [2, 1] })
  })

  it('leads a line along the best so far, up to the last trial that has ended', () => {
    const more = [...trials, trial(4, okOutcome({ decode: 15, ramMiB: 2048 })), trial(5, null)]
    expect(draw('chat', more).data[0]).toMatchObject({ x: [1, 3, 4], y: [13, 7, 7], line: { shape: 'hv' } })
  })

  it('shades where the user’s own settings lie by chance, once anything was loaded twice', () => {
    const again = trial(4, okOutcome({ decode: 10.5, ramMiB: 2048 }), { purpose: 'sentinel' })
    const [band, line] = draw('chat', [...trials, again]).layout.shapes ?? []
    const mean = (13 + (1 + 120 / 10.5)) / 2
    expect(line).toMatchObject({ type: 'line', y0: mean })
    expect(band).toMatchObject({ type: 'rect' })
    expect(Number(band?.y0)).toBeLessThan(1 + 120 / 10.5)
    expect(Number(band?.y1)).toBeGreaterThan(13)
  })

  it('has a title that says what was found so far', () => {
    const title = (shown: typeof trials) =>
      words.charts.trials.title(standingOf(shown, 'chat', { promptTokens: 400, outputTokens: 120 }), 'chat')
    expect(title([])).toBe('Seconds for a reply, trial by trial')
    expect(title(trials)).toBe('Seconds for a reply, trial by trial: the best is 46% better than now')
    expect(title(trials.slice(0, 2))).toMatch(/nothing clearly better than now$/)
  })

  it('does not take shortened loads for noise', () => {
    const short = { ...trial(4, okOutcome({ decode: 14 })), fidelity: { repetitions: 1, outputTokens: 8 } }
    expect(draw('chat', [...trials, short]).layout.shapes).toHaveLength(1)
  })

  it('has its full length from the start, so that no point moves as others come', () => {
    expect(draw('chat', trials.slice(0, 1)).layout.xaxis?.range).toEqual([0.5, 14.5])
    expect(draw('chat', []).layout.shapes).toEqual([])
  })
})
