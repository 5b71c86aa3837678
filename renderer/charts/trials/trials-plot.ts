import type { Data, Layout } from 'plotly.js-basic-dist-min'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { ScoredTrial, Standing } from '../../figures/objective.ts'
import type { Words } from '../../text/english.ts'
import type { Palette } from '../../ui/theme/theme.ts'
import { baseAxis, baseLayout } from '../frame/chart-style.ts'
import type { Drawing } from '../frame/plot.tsx'

interface TrialsPlotOptions {
  standing: Standing
  goal: GoalKind
  words: Words
  colors: Palette
  /** The axis is as long from the start, so that the points do not move as they come. */
  expectedTrials: number
}

/** Share of the height at the foot that is kept for trials without a figure. */
const failedBand = 0.1

/** plotly's description of the trials: pure, so that it can be tested without a browser. */
export function trialsPlot({ standing, goal, words, colors, expectedTrials }: TrialsPlotOptions): Drawing {
  const { scored, unscored, baselineScore, noise, best, records } = standing
  const say = (score: number) => words.goals[goal].score(score)
  const hover = ({ trial, score }: ScoredTrial) =>
    `${words.charts.trials.point(trial.number)}<br>${words.parameters.summary(trial.configuration)}<br>${say(score)}`
  const isOfBaseline = ({ trial }: ScoredTrial) => trial.purpose !== 'search' && trial.purpose !== 'confirmCandidate'
  const points: Data = {
    type: 'scatter',
    mode: 'markers',
    x: scored.map(({ trial }) => trial.number),
    y: scored.map(({ score }) => shownScore(goal, score)),
    text: scored.map(hover),
    hoverinfo: 'text',
    marker: {
      size: 11,
      color: scored.map((entry) => (isOfBaseline(entry) ? colors.neutralBar : colors.accent)),
      symbol: scored.map((entry) => (isOfBaseline(entry) ? 'square' : 'circle')),
    },
  }
  const ring: Data = {
    type: 'scatter',
    mode: 'markers',
    x: best ? [best.trial.number] : [],
    y: best ? [shownScore(goal, best.score)] : [],
    hoverinfo: 'skip',
    marker: { size: 21, symbol: 'circle-open', color: colors.accent, line: { width: 2 } },
  }
  const failed: Data = {
    type: 'scatter',
    mode: 'markers',
    x: unscored.map((trial) => trial.number),
    y: unscored.map(() => 0),
    yaxis: 'y2',
    text: unscored.map(
      (trial) => `${words.charts.trials.point(trial.number)}<br>${words.outcomes[trial.outcome?.kind ?? 'running']}`,
    ),
    hoverinfo: 'text',
    marker: { size: 10, symbol: 'x-thin', line: { width: 2, color: colors.muted } },
  }
  const lastEnded = Math.max(0, ...scored.map(({ trial }) => trial.number), ...unscored.map(({ number }) => number))
  const bestSoFar: Data = {
    type: 'scatter',
    mode: 'lines',
    x: [...records.map(({ trial }) => trial.number), ...(best ? [lastEnded] : [])],
    y: [...records, ...(best ? [best] : [])].map(({ score }) => shownScore(goal, score)),
    hoverinfo: 'skip',
    line: { shape: 'hv', color: colors.accent, width: 1.5 },
  }
  const lastNumber = Math.max(expectedTrials, ...scored.map(({ trial }) => trial.number))
  return {
    data: [bestSoFar, points, ring, failed],
    layout: {
      ...baseLayout(colors),
      xaxis: {
        ...baseAxis(colors, words.charts.trials.number),
        range: [0.5, lastNumber + 0.5],
        showgrid: false,
        // At the foot of the whole drawing: crosses of failed trials stand between it and the scores.
        anchor: 'free',
        position: 0,
        tickformat: 'd',
        nticks: 10,
      },
      yaxis: {
        ...baseAxis(colors, words.goals[goal].axis),
        domain: unscored.length > 0 ? [failedBand, 1] : [0, 1],
        nticks: 6,
        rangemode: 'normal',
      },
      yaxis2: { domain: [0, failedBand], range: [-1, 1], visible: false, fixedrange: true },
      shapes: [
        ...(noise === null ? [] : [noiseRectangle(shownScore(goal, noise.low), shownScore(goal, noise.high), colors)]),
        ...(baselineScore === null ? [] : [baselineLine(shownScore(goal, baselineScore), colors)]),
      ],
      annotations:
        baselineScore === null
          ? []
          : [
              {
                text: words.charts.trials.now,
                xref: 'paper',
                x: 1,
                y: shownScore(goal, baselineScore),
                xanchor: 'right',
                yanchor: 'bottom',
                showarrow: false,
                font: { color: colors.muted },
              },
            ],
    },
  }
}

function noiseRectangle(low: number, high: number, colors: Palette): NonNullable<Layout['shapes']>[number] {
  return {
    type: 'rect',
    xref: 'paper',
    x0: 0,
    x1: 1,
    y0: low,
    y1: high,
    layer: 'below',
    fillcolor: colors.sunken,
    line: { width: 0 },
  }
}

function baselineLine(score: number, colors: Palette): NonNullable<Layout['shapes']>[number] {
  return {
    type: 'line',
    xref: 'paper',
    x0: 0,
    x1: 1,
    y0: score,
    y1: score,
    layer: 'below',
    line: { color: colors.neutralBar, width: 1.5, dash: 'dash' },
  }
}

/** Memory is drawn in gigabytes, as its axis is named; the rest in the goal's own unit. */
export function shownScore(goal: GoalKind, score: number): number {
  return goal === 'memory' ? score / 1024 : score
}
