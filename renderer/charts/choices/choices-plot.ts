import type { Annotations, Data } from 'plotly.js-basic-dist-min'
import type { MeasuredChoice, Report } from '../../../preload/contract/study.ts'
import { choiceFigure, frontOf, memoryMiB, type ChoiceMetric } from '../../figures/front.ts'
import { isSameConfiguration } from '../../figures/objective.ts'
import type { Words } from '../../text/english.ts'
import type { Palette } from '../../ui/theme/theme.ts'
import { baseAxis, baseLayout, intervalBars } from '../frame/chart-style.ts'
import type { Drawing } from '../frame/plot.tsx'

interface ChoicesPlotOptions {
  report: Pick<Report, 'alternatives' | 'baseline' | 'best'>
  metric: ChoiceMetric
  /** Index among the alternatives of the one that is looked at; −1: none. */
  picked: number
  words: Words
  colors: Palette
}

/** plotly's description of the measured choices: pure, so that it can be tested without a browser. */
export function choicesPlot({ report, metric, picked, words, colors }: ChoicesPlotOptions): Drawing {
  const { alternatives, baseline, best } = report
  const front = frontOf(metric, alternatives)
  const isBaseline = (choice: MeasuredChoice) => isSameConfiguration(choice.configuration, baseline.configuration)
  const isBest = (choice: MeasuredChoice) => isSameConfiguration(choice.configuration, best.configuration)
  const figure = (choice: MeasuredChoice) => choiceFigure(metric, choice).mean
  const line: Data = {
    type: 'scatter',
    mode: 'lines',
    x: front.map(gigabytes),
    y: front.map(figure),
    hoverinfo: 'skip',
    line: { color: colors.accent, width: 1.5 },
  }
  const points: Data = {
    type: 'scatter',
    mode: 'markers',
    x: alternatives.map(gigabytes),
    y: alternatives.map(figure),
    customdata: alternatives.map((_, index) => index),
    hovertext: alternatives.map((choice) => hoverText(words, metric, choice)),
    hoverinfo: 'text',
    error_y: intervalBars(
      alternatives.map((choice) => choiceFigure(metric, choice)),
      colors,
    ),
    marker: {
      opacity: 1,
      line: { width: 0 },
      size: alternatives.map((choice) => (isBest(choice) ? 15 : 11)),
      color: alternatives.map((choice) => (front.includes(choice) ? colors.accent : colors.neutralBar)),
      symbol: alternatives.map((choice) => (isBaseline(choice) ? 'square' : 'circle')),
    },
  }
  const looked = alternatives.slice(picked, picked + 1)
  const ring: Data = {
    type: 'scatter',
    mode: 'markers',
    x: looked.map(gigabytes),
    y: looked.map(figure),
    hoverinfo: 'skip',
    marker: { size: 24, symbol: 'circle-open', color: colors.text, line: { width: 2 } },
  }
  return {
    data: [line, points, ring],
    layout: {
      ...baseLayout(colors),
      xaxis: { ...baseAxis(colors, words.charts.choices.memoryAxis), nticks: 7 },
      yaxis: { ...baseAxis(colors, words.charts.choices.axes[metric]), nticks: 6 },
      annotations: alternatives.flatMap((choice) => {
        const text = label(words, isBaseline(choice), isBest(choice))
        return text === '' ? [] : [annotation(choice, figure(choice), text, alternatives, colors)]
      }),
    },
  }
}

function gigabytes(choice: MeasuredChoice): number {
  return memoryMiB(choice) / 1024
}

function label(words: Words, isBaseline: boolean, isBest: boolean): string {
  if (isBest) return words.result.isRecommended
  return isBaseline ? words.result.isNow : ''
}

/** A label beside its point, on the side where the drawing has room for it. */
function annotation(
  choice: MeasuredChoice,
  y: number,
  text: string,
  all: readonly MeasuredChoice[],
  colors: Palette,
): Partial<Annotations> {
  const memory = all.map(gigabytes)
  const isRight = gigabytes(choice) > (Math.min(...memory) + Math.max(...memory)) / 2
  return {
    text,
    x: gigabytes(choice),
    y,
    xanchor: isRight ? 'right' : 'left',
    xshift: isRight ? -14 : 14,
    showarrow: false,
    font: { color: colors.text },
  }
}

function hoverText(words: Words, metric: ChoiceMetric, choice: MeasuredChoice): string {
  const figures = [
    words.metrics[metric].of(choiceFigure(metric, choice).mean),
    words.metrics.memory.of(memoryMiB(choice)),
  ]
  return [words.parameters.summary(choice.configuration), ...figures].join('<br>')
}
