import { Text } from '@mantine/core'
import type { Configuration } from '../../../preload/contract/model.ts'
import type { Report, Study } from '../../../preload/contract/study.ts'
import { useRequest } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { Section } from '../../ui/layout/panel.tsx'
import { RemoteView } from '../../ui/layout/remote-view.tsx'
import { BeforeAfter } from './before-after.tsx'
import { ChangeList } from './change-list.tsx'
import { ChoiceCards } from './choice-cards.tsx'
import { LookCloser } from './closer/look-closer.tsx'
import { PresentFigures } from './present-figures.tsx'
import { VerdictPanel } from './verdict-panel.tsx'
import classes from './result.module.css'

interface ReportViewProps {
  study: Study
  report: Report
  onSave: (configuration: Configuration) => void
}

/** The verdict first, then what it rests on. */
export function ReportView({ study, report, onSave }: ReportViewProps) {
  const { words } = useText()
  const { answer: insight, retry } = useRequest(`${study.id} ${report.goal} ${study.updatedAt}`, (api) =>
    api['study.insight']({ id: study.id, goal: report.goal }),
  )
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
      <RemoteView remote={insight} onRetry={retry} placeholderRem={20}>
        {({ importance, tradeOffs }) => (
          <>
            <ChoiceCards report={report} tradeOffs={tradeOffs} onSave={onSave} />
            <LookCloser study={study} report={report} importance={importance} tradeOffs={tradeOffs} onSave={onSave} />
          </>
        )}
      </RemoteView>
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
