import type { GoalKind } from '../../../preload/contract/goal.ts'
import { goalKinds } from '../../state/draft.ts'
import { useText } from '../../text/use-text.ts'
import { Choice, ChoiceGroup } from '../../ui/parts/choice.tsx'

/** Judges the same measurements for another goal; nothing runs again. */
export function RescoreChoices({ goal, onChoose }: { goal: GoalKind; onChoose: (goal: GoalKind) => void }) {
  const { words } = useText()
  return (
    <ChoiceGroup legend={words.result.rescore} layout="columns">
      {goalKinds.map((kind) => (
        <Choice
          key={kind}
          name="rescore"
          title={words.goals[kind].name}
          isChecked={goal === kind}
          onChoose={() => onChoose(kind)}
        />
      ))}
    </ChoiceGroup>
  )
}
