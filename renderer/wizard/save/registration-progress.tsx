import { Progress } from '@mantine/core'
import type { Registration } from '../../state/store.ts'
import { useText } from '../../text/use-text.ts'
import { Panel } from '../../ui/layout/panel.tsx'

/** How far the new tag is: created, loaded, measured. */
export function RegistrationProgress({ registration }: { registration: Registration }) {
  const { words } = useText()
  return (
    <Panel>
      <output>{registration.activity.text}</output>
      <Progress value={registration.share * 100} mt="xs" aria-label={words.save.progressLabel} />
    </Panel>
  )
}
