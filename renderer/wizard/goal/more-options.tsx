import { Switch } from '@mantine/core'
import { useActions, useAttune } from '../../state/use-attune.ts'
import { valueOf } from '../../state/remote.ts'
import { useText } from '../../text/use-text.ts'
import { Disclosure } from '../../ui/parts/disclosure.tsx'

/** Choices that few need, as far as this computer offers them. */
export function MoreOptions() {
  const { words } = useText()
  const { changeDraft } = useActions()
  const pausesOnBattery = useAttune((state) => state.draft.pausesOnBattery)
  const power = useAttune((state) => valueOf(state.machine)?.power)
  const hasBattery = power !== undefined && (power.batteryPercent !== null || power.source === 'battery')
  if (!hasBattery) return null
  return (
    <Disclosure label={words.goal.moreOptions}>
      <Switch
        label={words.goal.pauseOnBattery}
        description={words.goal.pauseOnBatteryDetail}
        checked={pausesOnBattery}
        onChange={(event) => changeDraft({ pausesOnBattery: event.currentTarget.checked })}
      />
    </Disclosure>
  )
}
