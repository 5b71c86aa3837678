import { useMemo } from 'react'
import type { Report } from '../../preload/contract/study.ts'
import { useText } from '../text/use-text.ts'
import { DataTable } from '../ui/parts/data-table.tsx'
import { usePalette } from '../ui/theme/use-palette.ts'
import { ChartFigure } from './chart-figure.tsx'
import { choicesPlot } from './choices-plot.ts'
import { Plot } from './plot.tsx'

/** Reply time against memory for every measured choice, those that nothing beats in both joined by a line. */
export function ChoicesChart({ report }: { report: Report }) {
  const { words, format } = useText()
  const colors = usePalette()
  const plot = useMemo(() => choicesPlot({ report, words, colors }), [report, words, colors])
  const front = report.alternatives.filter((choice) => choice.isParetoOptimal)
  return (
    <ChartFigure
      title={words.charts.choices.title(front.length)}
      summary={words.charts.choices.summary}
      table={
        <DataTable
          caption={words.charts.choices.title(front.length)}
          columns={[words.result.settings, words.metrics.turn.name, words.metrics.memory.name]}
          rows={report.alternatives.map((choice) => ({
            key: words.parameters.summary(choice.configuration),
            isMarked: choice.isParetoOptimal,
            cells: [
              words.parameters.summary(choice.configuration),
              format.seconds.of(choice.turnSeconds.mean),
              format.memory.of(choice.memory.ramMiB + choice.memory.vramMiB),
            ],
          }))}
        />
      }
    >
      <Plot data={plot.data} layout={plot.layout} />
    </ChartFigure>
  )
}
