import type { BudgetKind } from '../../../preload/contract/goal.ts'
import type { LocalModel } from '../../../preload/contract/model.ts'
import { budgetKinds, studyRequest, type Draft } from '../../state/draft.ts'
import { useActions, useRequest } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
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
  const { words, format } = useText()
  const { changeDraft } = useActions()
  const request = studyRequest({ ...draft, budget }, model)
  const { answer } = useRequest(JSON.stringify(request), (api) => api['plan.create'](request))
  const expected = answer.kind === 'ready' ? answer.value.expectedMinutes : null
  return (
    <Choice
      name="budget"
      title={words.budgets[budget].name}
      detail={words.budgets[budget].description}
      isChecked={draft.budget === budget}
      onChoose={() => changeDraft({ budget })}
    >
      <strong>
        {expected === null ? words.goal.minutesUnknown : format.minutes.range(expected.low, expected.high)}
      </strong>
    </Choice>
  )
}
