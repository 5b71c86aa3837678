import { NativeSelect } from '@mantine/core'
import { useMemo, useState } from 'react'
import type { Estimate } from '../../../preload/contract/estimate.ts'
import { changeOver, type History } from '../../figures/history.ts'
import { useText } from '../../text/use-text.ts'
import { usePalette } from '../../ui/theme/use-palette.ts'
import { ChartFigure } from '../frame/chart-figure.tsx'
import { historyPlot } from './history-plot.ts'

/** How a model's speed went over time and versions; which model and goal can be chosen where there are several. */
export function HistoryChart({ histories }: { histories: readonly History[] }) {
  const [key, setKey] = useState<string | null>(null)
  const { words } = useText()
  const history = histories.find((candidate) => candidate.key === key) ?? histories[0]
  if (history === undefined) return null
  return (
    <>
      {histories.length > 1 && (
        <NativeSelect
          label={words.charts.history.pick}
          value={history.key}
          onChange={(event) => setKey(event.currentTarget.value)}
          data={histories.map(({ key, model, goal }) => ({
            value: key,
            label: words.charts.history.name(model.name, words.goals[goal].name),
          }))}
        />
      )}
      <HistoryFigure history={history} />
    </>
  )
}

function HistoryFigure({ history }: { history: History }) {
  const { words, format } = useText()
  const colors = usePalette()
  const drawing = useMemo(() => historyPlot({ history, words, format, colors }), [history, words, format, colors])
  const speed = ({ mean }: Estimate) => ({ shown: words.metrics.decode.of(mean), value: mean })
  const { title, summary, study, version, before, after } = words.charts.history
  const first = history.results[0]
  return (
    <ChartFigure
      name="history"
      title={title(history.model.name, changeOver(history), first === undefined ? '' : format.date(first.createdAt))}
      summary={summary(history.results.length)}
      drawing={drawing}
      table={{
        columns: [
          { name: study },
          { name: version },
          { name: before, unit: 'tokens/s' },
          { name: after, unit: 'tokens/s' },
        ],
        rows: history.results.map((result) => ({
          key: result.id,
          cells: [format.dateTime(result.createdAt), result.version, speed(result.before), speed(result.after)],
        })),
      }}
    />
  )
}
