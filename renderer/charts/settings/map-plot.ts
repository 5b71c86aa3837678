import type { Data } from 'plotly.js-basic-dist-min'
import type { ResolvedValue, SettingMap } from '../../../preload/contract/insight.ts'
import type { Format } from '../../text/format.ts'
import type { Words } from '../../text/english.ts'
import type { Palette } from '../../ui/theme/theme.ts'
import { baseAxis, baseLayout } from '../frame/chart-style.ts'
import { mix, readableOn } from '../frame/colors.ts'
import type { Drawing } from '../frame/plot.tsx'

interface MapPlotOptions {
  map: Pick<SettingMap, 'names' | 'cells'>
  words: Words
  format: Format
  colors: Palette
}

/** With more columns than this the numbers do not fit into the cells of a small window. */
const mostColumnsWithNumbers = 12
/** Half a cell, with a gap to its neighbours. */
const half = 0.48

/**
 * plotly's description of a heat map. Its basic bundle has none, so that cells are drawn as rectangles with their
 * numbers written in: colour is never all that tells.
 */
export function mapPlot({ map: { names, cells }, words, format, colors }: MapPlotOptions): Drawing {
  const [across, upwards] = [valuesAt(cells, 0), valuesAt(cells, 1)]
  const worst = Math.max(...cells.map(({ ratio }) => Math.log(ratio)))
  const placed = cells.map((cell) => {
    const depth = worst === 0 ? 1 : 1 - Math.log(cell.ratio) / worst
    const fill = mix(colors.sunken, colors.accent, depth)
    const percent = format.percent.of(Math.round((cell.ratio - 1) * 100))
    return { ...cell, x: across.indexOf(cell.values[0]), y: upwards.indexOf(cell.values[1]), fill, percent }
  })
  const points: Data = {
    type: 'scatter',
    mode: 'markers',
    x: placed.map(({ x }) => x),
    y: placed.map(({ y }) => y),
    hovertext: placed.map(({ values, percent, loads }) =>
      [
        ...values.map(
          (value, i) => `${words.parameters.names[names[i] ?? names[0]]}: ${shown(words, names[i], value)}`,
        ),
        `${words.charts.map.worse}: ${percent}`,
        `${words.charts.map.loads}: ${loads}`,
      ].join('<br>'),
    ),
    hoverinfo: 'text',
    marker: { size: 24, opacity: 0 },
  }
  const axis = (name: SettingMap['names'][number], values: readonly ResolvedValue[]) => ({
    ...baseAxis(colors, words.parameters.names[name]),
    range: [-0.5, values.length - 0.5],
    tickvals: values.map((_, i) => i),
    ticktext: values.map((value) => words.parameters.valueOf(name, value)),
    showgrid: false,
    ticks: '' as const,
  })
  return {
    data: [points],
    layout: {
      ...baseLayout(colors),
      xaxis: axis(names[0], across),
      yaxis: axis(names[1], upwards),
      shapes: placed.map(({ x, y, fill }) => ({
        type: 'rect',
        x0: x - half,
        x1: x + half,
        y0: y - half,
        y1: y + half,
        fillcolor: fill,
        line: { width: 0 },
        layer: 'below',
      })),
      annotations:
        across.length > mostColumnsWithNumbers
          ? []
          : placed.map(({ x, y, fill, percent, loads }) => ({
              text: loads > 0 ? `${percent} •` : percent,
              x,
              y,
              showarrow: false,
              font: { color: readableOn(fill, [colors.text, colors.surface]), size: 12 },
            })),
    },
  }
}

function shown(words: Words, name: SettingMap['names'][number] | undefined, value: ResolvedValue): string {
  return name === undefined ? String(value) : words.parameters.valueOf(name, value)
}

function valuesAt(cells: SettingMap['cells'], place: 0 | 1): ResolvedValue[] {
  return [...new Set(cells.map(({ values }) => values[place]))].toSorted((a, b) => Number(a) - Number(b))
}
