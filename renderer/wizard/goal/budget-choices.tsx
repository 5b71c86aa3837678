import type { BudgetKind } from '../../../preload/contract/goal.ts'
import type { LocalModel } from '../../../preload/contract/model.ts'
import type { Plan } from '../../../preload/contract/plan.ts'
import { budgetKinds, studyRequest, type Draft } from '../../state/draft.ts'
import { useActions, useRequest } from '../../state/use-attune.ts'
import type { Remote } from '../../state/remote.ts'
import { useText, type Text } from '../../text/use-text.ts'
import { Choice, ChoiceGroup } from '../../ui/parts/choice.tsx'

/** How long a study may take, each choice with the minutes that its plan expects. */
export function BudgetChoices({ draft, model }: { draft: Draft; model: LocalModel }) {
  const { words } = useText()
  return (
    <ChoiceGroup legend={words.goal.time} layout="columns">
      {budgetKinds.map((budget) => (
        <BudgetChoice key={budget} budget={budget} draft={draft} model={model} />
      ))}
    </ChoiceGroup>
  )
}

interface BudgetChoiceProps {
  budget: BudgetKind
  draft: Draft
  model: LocalModel
}

function BudgetChoice({ budget, draft, model }: BudgetChoiceProps) {
  const text = useText()
  const { words } = text
  const { changeDraft } = useActions()
  const request = studyRequest({ ...draft, budget }, model)
  const { answer } = useRequest(JSON.stringify(request), (api) => api['plan.create'](request))
  return (
    <Choice
      name="budget"
      title={words.budgets[budget].name}
      detail={words.budgets[budget].description}
      isChecked={draft.budget === budget}
      onChoose={() => changeDraft({ budget })}
    >
      <strong>{minutesText(answer, text)}</strong>
    </Choice>
  )
}

function minutesText(plan: Remote<Plan>, { words, format }: Text): string {
  switch (plan.kind) {
    case 'loading':
      return words.goal.minutesPending
    case 'failed':
      return words.goal.minutesUnknown
    case 'ready':
      return format.minutes.range(plan.value.expectedMinutes.low, plan.value.expectedMinutes.high)
  }
}
