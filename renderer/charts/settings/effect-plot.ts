import type { Data } from 'plotly.js-basic-dist-min'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { ParameterImportance } from '../../../preload/contract/insight.ts'
import type { Words } from '../../text/english.ts'
import type { Palette } from '../../ui/theme/theme.ts'
import { baseAxis, baseLayout } from '../frame/chart-style.ts'
import type { Drawing } from '../frame/plot.tsx'

interface EffectPlotOptions {
  parameter: Pick<ParameterImportance, 'name' | 'curve' | 'points'>
  goal: GoalKind
  words: Words
  colors: Palette
}

/** plotly's description of what one setting does: the model's curve with its band under the measured loads. */
export function effectPlot({ parameter, goal, words, colors }: EffectPlotOptions): Drawing {
  const { name, curve, points } = parameter
  const percent = (ratio: number) => (ratio - 1) * 100
  // Values stand side by side at equal distances: batch sizes double, switches have no distance at all.
  const places = curve.map((_, index) => index)
  const edge = (y: number[], fill: 'none' | 'tonexty'): Data => ({
    type: 'scatter',
    mode: 'lines',
    x: places,
    y,
    fill,
    fillcolor: colors.accentSoft,
    line: { width: 0 },
    hoverinfo: 'skip',
  })
  const middle: Data = {
    type: 'scatter',
    mode: 'lines',
    x: places,
    y: curve.map(({ ratio }) => percent(ratio.value)),
    line: { color: colors.accent, width: 2 },
    hoverinfo: 'skip',
  }
  const measured: Data = {
    type: 'scatter',
    mode: 'markers',
    x: points.map(({ value }) => curve.findIndex((point) => point.value === value)),
    y: points.map(({ partialRatio }) => percent(partialRatio)),
    hovertext: points.map(({ configuration }) => words.parameters.summary(configuration)),
    hoverinfo: 'text',
    marker: { size: 9, color: colors.surface, line: { width: 2, color: colors.text } },
  }
  return {
    data: [
      edge(
        curve.map(({ ratio }) => percent(ratio.low)),
        'none',
      ),
      edge(
        curve.map(({ ratio }) => percent(ratio.high)),
        'tonexty',
      ),
      middle,
      measured,
    ],
    layout: {
      ...baseLayout(colors),
      xaxis: {
        ...baseAxis(colors, words.parameters.names[name]),
        range: [-0.5, curve.length - 0.5],
        tickvals: places,
        ticktext: curve.map(({ value }) => words.parameters.valueOf(name, value)),
        showgrid: false,
      },
      yaxis: { ...baseAxis(colors, words.charts.effects.axis(goal)), nticks: 6 },
      shapes: [
        {
          type: 'line',
          xref: 'paper',
          x0: 0,
          x1: 1,
          y0: 0,
          y1: 0,
          layer: 'below',
          line: { color: colors.controlLine, width: 1, dash: 'dash' },
        },
      ],
    },
  }
}
