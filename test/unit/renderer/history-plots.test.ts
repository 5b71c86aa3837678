import { describe, expect, it } from 'vitest'
import type { MeasuredChoice, StudySummary } from '../../../preload/contract/study.ts'
import { comparePlot } from '../../../renderer/charts/history/compare-plot.ts'
import { historyPlot } from '../../../renderer/charts/history/history-plot.ts'
import { changeOver, historiesOf } from '../../../renderer/figures/history.ts'
import { english } from '../../../renderer/text/english.ts'
import { createFormat } from '../../../renderer/text/format.ts'
import { palettes } from '../../../renderer/ui/theme/theme.ts'

const format = createFormat('en')
const words = english(format)
const colors = palettes.light
const exactly = (mean: number) => ({ mean, interval: null, count: 1 })

const summary = (createdAt: string, change: Partial<StudySummary> & { after?: number | null } = {}): StudySummary => {
  const { after = 10, ...rest } = change
  return {
    id: createdAt,
    createdAt,
    daemonVersion: '0.32.0',
    model: { daemon: 'ollama', name: 'm' },
    goal: 'chat',
    speeds: after === null ? null : { before: exactly(8), after: exactly(after) },
    ...rest,
  } as StudySummary
}

describe('a model’s speed over time', () => {
  const studies = [
    summary('2026-03-01', { after: 12, daemonVersion: '0.33.0' }),
    summary('2026-02-01', { after: null }),
    summary('2026-02-02', { goal: 'memory' }),
    summary('2026-01-01'),
  ]
  const [history, ...others] = historiesOf(studies)

  it('is told for a model and goal with more than one result, oldest first', () => {
    expect(history?.results.map(({ createdAt }) => createdAt)).toEqual(['2026-01-01', '2026-03-01'])
    expect(others).toEqual([])
    expect(history && changeOver(history)).toBeCloseTo(20, 9)
  })

  it('is drawn before and after each study, and says which version ran it where that changed', () => {
    const drawing = historyPlot({ history: { results: history?.results ?? [] }, words, format, colors })
    expect(drawing.data).toMatchObject([{ y: [8, 8] }, { y: [10, 12], mode: 'lines+markers' }])
    expect(drawing.layout.annotations?.map(({ text }) => text)).toEqual(['0.32.0', '0.33.0'])
  })

  it('has a title that says what became of it', () => {
    expect(words.charts.history.title('m', 20, 'Jan 1')).toBe('m writes 20% faster than on Jan 1')
    expect(words.charts.history.title('m', -2, 'Jan 1')).toBe('m writes about as fast as on Jan 1')
  })
})

describe('two studies side by side', () => {
  const choice = (turn: number, decode: number): MeasuredChoice =>
    ({
      turnSeconds: exactly(turn),
      ttftSeconds: exactly(1),
      prefillTokensPerSecond: exactly(100),
      decodeTokensPerSecond: exactly(decode),
      memory: { ramMiB: 1024, vramMiB: 0 },
    }) as MeasuredChoice
  const left = { baseline: choice(20, 10), best: choice(10, 20) }
  const right = { baseline: choice(15, 10), best: choice(5, 40) }

  it('are lines from before to after, in percent of where the first began', () => {
    const [first, second] = comparePlot({ left, right, words, colors }).data
    const ends = (trace: typeof first) => (trace && 'x' in trace ? (trace.x as (number | null)[]).slice(0, 9) : [])
    expect(ends(first)).toEqual([100, 50, null, 100, 100, null, 100, 200, null])
    expect(ends(second)).toEqual([75, 25, null, 100, 100, null, 100, 400, null])
  })
})
