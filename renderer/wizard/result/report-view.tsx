import { Text } from '@mantine/core'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Report, Study } from '../../../preload/contract/study.ts'
import { ChoicesChart } from '../../charts/choices-chart.tsx'
import { useText } from '../../text/use-text.ts'
import { Section } from '../../ui/layout/panel.tsx'
import { Alternatives } from './alternatives.tsx'
import { BeforeAfter } from './before-after.tsx'
import { ChangeList } from './change-list.tsx'
import { ImportanceSection } from './importance-section.tsx'
import { PresentFigures } from './present-figures.tsx'
import { VerdictPanel } from './verdict-panel.tsx'
import classes from './result.module.css'

interface ReportViewProps {
  study: Study
  report: Report
  onSave: (configuration: Configuration) => void
}

/** With fewer choices than this a chart says nothing that the table does not. */
const chartFrom = 3

/** The verdict first, then what it rests on. */
export function ReportView({ study, report, onSave }: ReportViewProps) {
  const { words } = useText()
  const hasChanges = report.changes.length > 0
  return (
    <>
      <VerdictPanel verdict={report.verdict} />
      <Section title={hasChanges ? words.result.beforeAfter : words.result.measured}>
        {hasChanges ? (
          <BeforeAfter before={report.baseline} after={report.best} />
        ) : (
          <PresentFigures choice={report.baseline} />
        )}
      </Section>
      {hasChanges && (
        <Section title={words.result.changes}>
          <ChangeList changes={report.changes} />
        </Section>
      )}
      <ImportanceSection study={study} goal={report.goal} />
      <Section title={words.result.alternatives}>
        {report.alternatives.length >= chartFrom && <ChoicesChart report={report} />}
        <Alternatives report={report} onSave={onSave} />
      </Section>
      {(report.notes.length > 0 || study.searchEnded !== null) && (
        <Section title={words.result.notes}>
          <ul className={classes.notes}>
            {study.searchEnded !== null && <li>{study.searchEnded.text}</li>}
            {report.notes.map((note) => (
              <li key={note.code}>
                <Text span>{note.text}</Text>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}
