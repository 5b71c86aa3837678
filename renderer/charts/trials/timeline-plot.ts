import type { PlotData } from 'plotly.js-basic-dist-min'
import type { TimedTrial, TimeShares } from '../../figures/timeline.ts'
import type { Words } from '../../text/english.ts'
import type { Palette } from '../../ui/theme/theme.ts'
import { baseAxis, baseLayout } from '../frame/chart-style.ts'
import type { Drawing } from '../frame/plot.tsx'

interface TimelinePlotOptions {
  timeline: readonly TimedTrial[]
  words: Words
  colors: Palette
}

/** Where a bar begins, which the library's types leave out. */
interface Bars extends Partial<PlotData> {
  base: number[]
}

const rows = ['confirm', 'search', 'baseline'] as const

/** plotly's description of where the minutes went: a row a phase, a bar a trial, in three kinds of time. */
export function timelinePlot({ timeline, words, colors }: TimelinePlotOptions): Drawing {
  const { phases } = words.charts.timeline
  const bars = (
    kind: keyof TimeShares,
    before: (trial: TimedTrial) => number,
    marker: { color: string; pattern?: { shape: '/'; fgcolor: string } },
  ): Bars => ({
    type: 'bar',
    orientation: 'h',
    name: words.charts.timeline[kind],
    y: timeline.map(({ phase }) => phases[phase]),
    base: timeline.map((trial) => (trial.startSeconds + before(trial)) / 60),
    x: timeline.map((trial) => trial[kind] / 60),
    hovertext: timeline.map((trial) =>
      [
        words.charts.trials.point(trial.trial.number),
        words.parameters.summary(trial.trial.configuration),
        words.outcomes[trial.trial.outcome?.kind ?? 'running'],
      ].join('<br>'),
    ),
    hoverinfo: 'text',
    marker: { ...marker, line: { width: 1, color: colors.surface } },
  })
  return {
    data: [
      bars('loading', () => 0, { color: colors.neutralBar }),
      bars('answering', ({ loading }) => loading, { color: colors.accent }),
      bars('lost', ({ loading, answering }) => loading + answering, {
        color: colors.sunken,
        pattern: { shape: '/', fgcolor: colors.controlLine },
      }),
    ],
    layout: {
      ...baseLayout(colors),
      barmode: 'overlay',
      bargap: 0.45,
      showlegend: true,
      legend: { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom', itemclick: false, itemdoubleclick: false },
      xaxis: { ...baseAxis(colors, words.charts.timeline.axis), rangemode: 'tozero', nticks: 8 },
      yaxis: {
        ...baseAxis(colors, ''),
        categoryorder: 'array',
        categoryarray: rows.map((phase) => phases[phase]),
        showgrid: false,
      },
    },
  }
}
