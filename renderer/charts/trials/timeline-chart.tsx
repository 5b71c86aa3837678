import { useMemo } from 'react'
import type { Study } from '../../../preload/contract/study.ts'
import { timelineOf, totalShares } from '../../figures/timeline.ts'
import { useText } from '../../text/use-text.ts'
import { usePalette } from '../../ui/theme/use-palette.ts'
import { ChartFigure } from '../frame/chart-figure.tsx'
import { timelinePlot } from './timeline-plot.ts'

/** Where the minutes of a study went. */
export function TimelineChart({ trials }: Pick<Study, 'trials'>) {
  const { words, format } = useText()
  const colors = usePalette()
  const timeline = useMemo(() => timelineOf(trials), [trials])
  const drawing = useMemo(() => timelinePlot({ timeline, words, colors }), [timeline, words, colors])
  const total = totalShares(timeline)
  const seconds = (value: number) => ({ shown: format.duration(value), value: Math.round(value * 10) / 10 })
  const { trial, loading, answering, lost } = words.charts.timeline
  return (
    <ChartFigure
      name="minutes"
      title={words.charts.timeline.title(total)}
      summary={words.charts.timeline.summary(total)}
      drawing={drawing}
      heightRem={15}
      table={{
        columns: [
          { name: words.result.settings },
          { name: trial },
          { name: words.charts.trials.purpose },
          { name: loading, unit: 's' },
          { name: answering, unit: 's' },
          { name: lost, unit: 's' },
        ],
        rows: timeline.map((timed) => ({
          key: String(timed.trial.number),
          cells: [
            words.parameters.summary(timed.trial.configuration),
            timed.trial.number,
            words.purposes[timed.trial.purpose],
            seconds(timed.loading),
            seconds(timed.answering),
            seconds(timed.lost),
          ],
        })),
      }}
    />
  )
}
