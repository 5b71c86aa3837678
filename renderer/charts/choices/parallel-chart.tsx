import { useMediaQuery } from '@mantine/hooks'
import { useMemo } from 'react'
import type { Report } from '../../../preload/contract/study.ts'
import { useText } from '../../text/use-text.ts'
import { usePalette } from '../../ui/theme/use-palette.ts'
import { ChartFigure } from '../frame/chart-figure.tsx'
import { choicesTable } from './choices-table.ts'
import { parallelPlot } from './parallel-plot.ts'

/** Every measured setup as one line, from its settings to its figures. */
export function ParallelChart({ report }: { report: Report }) {
  const { words } = useText()
  const colors = usePalette()
  const isNarrow = useMediaQuery('(max-width: 40rem)')
  const drawing = useMemo(() => parallelPlot({ report, words, colors, isNarrow }), [report, words, colors, isNarrow])
  const changed = report.changes.map(({ name }) => name)
  return (
    <ChartFigure
      name="setups"
      title={words.charts.parallel.title(changed, report.alternatives.length)}
      summary={words.charts.parallel.summary}
      drawing={drawing}
      heightRem={24}
      table={choicesTable(report, words)}
    />
  )
}
