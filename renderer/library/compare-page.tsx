import { Button } from '@mantine/core'
import type { Study } from '../../preload/contract/study.ts'
import { CompareChart } from '../charts/history/compare-chart.tsx'
import { formatLocation } from '../state/location.ts'
import { metrics } from '../figures/metrics.ts'
import { useActions, useRequest } from '../state/use-attune.ts'
import { useText } from '../text/use-text.ts'
import { DataTable } from '../ui/parts/data-table.tsx'
import { useFocusHeading } from '../ui/browser/focus-heading.ts'
import { Panel } from '../ui/layout/panel.tsx'
import { RemoteView } from '../ui/layout/remote-view.tsx'
import { Step } from '../ui/layout/step.tsx'
import classes from './library.module.css'

/** Two studies side by side. */
export function ComparePage({ left, right }: { left: string; right: string }) {
  const { words } = useText()
  const { goTo } = useActions()
  useFocusHeading('compare')
  const { answer, retry } = useRequest(`${left} ${right}`, (api) =>
    Promise.all([api['study.get']({ id: left }), api['study.get']({ id: right })]),
  )
  return (
    <Step
      heading={words.compare.heading}
      back={
        <Button variant="default" onClick={() => goTo({ page: 'library' })}>
          {words.compare.back}
        </Button>
      }
    >
      <RemoteView remote={answer} onRetry={retry} placeholderRem={24}>
        {([one, other]) => (
          <>
            <div className={classes.compare}>
              <StudyHead study={one.study} />
              <StudyHead study={other.study} />
            </div>
            {one.study.report !== null && other.study.report !== null && (
              <CompareChart left={one.study.report} right={other.study.report} />
            )}
            <CompareTable left={one.study} right={other.study} />
          </>
        )}
      </RemoteView>
    </Step>
  )
}

function StudyHead({ study }: { study: Study }) {
  const { words, format } = useText()
  return (
    <Panel>
      <a className={classes.open} href={formatLocation({ page: 'study', id: study.id, step: null })}>
        {study.model.ref.name}
      </a>
      <p className={classes.detail}>
        {words.library.detail(
          words.goals[study.request.goal].name,
          format.dateTime(study.createdAt),
          study.trials.length,
        )}
      </p>
      {study.report !== null && <p>{study.report.verdict.sentence.text}</p>}
    </Panel>
  )
}

function CompareTable({ left, right }: { left: Study; right: Study }) {
  const { words, format } = useText()
  const both = [left, right] as const
  const rows = [
    { name: words.compare.daemon, say: (study: Study) => words.compare.daemonName(study.daemon) },
    { name: words.compare.context, say: (study: Study) => words.compare.tokens(study.request.contextLength) },
    { name: words.compare.took, say: (study: Study) => format.duration(study.activeSeconds) },
    {
      name: words.compare.settings,
      say: ({ report }: Study) =>
        report === null ? words.compare.none : words.parameters.summary(report.best.configuration),
    },
    ...metrics.map((metric) => ({
      name: words.metrics[metric.name].name,
      say: ({ report }: Study) =>
        report === null
          ? words.compare.none
          : words.compare.fromTo(
              words.metrics[metric.name].of(metric.of(report.baseline).mean),
              words.metrics[metric.name].of(metric.of(report.best).mean),
            ),
    })),
  ]
  return (
    <DataTable
      caption={words.compare.heading}
      columns={[words.compare.figure, ...both.map((study, index) => words.compare.column(index, study.model.ref.name))]}
      rows={rows.map((row) => ({
        key: row.name,
        cells: [<strong key="name">{row.name}</strong>, ...both.map(row.say)],
      }))}
    />
  )
}
