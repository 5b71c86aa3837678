import { clampContextLength, contextChoices } from '../../state/draft.ts'
import { useActions } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { Choice, ChoiceGroup } from '../../ui/parts/choice.tsx'

/** How long conversations get, as far as the model can follow. */
export function ContextChoices({ limit, wished }: { limit: number | null; wished: number }) {
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
