import type { GoalKind } from '../../../preload/contract/goal.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { ImportanceList } from '../../charts/importance-list.tsx'
import { useRequest } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { Section } from '../../ui/layout/panel.tsx'
import { RemoteView } from '../../ui/layout/remote-view.tsx'

/** Which settings matter under a goal; nothing where too little was measured to say. */
export function ImportanceSection({ study, goal }: { study: Study; goal: GoalKind }) {
  const { words } = useText()
  const { answer, retry } = useRequest(`${study.id} ${goal} ${study.updatedAt}`, (api) =>
    api['study.insight']({ id: study.id, goal }),
  )
  return (
    <RemoteView remote={answer} onRetry={retry} placeholderRem={12}>
      {({ importance }) =>
        importance !== null && (
          <Section title={words.importance.title}>
            <ImportanceList importance={importance} />
          </Section>
        )
      }
    </RemoteView>
  )
}
