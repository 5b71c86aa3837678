import type { Data } from 'plotly.js-basic-dist-min'
import type { Report } from '../../../preload/contract/study.ts'
import { metrics } from '../../figures/metrics.ts'
import type { Words } from '../../text/english.ts'
import type { Palette } from '../../ui/theme/theme.ts'
import { baseAxis, baseLayout } from '../frame/chart-style.ts'
import type { Drawing } from '../frame/plot.tsx'

type Compared = Pick<Report, 'baseline' | 'best'>

interface ComparePlotOptions {
  left: Compared
  right: Compared
  words: Words
  colors: Palette
}

/** How far the two studies' lines stand apart in the row of a figure. */
const apart = 0.18

/** plotly's description of two studies: for each figure a line from before to after, in percent of the first's before. */
export function comparePlot({ left, right, words, colors }: ComparePlotOptions): Drawing {
  const row = (index: number) => metrics.length - 1 - index
  const trace = (report: Compared, index: 0 | 1, color: string): Data => ({
    type: 'scatter',
    mode: 'lines+markers',
    name: words.charts.compare.studies[index],
    x: metrics.flatMap((metric) => [...shares(report, left, metric), null]),
    y: metrics.flatMap((_, i) => {
      const place = row(i) + (index === 0 ? apart : -apart)
      return [place, place, null]
    }),
    hovertext: metrics.flatMap(({ name, of }) => [
      `${words.result.before}: ${words.metrics[name].of(of(report.baseline).mean)}`,
      `${words.result.after}: ${words.metrics[name].of(of(report.best).mean)}`,
      '',
    ]),
    hoverinfo: 'text',
    line: { color, width: 2 },
    marker: {
      size: 11,
      color,
      symbol: metrics.flatMap(() => [
        index === 0 ? 'circle-open' : 'diamond-open',
        index === 0 ? 'circle' : 'diamond',
        'circle',
      ]),
    },
  })
  return {
    data: [trace(left, 0, colors.accent), trace(right, 1, colors.text)],
    layout: {
      ...baseLayout(colors),
      showlegend: true,
      legend: { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom', itemclick: false, itemdoubleclick: false },
      xaxis: { ...baseAxis(colors, words.charts.compare.axis), nticks: 7 },
      yaxis: {
        ...baseAxis(colors, ''),
        range: [-0.6, metrics.length - 0.4],
        tickvals: metrics.map((_, i) => row(i)),
        ticktext: metrics.map(({ name }) => words.metrics[name].name),
        showgrid: false,
      },
    },
  }
}

function shares(report: Compared, first: Compared, { of }: (typeof metrics)[number]): [before: number, after: number] {
  const whole = of(first.baseline).mean
  return [(100 * of(report.baseline).mean) / whole, (100 * of(report.best).mean) / whole]
}
