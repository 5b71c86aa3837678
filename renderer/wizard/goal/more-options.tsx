import { Stack, Switch } from '@mantine/core'
import { emptyDraft } from '../../state/draft.ts'
import { valueOf } from '../../state/remote.ts'
import { useActions, useAttune } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { Disclosure } from '../../ui/parts/disclosure.tsx'
import { ContextChoices } from './context-choices.tsx'

/** Choices that few need. They start in sight where one of them is not as Attune would have it. */
export function MoreOptions({ contextLimit }: { contextLimit: number | null }) {
  const { words } = useText()
  const { contextLength, pausesOnBattery } = useAttune((state) => state.draft)
  const isChanged = contextLength !== emptyDraft.contextLength || pausesOnBattery !== emptyDraft.pausesOnBattery
  return (
    <Disclosure label={words.goal.moreOptions} startsOpen={isChanged}>
      <Stack mt="sm">
        <ContextChoices limit={contextLimit} wished={contextLength} />
        <PauseOnBattery pausesOnBattery={pausesOnBattery} />
      </Stack>
    </Disclosure>
  )
}

/** Nothing on a computer without a battery. */
function PauseOnBattery({ pausesOnBattery }: { pausesOnBattery: boolean }) {
  const { words } = useText()
  const { changeDraft } = useActions()
  const power = useAttune((state) => valueOf(state.machine)?.power)
  const hasBattery = power !== undefined && (power.batteryPercent !== null || power.source === 'battery')
  if (!hasBattery) return null
  return (
    <Switch
      label={words.goal.pauseOnBattery}
      description={words.goal.pauseOnBatteryDetail}
      checked={pausesOnBattery}
      onChange={(event) => changeDraft({ pausesOnBattery: event.currentTarget.checked })}
    />
  )
}
