import { Button } from '@mantine/core'
import type { Configuration } from '../../../../preload/contract/model.ts'
import type { MeasuredChoice, Report } from '../../../../preload/contract/study.ts'
import { metrics } from '../../../figures/metrics.ts'
import { isSameConfiguration } from '../../../figures/objective.ts'
import { useText } from '../../../text/use-text.ts'
import { DataTable } from '../../../ui/parts/data-table.tsx'

interface AlternativesProps {
  report: Report
  onSave: (configuration: Configuration) => void
}

/** All measured choices, best first; any of them can be saved instead. */
export function Alternatives({ report, onSave }: AlternativesProps) {
  const { words } = useText()
  const shown = metrics.filter((metric) => metric.name !== 'prefill')
  return (
    <DataTable
      caption={words.result.alternativesCaption}
      columns={[words.result.settings, ...shown.map((metric) => words.metrics[metric.name].name), words.result.choice]}
      rows={report.alternatives.map((choice) => {
        const isBaseline = isSameConfiguration(choice.configuration, report.baseline.configuration)
        const summary = words.parameters.summary(choice.configuration)
        return {
          key: summary,
          isMarked: isSameConfiguration(choice.configuration, report.best.configuration),
          cells: [
            <SettingsCell key="settings" summary={summary} choice={choice} report={report} />,
            ...shown.map((metric) => words.metrics[metric.name].of(metric.of(choice).mean)),
            isBaseline ? (
              ''
            ) : (
              <Button
                key="save"
                variant="default"
                size="compact-sm"
                aria-label={words.result.saveThisOne(summary)}
                onClick={() => onSave(choice.configuration)}
              >
                {words.result.saveThis}
              </Button>
            ),
          ],
        }
      })}
    />
  )
}

function SettingsCell({ summary, choice, report }: { summary: string; choice: MeasuredChoice; report: Report }) {
  const { words } = useText()
  const isBest = isSameConfiguration(choice.configuration, report.best.configuration)
  const isBaseline = isSameConfiguration(choice.configuration, report.baseline.configuration)
  const tags = [
    isBest && words.result.isRecommended,
    isBaseline && words.result.isNow,
    choice.isParetoOptimal && words.result.isTradeOff,
  ].filter((tag) => tag !== false)
  return (
    <>
      <strong>{summary}</strong>
      {tags.length > 0 && <div>{tags.join(' · ')}</div>}
    </>
  )
}
