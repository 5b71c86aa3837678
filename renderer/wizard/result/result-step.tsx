import { Button } from '@mantine/core'
import type { Report, Study } from '../../../preload/contract/study.ts'
import { isSameConfiguration } from '../../figures/objective.ts'
import { ready, valueOf, type Remote } from '../../state/remote.ts'
import { useActions, useAttune, useRequest } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { RemoteView } from '../../ui/layout/remote-view.tsx'
import { Step } from '../../ui/layout/step.tsx'
import { ReportView } from './report-view.tsx'
import { RescoreChoices } from './rescore-choices.tsx'
import { ShareSection } from './share-section.tsx'

/** Step 6: what was found, judged for the study's goal or for another. */
export function ResultStep({ study }: { study: Study }) {
  const { words } = useText()
  const { goTo, changePick } = useActions()
  const pick = useAttune((state) => (state.pick?.studyId === study.id ? state.pick : null))
  const goal = pick?.goal ?? study.request.goal
  const { report: remote, retry } = useReport(study, goal)
  const report = valueOf(remote)
  const save = (configuration: Report['best']['configuration']) => {
    changePick(study.id, { configuration })
    goTo({ page: 'study', id: study.id, step: 'save' })
  }
  return (
    <Step
      heading={words.result.heading(study.model.ref.name)}
      back={
        <Button variant="default" onClick={() => goTo({ page: 'study', id: study.id, step: 'run' })}>
          {words.result.showTrials}
        </Button>
      }
      forward={<Forward report={report} onSave={save} />}
    >
      <RemoteView remote={remote} onRetry={retry} placeholderRem={30}>
        {(shown) => <ReportView study={study} report={shown} onSave={save} />}
      </RemoteView>
      <ShareSection id={study.id} />
      <RescoreChoices goal={goal} onChoose={(chosen) => changePick(study.id, { goal: chosen, configuration: null })} />
    </Step>
  )
}

/** The study's own report, or main's judgement of the same trials for another goal. */
function useReport(study: Study, goal: Report['goal']): { report: Remote<Report>; retry: () => void } {
  const own = study.report
  const isOwn = own !== null && own.goal === goal
  const { answer, retry } = useRequest(isOwn ? null : `${study.id} ${goal} ${study.updatedAt}`, (api) =>
    api['study.rescore']({ id: study.id, goal }),
  )
  return { report: isOwn ? ready(own) : answer, retry }
}

interface ForwardProps {
  report: Report | null
  onSave: (configuration: Report['best']['configuration']) => void
}

/** Saving where there is something better to save, else on to the next model. */
function Forward({ report, onSave }: ForwardProps) {
  const { words } = useText()
  const { goTo } = useActions()
  const isBetter = report !== null && !isSameConfiguration(report.best.configuration, report.baseline.configuration)
  const startAnother = () => goTo({ page: 'new', step: 'model' })
  if (!isBetter) return <Button onClick={startAnother}>{words.result.another}</Button>
  return (
    <>
      <Button variant="default" onClick={startAnother}>
        {words.result.another}
      </Button>
      <Button onClick={() => onSave(report.best.configuration)}>{words.result.save}</Button>
    </>
  )
}
