import { Button } from '@mantine/core'
import type { LocalModel } from '../../../preload/contract/model.ts'
import { selectedModel, studyRequest } from '../../state/draft.ts'
import { loading, valueOf } from '../../state/remote.ts'
import { useActions, useAttune, useDeed, useRequest } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { ErrorNotice } from '../../ui/parts/notice.tsx'
import { RemoteView } from '../../ui/layout/remote-view.tsx'
import { Step } from '../../ui/layout/step.tsx'
import { PlanView } from './plan-view.tsx'

/** Step 4: what will be tried and why, before anything runs. */
export function PlanStep() {
  const { words } = useText()
  const { goTo, startStudy } = useActions()
  const draft = useAttune((state) => state.draft)
  const models = useAttune((state) => state.models)
  const model: LocalModel | null = selectedModel(draft, valueOf(models)?.models ?? [])
  const request = model === null ? null : studyRequest(draft, model)
  const { answer, retry } = useRequest(request && JSON.stringify(request), async (api) => {
    if (request === null) throw new Error('A plan was asked for without a model')
    return api['plan.create'](request)
  })
  const start = useDeed(async () => {
    if (request !== null) await startStudy(request)
  })
  return (
    <Step
      heading={words.plan.heading}
      lead={words.plan.lead}
      back={
        <Button variant="default" onClick={() => goTo({ page: 'new', step: 'goal' })}>
          {words.actions.back}
        </Button>
      }
      forward={
        <Button onClick={start.run} disabled={answer.kind !== 'ready' || start.isRunning}>
          {words.plan.start}
        </Button>
      }
    >
      <RemoteView
        remote={request === null ? loading : answer}
        onRetry={retry}
        placeholderRem={26}
        meanwhile={words.plan.making}
      >
        {(plan) => <PlanView plan={plan} model={model} />}
      </RemoteView>
      {start.error && <ErrorNotice error={start.error} onRetry={start.run} />}
    </Step>
  )
}
