import { useMemo } from 'react'
import type { Report } from '../../../preload/contract/study.ts'
import { metrics } from '../../figures/metrics.ts'
import { useText } from '../../text/use-text.ts'
import { usePalette } from '../../ui/theme/use-palette.ts'
import { ChartFigure } from '../frame/chart-figure.tsx'
import { comparePlot } from './compare-plot.ts'

/** Two studies' figures, before and after, in one picture. */
export function CompareChart({ left, right }: { left: Report; right: Report }) {
  const { words } = useText()
  const colors = usePalette()
  const drawing = useMemo(() => comparePlot({ left, right, words, colors }), [left, right, words, colors])
  const { title, summary, studies } = words.charts.compare
  const change = (right.best.turnSeconds.mean / left.best.turnSeconds.mean - 1) * 100
  return (
    <ChartFigure
      name="comparison"
      title={title(change)}
      summary={summary}
      drawing={drawing}
      table={{
        columns: [
          { name: words.compare.figure },
          ...studies.flatMap((study) => [
            { name: `${study}: ${words.result.before}` },
            { name: `${study}: ${words.result.after}` },
          ]),
        ],
        rows: metrics.map(({ name, of }) => ({
          key: name,
          cells: [
            words.metrics[name].name,
            ...[left.baseline, left.best, right.baseline, right.best].map((choice) => ({
              shown: words.metrics[name].of(of(choice).mean),
              value: of(choice).mean,
            })),
          ],
        })),
      }}
    />
  )
}
