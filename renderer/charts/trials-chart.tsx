import { useMemo } from 'react'
import type { Study } from '../../preload/contract/study.ts'
import type { Standing } from '../figures/objective.ts'
import { useText } from '../text/use-text.ts'
import { DataTable } from '../ui/parts/data-table.tsx'
import { usePalette } from '../ui/theme/use-palette.ts'
import { ChartFigure } from './chart-figure.tsx'
import { Plot } from './plot.tsx'
import { trialsPlot } from './trials-plot.ts'

/** Every trial so far, the user's own settings as a line, the best ringed, those without a figure apart. */
export function TrialsChart({ study, standing }: { study: Study; standing: Standing }) {
  const { words } = useText()
  const colors = usePalette()
  const { goal } = study.request
  // Progress events come between trials; the drawing changes only when a trial has ended.
  const ended = standing.scored.length + standing.unscored.length
  const plot = useMemo(
    () => trialsPlot({ standing, goal, words, colors, expectedTrials: study.plan.maximumLoads }),
    // oxlint-disable-next-line react/exhaustive-deps
    [colors, goal, words, study.id, ended],
  )
  return (
    <ChartFigure
      title={words.charts.trials.title(words.goals[goal].axis)}
      summary={words.charts.trials.summary(standing, goal)}
      table={<TrialsTable study={study} standing={standing} />}
    >
      <Plot data={plot.data} layout={plot.layout} />
    </ChartFigure>
  )
}

function TrialsTable({ study, standing }: { study: Study; standing: Standing }) {
  const { words } = useText()
  const { goal } = study.request
  const scores = new Map(standing.scored.map(({ trial, score }) => [trial.number, score]))
  return (
    <DataTable
      caption={words.charts.trials.title(words.goals[goal].axis)}
      columns={[words.result.settings, words.charts.trials.number, words.charts.trials.purpose, words.goals[goal].axis]}
      rows={study.trials.map((trial) => {
        const score = scores.get(trial.number)
        return {
          key: String(trial.number),
          isMarked: trial.number === standing.best?.trial.number,
          cells: [
            words.parameters.summary(trial.configuration),
            trial.number,
            words.purposes[trial.purpose],
            score === undefined ? words.outcomes[trial.outcome?.kind ?? 'running'] : words.goals[goal].score(score),
          ],
        }
      })}
    />
  )
}
