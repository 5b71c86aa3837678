import { Stack, Switch } from '@mantine/core'
import type { LocalModel } from '../../../preload/contract/model.ts'
import { emptyDraft } from '../../state/draft.ts'
import { valueOf } from '../../state/remote.ts'
import { useActions, useAttune } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { Disclosure } from '../../ui/parts/disclosure.tsx'
import { ContextChoices } from './context-choices.tsx'

const options = ['contextLength', 'probesMachine', 'reloadsModels', 'pausesOnBattery', 'privateDaemon'] as const

/** Choices that few need. They start in sight where one of them is not as Attune would have it. */
export function MoreOptions({ model }: { model: LocalModel | null }) {
  const { words } = useText()
  const draft = useAttune((state) => state.draft)
  const isChanged = options.some((name) => draft[name] !== emptyDraft[name])
  return (
    <Disclosure label={words.goal.moreOptions} startsOpen={isChanged}>
      <Stack mt="sm">
        <ContextChoices limit={model?.contextLength ?? null} wished={draft.contextLength} />
        <ProbeFirst model={model} />
        <PauseOnBattery />
        {model?.ref.daemon === 'ollama' && <DraftSwitch name="reloadsModels" text={words.goal.reloadModels} />}
        {model?.ref.daemon === 'ollama' && <ServerSettings />}
      </Stack>
    </Disclosure>
  )
}

/** Nothing where Ollama runs on another computer, which cannot be looked at from here. */
function ProbeFirst({ model }: { model: LocalModel | null }) {
  const { words } = useText()
  const isHere = useAttune(
    (state) => model?.ref.daemon === 'builtIn' || valueOf(state.daemons)?.ollama.isLocal === true,
  )
  return isHere && <DraftSwitch name="probesMachine" text={words.goal.probeFirst} />
}

/** Nothing on a computer without a battery. */
function PauseOnBattery() {
  const { words } = useText()
  const power = useAttune((state) => valueOf(state.machine)?.power)
  const hasBattery = power !== undefined && (power.batteryPercent !== null || power.source === 'battery')
  return hasBattery && <DraftSwitch name="pausesOnBattery" text={words.goal.pauseOnBattery} />
}

/** Whether settings of the whole server are tried, and of these the one that changes answers. */
function ServerSettings() {
  const { words } = useText()
  const isOn = useAttune((state) => state.draft.privateDaemon)
  const isLocal = useAttune((state) => valueOf(state.daemons)?.ollama.isLocal === true)
  if (!isLocal) return null
  return (
    <>
      <DraftSwitch name="privateDaemon" text={words.goal.privateDaemon} />
      {isOn && <DraftSwitch name="quantisedCache" text={words.goal.quantisedCache} />}
    </>
  )
}

interface DraftSwitchProps {
  name: 'probesMachine' | 'pausesOnBattery' | 'reloadsModels' | 'privateDaemon' | 'quantisedCache'
  text: { label: string; detail: string }
}

function DraftSwitch({ name, text }: DraftSwitchProps) {
  const { changeDraft } = useActions()
  const isOn = useAttune((state) => state.draft[name])
  return (
    <Switch
      label={text.label}
      description={text.detail}
      checked={isOn}
      onChange={(event) => changeDraft({ [name]: event.currentTarget.checked })}
    />
  )
}
