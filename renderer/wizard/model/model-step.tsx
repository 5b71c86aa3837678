import { Button } from '@mantine/core'
import { selectedModel } from '../../state/draft.ts'
import { valueOf } from '../../state/remote.ts'
import { useActions, useAttune, useDeed } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { ErrorNotice } from '../../ui/parts/notice.tsx'
import { RemoteView } from '../../ui/layout/remote-view.tsx'
import { Step } from '../../ui/layout/step.tsx'
import { ModelChoices } from './model-choices.tsx'
import { OpenFile } from './open-file.tsx'
import { PracticeProgress } from './practice-progress.tsx'

/** Step 2: which model. One is selected already; the practice model is written when it is first used. */
export function ModelStep() {
  const { words } = useText()
  const { goTo, changeDraft, preparePractice, refreshModels } = useActions()
  const models = useAttune((state) => state.models)
  const draft = useAttune((state) => state.draft)
  const dropError = useAttune((state) => state.dropError)
  const practiceShare = useAttune((state) => state.practiceShare)
  const selected = selectedModel(draft, valueOf(models)?.models ?? [])
  const proceed = useDeed(async () => {
    if (selected === null) return
    if (selected.needsPreparation) await preparePractice()
    changeDraft({ model: selected.ref, isModelChosen: true })
    goTo({ page: 'new', step: 'goal' })
  })
  return (
    <Step
      heading={words.model.heading}
      lead={words.model.lead}
      back={
        <Button variant="default" onClick={() => goTo({ page: 'new', step: 'computer' })}>
          {words.actions.back}
        </Button>
      }
      forward={
        <Button onClick={proceed.run} disabled={selected === null || proceed.isRunning}>
          {words.model.forward}
        </Button>
      }
    >
      <RemoteView
        remote={models}
        onRetry={() => void refreshModels()}
        placeholderRem={18}
        meanwhile={words.model.asking}
      >
        {(list) => <ModelChoices list={list} selected={selected} />}
      </RemoteView>
      {practiceShare === null && <OpenFile />}
      {practiceShare !== null && <PracticeProgress share={practiceShare} />}
      {dropError && <ErrorNotice error={dropError} />}
      {proceed.error && <ErrorNotice error={proceed.error} onRetry={proceed.run} />}
    </Step>
  )
}
