import { useMemo } from 'react'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { ParameterImportance } from '../../../preload/contract/insight.ts'
import { useText } from '../../text/use-text.ts'
import { usePalette } from '../../ui/theme/use-palette.ts'
import { ChartFigure } from '../frame/chart-figure.tsx'
import { effectPlot } from './effect-plot.ts'

/** What one setting does to the goal's cost, the others apart. */
export function EffectChart({ parameter, goal }: { parameter: ParameterImportance; goal: GoalKind }) {
  const { words, format } = useText()
  const colors = usePalette()
  const drawing = useMemo(() => effectPlot({ parameter, goal, words, colors }), [parameter, goal, words, colors])
  const { name, curve, points } = parameter
  const { value, difference, low, high, loads } = words.charts.effects
  const percent = (ratio: number) => ({
    shown: format.percent.of((ratio - 1) * 100),
    value: (ratio - 1) * 100,
  })
  return (
    <ChartFigure
      name={`effect-${name}`}
      title={parameter.finding.text}
      summary={words.charts.effects.summary(goal, parameter)}
      drawing={drawing}
      heightRem={17}
      table={{
        columns: [
          { name: value },
          { name: difference, unit: '%' },
          { name: low, unit: '%' },
          { name: high, unit: '%' },
          { name: loads },
        ],
        rows: curve.map((point) => ({
          key: String(point.value),
          cells: [
            words.parameters.valueOf(name, point.value),
            percent(point.ratio.value),
            percent(point.ratio.low),
            percent(point.ratio.high),
            points.filter((load) => load.value === point.value).length,
          ],
        })),
      }}
    />
  )
}
