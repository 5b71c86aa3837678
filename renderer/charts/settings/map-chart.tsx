import { useMemo } from 'react'
import type { SettingMap } from '../../../preload/contract/insight.ts'
import { useText } from '../../text/use-text.ts'
import { usePalette } from '../../ui/theme/use-palette.ts'
import { ChartFigure } from '../frame/chart-figure.tsx'
import { mapPlot } from './map-plot.ts'

/** What the two most important settings do together. */
export function MapChart({ map }: { map: SettingMap }) {
  const { words, format } = useText()
  const colors = usePalette()
  const drawing = useMemo(() => mapPlot({ map, words, format, colors }), [map, words, format, colors])
  const [first, second] = map.names
  return (
    <ChartFigure
      name="settings-together"
      title={map.finding.text}
      summary={words.charts.map.summary(map)}
      drawing={drawing}
      table={{
        columns: [
          { name: words.parameters.names[first] },
          { name: words.parameters.names[second] },
          { name: words.charts.map.worse, unit: '%' },
          { name: words.charts.map.loads },
        ],
        rows: map.cells.map(({ values: [one, other], ratio, loads }) => ({
          key: `${one} ${other}`,
          isMarked: ratio === 1,
          cells: [
            words.parameters.valueOf(first, one),
            words.parameters.valueOf(second, other),
            { shown: format.percent.of((ratio - 1) * 100), value: (ratio - 1) * 100 },
            loads,
          ],
        })),
      }}
    />
  )
}
