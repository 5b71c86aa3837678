import { memo, useMemo } from 'react'
import type { Study } from '../../../preload/contract/study.ts'
import { standingOf, type Standing } from '../../figures/objective.ts'
import type { Words } from '../../text/english.ts'
import { useText } from '../../text/use-text.ts'
import { usePalette } from '../../ui/theme/use-palette.ts'
import { ChartFigure } from '../frame/chart-figure.tsx'
import type { ChartTable } from '../frame/chart-table.ts'
import { shownScore, trialsPlot } from './trials-plot.ts'

/**
 * Every trial so far, the user's own settings as a line, the best ringed, those without a figure apart. Rendered anew
 * only for another study, so that whoever shows it may defer that.
 */
export const TrialsChart = memo(function TrialsChart({ study }: { study: Study }) {
  const { words } = useText()
  const colors = usePalette()
  const { goal } = study.request
  const standing = standingOf(study.trials, goal, study.plan.workload)
  // Progress events come between trials; the drawing changes only when a trial has ended.
  const ended = standing.scored.length + standing.unscored.length
  const drawing = useMemo(
    () => trialsPlot({ standing, goal, words, colors, expectedTrials: study.plan.maximumLoads }),
    // oxlint-disable-next-line react/exhaustive-deps
    [colors, goal, words, study.id, ended],
  )
  return (
    <ChartFigure
      title={words.charts.trials.title(standing, goal)}
      summary={words.charts.trials.summary(standing, goal)}
      name="trials"
      isLive={study.state === 'running'}
      table={trialsTable(study, standing, words)}
      drawing={drawing}
    />
  )
})

function trialsTable({ trials, request: { goal } }: Study, { scored, best }: Standing, words: Words): ChartTable {
  const scores = new Map(scored.map(({ trial, score }) => [trial.number, score]))
  return {
    columns: [
      { name: words.result.settings },
      { name: words.charts.trials.number },
      { name: words.charts.trials.purpose },
      { name: words.goals[goal].axis },
    ],
    rows: trials.map((trial) => {
      const score = scores.get(trial.number)
      return {
        key: String(trial.number),
        isMarked: trial.number === best?.trial.number,
        cells: [
          words.parameters.summary(trial.configuration),
          trial.number,
          words.purposes[trial.purpose],
          score === undefined
            ? words.outcomes[trial.outcome?.kind ?? 'running']
            : { shown: words.goals[goal].score(score), value: shownScore(goal, score) },
        ],
      }
    }),
  }
}
