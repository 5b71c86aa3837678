import type { Annotations, Data } from 'plotly.js-basic-dist-min'
import type { History, PastResult } from '../../figures/history.ts'
import type { Format } from '../../text/format.ts'
import type { Words } from '../../text/english.ts'
import type { Palette } from '../../ui/theme/theme.ts'
import { baseAxis, baseLayout, intervalBars } from '../frame/chart-style.ts'
import type { Drawing } from '../frame/plot.tsx'

interface HistoryPlotOptions {
  history: Pick<History, 'results'>
  words: Words
  format: Format
  colors: Palette
}

/** plotly's description of a model's speed over time: before and after each study, and where the daemon's version changed. */
export function historyPlot({ history: { results }, words, format, colors }: HistoryPlotOptions): Drawing {
  const dates = results.map(({ createdAt }) => createdAt)
  const trace = (kind: 'before' | 'after', marker: { symbol: 'square' | 'circle'; color: string }): Data => {
    const estimates = results.map((result) => result[kind])
    return {
      type: 'scatter',
      mode: kind === 'after' ? 'lines+markers' : 'markers',
      name: words.charts.history[kind],
      x: dates,
      y: estimates.map(({ mean }) => mean),
      error_y: intervalBars(estimates, colors),
      hovertext: results.map((result) =>
        [
          format.dateTime(result.createdAt),
          result.version,
          `${words.charts.history[kind]}: ${words.metrics.decode.of(result[kind].mean)}`,
        ].join('<br>'),
      ),
      hoverinfo: 'text',
      line: { color: colors.accent, width: 1.5 },
      marker: { size: 11, ...marker },
    }
  }
  return {
    data: [
      trace('before', { symbol: 'square', color: colors.neutralBar }),
      trace('after', { symbol: 'circle', color: colors.accent }),
    ],
    layout: {
      ...baseLayout(colors),
      showlegend: true,
      legend: { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom', itemclick: false, itemdoubleclick: false },
      xaxis: { ...baseAxis(colors, ''), type: 'date', nticks: 6, showgrid: false },
      yaxis: { ...baseAxis(colors, words.goals.throughput.axis), rangemode: 'tozero', nticks: 6 },
      annotations: results.flatMap((result, i) =>
        result.version === results[i - 1]?.version ? [] : [versionMark(result, colors)],
      ),
    },
  }
}

function versionMark({ createdAt, version, after }: PastResult, colors: Palette): Partial<Annotations> {
  return {
    text: version,
    x: createdAt,
    y: after.mean,
    yshift: 22,
    showarrow: false,
    font: { color: colors.text, size: 12 },
  }
}
