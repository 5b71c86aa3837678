import type { Annotations, Data } from 'plotly.js-basic-dist-min'
import type { MeasuredChoice, Report } from '../../../preload/contract/study.ts'
import { memoryMiB } from '../../figures/front.ts'
import { isSameConfiguration } from '../../figures/objective.ts'
import { parameterOrder } from '../../figures/parameters.ts'
import type { Words } from '../../text/english.ts'
import type { Palette } from '../../ui/theme/theme.ts'
import { baseLayout } from '../frame/chart-style.ts'
import type { Drawing } from '../frame/plot.tsx'

/** One upright axis: where a setup stands on it, from 0 at the foot to 1, and what is written along it. */
interface Axis {
  name: string
  placeOf: (choice: MeasuredChoice) => number
  marks: { place: number; text: string }[]
}

/** Letters in a line of an axis's name, and the size of all that is written, px. */
const lettering = { wide: { longestLine: 12, size: 12 }, narrow: { longestLine: 1, size: 9 } }

/** With more values than this only the ends of an axis are named. */
const mostMarks = 6

interface ParallelPlotOptions {
  report: Pick<Report, 'alternatives' | 'baseline' | 'best'>
  words: Words
  colors: Palette
  /** Whether it has no more room than a phone's. */
  isNarrow: boolean
}

/** plotly's description of parallel coordinates, which its basic bundle lacks: lines over axes of our own. */
export function parallelPlot({ report, words, colors, isNarrow }: ParallelPlotOptions): Drawing {
  const { longestLine, size } = isNarrow ? lettering.narrow : lettering.wide
  const { alternatives, baseline, best } = report
  const axes = [...settingAxes(alternatives, words), ...figureAxes(alternatives, words)]
  const isOne = (one: MeasuredChoice) => (choice: MeasuredChoice) =>
    isSameConfiguration(choice.configuration, one.configuration)
  const others = alternatives.filter((choice) => !isOne(best)(choice) && !isOne(baseline)(choice))
  const lines = (choices: readonly MeasuredChoice[], line: { color: string; width: number; dash?: 'dash' }): Data => ({
    type: 'scatter',
    mode: 'lines+markers',
    // A gap after each setup, so that one trace holds them all.
    x: choices.flatMap(() => [...axes.map((_, i) => i), null]),
    y: choices.flatMap((choice) => [...axes.map(({ placeOf }) => placeOf(choice)), null]),
    hovertext: choices.flatMap((choice) => [...axes.map(() => hoverText(words, choice)), '']),
    hoverinfo: 'text',
    marker: { size: 5, color: line.color },
    line,
  })
  return {
    data: [
      lines(others, { color: colors.neutralBar, width: 1 }),
      lines(alternatives.filter(isOne(baseline)), { color: colors.text, width: 2, dash: 'dash' }),
      lines(alternatives.filter(isOne(best)), { color: colors.accent, width: 3 }),
    ],
    layout: {
      ...baseLayout(colors),
      xaxis: {
        range: [-0.4, axes.length - 0.4],
        tickvals: axes.map((_, i) => i),
        ticktext: axes.map(({ name }) => wrapped(name, longestLine)),
        tickfont: { size },
        tickangle: 0,
        fixedrange: true,
        automargin: true,
        gridcolor: colors.line,
        zeroline: false,
      },
      yaxis: { range: [-0.08, 1.08], visible: false, fixedrange: true },
      annotations: axes.flatMap(({ marks }, i) =>
        marks.map(({ place, text }): Partial<Annotations> => ({
          text,
          x: i,
          y: place,
          xanchor: 'left',
          xshift: 6,
          showarrow: false,
          font: { color: colors.text, size },
          bgcolor: colors.surface,
          borderpad: 1,
        })),
      ),
    },
  }
}

function settingAxes(choices: readonly MeasuredChoice[], words: Words): Axis[] {
  return parameterOrder.flatMap((name): Axis[] => {
    const taken = new Set(choices.map(({ configuration }) => configuration[name]))
    const values = [...taken].toSorted((a, b) => Number(a ?? -1) - Number(b ?? -1))
    if (values.length < 2) return []
    const place = (index: number) => index / (values.length - 1)
    const marks = values.map((value, i) => ({ place: place(i), text: words.parameters.valueOf(name, value) }))
    return [
      {
        name: words.parameters.names[name],
        placeOf: ({ configuration }) => place(values.indexOf(configuration[name])),
        marks: values.length > mostMarks ? marks.filter((_, i) => i === 0 || i === values.length - 1) : marks,
      },
    ]
  })
}

function figureAxes(choices: readonly MeasuredChoice[], words: Words): Axis[] {
  const axis = (quantity: Words['metrics']['turn'], of: (choice: MeasuredChoice) => number): Axis => {
    const figures = choices.map(of)
    const [least, most] = [Math.min(...figures), Math.max(...figures)]
    return {
      name: quantity.name,
      placeOf: (choice) => (most === least ? 0 : (of(choice) - least) / (most - least)),
      marks: [
        { place: 0, text: quantity.of(least) },
        ...(most === least ? [] : [{ place: 1, text: quantity.of(most) }]),
      ],
    }
  }
  return [
    axis(words.metrics.turn, ({ turnSeconds }) => turnSeconds.mean),
    axis(words.metrics.ttft, ({ ttftSeconds }) => ttftSeconds.mean),
    axis(words.metrics.memory, memoryMiB),
  ]
}

function hoverText(words: Words, choice: MeasuredChoice): string {
  return [words.parameters.summary(choice.configuration), words.metrics.turn.of(choice.turnSeconds.mean)].join('<br>')
}

/** Axis names stand close together, so long ones take several lines. */
function wrapped(name: string, longestLine: number): string {
  const lines = name.split(' ').reduce<string[]>((done, word) => {
    const longer = `${done.at(-1) ?? ''} ${word}`
    return done.length > 0 && longer.length <= longestLine ? [...done.slice(0, -1), longer] : [...done, word]
  }, [])
  return lines.join('<br>')
}
