import type { Annotations, Data, ErrorBar, Layout } from 'plotly.js-basic-dist-min'
import type { MeasuredChoice, Report } from '../../preload/contract/study.ts'
import { isSameConfiguration } from '../figures/objective.ts'
import type { Words } from '../text/english.ts'
import type { Palette } from '../ui/theme/theme.ts'
import { baseAxis, baseLayout } from './chart-style.ts'

interface ChoicesPlotOptions {
  report: Report
  words: Words
  colors: Palette
}

/** plotly's description of the measured choices: pure, so that it can be tested without a browser. */
export function choicesPlot({ report, words, colors }: ChoicesPlotOptions): {
  data: Data[]
  layout: Partial<Layout>
} {
  const { alternatives, baseline, best } = report
  const front = alternatives
    .filter((choice) => choice.isParetoOptimal)
    .sort((one, other) => gigabytes(one) - gigabytes(other))
  const isBaseline = (choice: MeasuredChoice) => isSameConfiguration(choice.configuration, baseline.configuration)
  const isBest = (choice: MeasuredChoice) => isSameConfiguration(choice.configuration, best.configuration)
  const line: Data = {
    type: 'scatter',
    mode: 'lines',
    x: front.map(gigabytes),
    y: front.map(turnSeconds),
    hoverinfo: 'skip',
    line: { color: colors.accent, width: 1.5 },
  }
  const points: Data = {
    type: 'scatter',
    mode: 'markers',
    x: alternatives.map(gigabytes),
    y: alternatives.map(turnSeconds),
    hovertext: alternatives.map((choice) => hoverText(words, choice)),
    hoverinfo: 'text',
    error_y: errorBars(alternatives, colors),
    marker: {
      opacity: 1,
      line: { width: 0 },
      size: alternatives.map((choice) => (isBest(choice) ? 15 : 11)),
      color: alternatives.map((choice) => (choice.isParetoOptimal ? colors.accent : colors.neutralBar)),
      symbol: alternatives.map((choice) => (isBaseline(choice) ? 'square' : 'circle')),
    },
  }
  return {
    data: [line, points],
    layout: {
      ...baseLayout(colors),
      xaxis: { ...baseAxis(colors, words.charts.choices.memoryAxis), nticks: 7 },
      yaxis: { ...baseAxis(colors, words.charts.choices.turnAxis), nticks: 6 },
      annotations: alternatives.flatMap((choice) => {
        const text = label(words, isBaseline(choice), isBest(choice))
        return text === '' ? [] : [annotation(choice, text, alternatives, colors)]
      }),
    },
  }
}

function gigabytes({ memory }: MeasuredChoice): number {
  return (memory.ramMiB + memory.vramMiB) / 1024
}

function turnSeconds(choice: MeasuredChoice): number {
  return choice.turnSeconds.mean
}

function label(words: Words, isBaseline: boolean, isBest: boolean): string {
  if (isBest) return words.result.isRecommended
  return isBaseline ? words.result.isNow : ''
}

/** A label beside its point, on the side where the drawing has room for it. */
function annotation(
  choice: MeasuredChoice,
  text: string,
  all: readonly MeasuredChoice[],
  colors: Palette,
): Partial<Annotations> {
  const memory = all.map(gigabytes)
  const isRight = gigabytes(choice) > (Math.min(...memory) + Math.max(...memory)) / 2
  return {
    text,
    x: gigabytes(choice),
    y: turnSeconds(choice),
    xanchor: isRight ? 'right' : 'left',
    xshift: isRight ? -12 : 12,
    showarrow: false,
    font: { color: colors.text },
  }
}

function hoverText(words: Words, choice: MeasuredChoice): string {
  const figures = [words.metrics.turn.of(turnSeconds(choice)), words.metrics.memory.of(gigabytes(choice) * 1024)]
  return [words.parameters.summary(choice.configuration), ...figures].join('<br>')
}

function errorBars(choices: readonly MeasuredChoice[], colors: Palette): ErrorBar {
  return {
    type: 'data',
    symmetric: false,
    array: choices.map(({ turnSeconds: { mean, interval } }) => (interval === null ? 0 : interval.high - mean)),
    arrayminus: choices.map(({ turnSeconds: { mean, interval } }) => (interval === null ? 0 : mean - interval.low)),
    color: colors.muted,
    thickness: 1,
    width: 3,
  }
}
