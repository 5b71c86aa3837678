import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useMemo, useState, type ReactNode } from 'react'
import type { MeasuredChoice, Report } from '../../../preload/contract/study.ts'
import { choiceMetrics, frontOf, tradeAcross, type ChoiceMetric } from '../../figures/front.ts'
import { isSameConfiguration } from '../../figures/objective.ts'
import { useText } from '../../text/use-text.ts'
import { usePalette } from '../../ui/theme/use-palette.ts'
import { ChartFigure } from '../frame/chart-figure.tsx'
import { choicesPlot } from './choices-plot.ts'
import { choicesTable } from './choices-table.ts'

interface ChoicesChartProps {
  report: Report
  /** What is shown of the setup that is looked at. */
  children: (choice: MeasuredChoice) => ReactNode
}

/** Speed against memory for every measured choice, those that nothing beats in both joined by a line; any can be looked at. */
export function ChoicesChart({ report, children }: ChoicesChartProps) {
  const { words } = useText()
  const colors = usePalette()
  const [metric, setMetric] = useState<ChoiceMetric>('turn')
  const { alternatives, best } = report
  const [chosen, setChosen] = useState<number | null>(null)
  const picked =
    chosen ?? alternatives.findIndex((choice) => isSameConfiguration(choice.configuration, best.configuration))
  const drawing = useMemo(
    () => choicesPlot({ report, metric, picked, words, colors }),
    [report, metric, picked, words, colors],
  )
  const choice = alternatives[picked]
  return (
    <ChartFigure
      name="choices"
      title={words.charts.choices.title(metric, tradeAcross(metric, frontOf(metric, alternatives)))}
      summary={words.charts.choices.summary(metric)}
      table={choicesTable(report, words)}
      drawing={drawing}
      onPick={setChosen}
      controls={
        <SegmentedControl
          aria-label={words.charts.choices.metric}
          value={metric}
          onChange={(value) => setMetric(choiceMetrics.find((name) => name === value) ?? 'turn')}
          data={choiceMetrics.map((name) => ({ value: name, label: words.metrics[name].name }))}
        />
      }
    >
      <NativeSelect
        label={words.charts.choices.pick}
        value={String(picked)}
        onChange={(event) => setChosen(Number(event.currentTarget.value))}
        data={alternatives.map(({ configuration }, index) => ({
          value: String(index),
          label: words.parameters.summary(configuration),
        }))}
      />
      {choice !== undefined && <output>{children(choice)}</output>}
    </ChartFigure>
  )
}
