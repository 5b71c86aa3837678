import { Button } from '@mantine/core'
import { IconCpu2, IconFileText, IconMessageCircle, type Icon } from '@tabler/icons-react'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import { goalKinds, selectedModel } from '../../state/draft.ts'
import { valueOf } from '../../state/remote.ts'
import { useActions, useAttune } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { Choice, ChoiceGroup } from '../../ui/parts/choice.tsx'
import { RemoteView } from '../../ui/layout/remote-view.tsx'
import { Step } from '../../ui/layout/step.tsx'
import { BudgetChoices } from './budget-choices.tsx'
import { MoreOptions } from './more-options.tsx'

const icons = { chat: IconMessageCircle, throughput: IconFileText, memory: IconCpu2 } satisfies Record<GoalKind, Icon>

/** Step 3: what "best" means and how long it may take. All is chosen already; what few need is folded away. */
export function GoalStep() {
  const { words } = useText()
  const { goTo, changeDraft, refreshModels } = useActions()
  const draft = useAttune((state) => state.draft)
  const models = useAttune((state) => state.models)
  const model = selectedModel(draft, valueOf(models)?.models ?? [])
  const proceed = () => {
    changeDraft({ isGoalChosen: true })
    goTo({ page: 'new', step: 'plan' })
  }
  return (
    <Step
      heading={words.goal.heading}
      lead={words.goal.lead}
      back={
        <Button variant="default" onClick={() => goTo({ page: 'new', step: 'model' })}>
          {words.actions.back}
        </Button>
      }
      forward={<Button onClick={proceed}>{words.goal.forward}</Button>}
    >
      <ChoiceGroup legend={words.goal.kinds} layout="columns" isLegendHidden>
        {goalKinds.map((kind) => (
          <GoalChoice key={kind} kind={kind} isChecked={draft.goal === kind} />
        ))}
      </ChoiceGroup>
      <RemoteView remote={models} onRetry={() => void refreshModels()} placeholderRem={9}>
        {() => model !== null && <BudgetChoices draft={draft} model={model} />}
      </RemoteView>
      <MoreOptions model={model} />
    </Step>
  )
}

function GoalChoice({ kind, isChecked }: { kind: GoalKind; isChecked: boolean }) {
  const { words } = useText()
  const { changeDraft } = useActions()
  return (
    <Choice
      name="goal"
      title={words.goals[kind].name}
      detail={words.goals[kind].description}
      icon={icons[kind]}
      isChecked={isChecked}
      onChoose={() => changeDraft({ goal: kind })}
    />
  )
}
