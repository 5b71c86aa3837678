import { Button } from '@mantine/core'
import { IconCpu2, IconFileText, IconMessageCircle, type Icon } from '@tabler/icons-react'
import type { GoalKind } from '../../../preload/contract/goal.ts'
import { clampContextLength, contextChoices, goalKinds, selectedModel } from '../../state/draft.ts'
import { valueOf } from '../../state/remote.ts'
import { useActions, useAttune } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { Choice, ChoiceGroup } from '../../ui/parts/choice.tsx'
import { Step } from '../../ui/layout/step.tsx'
import { BudgetChoices } from './budget-choices.tsx'
import { MoreOptions } from './more-options.tsx'

const icons = { chat: IconMessageCircle, throughput: IconFileText, memory: IconCpu2 } satisfies Record<GoalKind, Icon>

/** Step 3: what "best" means, how long conversations get, how long it may take. All three have a usable default. */
export function GoalStep() {
  const { words } = useText()
  const { goTo, changeDraft } = useActions()
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
      <ContextChoices limit={model?.contextLength ?? null} wished={draft.contextLength} />
      {model !== null && <BudgetChoices draft={draft} model={model} />}
      <MoreOptions />
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

function ContextChoices({ limit, wished }: { limit: number | null; wished: number }) {
  const { words } = useText()
  const { changeDraft } = useActions()
  const length = clampContextLength(wished, limit)
  return (
    <ChoiceGroup legend={words.goal.context} layout="row">
      {contextChoices(limit).map((choice) => (
        <Choice
          key={choice}
          name="context"
          title={words.goal.contextName(choice)}
          detail={words.goal.contextDetail(choice)}
          isChecked={choice === length}
          onChoose={() => changeDraft({ contextLength: choice })}
        />
      ))}
    </ChoiceGroup>
  )
}
