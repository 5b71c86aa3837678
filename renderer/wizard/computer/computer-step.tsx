import { Button } from '@mantine/core'
import { useActions, useAttune } from '../../state/use-attune.ts'
import { useText } from '../../text/use-text.ts'
import { Section } from '../../ui/layout/panel.tsx'
import { RemoteView } from '../../ui/layout/remote-view.tsx'
import { Step } from '../../ui/layout/step.tsx'
import { DaemonPanels } from './daemon-panels.tsx'
import { MachineTiles } from './machine-tiles.tsx'
import { RemoteComputerForm } from './remote-computer-form.tsx'

/** Step 1: what there is to work with. Nothing is decided here. */
export function ComputerStep() {
  const { words } = useText()
  const { goTo, refreshDaemons, refreshMachine, refreshSettings } = useActions()
  const machine = useAttune((state) => state.machine)
  const daemons = useAttune((state) => state.daemons)
  const settings = useAttune((state) => state.settings)
  return (
    <Step
      heading={words.computer.heading}
      lead={words.computer.lead}
      forward={<Button onClick={() => goTo({ page: 'new', step: 'model' })}>{words.computer.forward}</Button>}
    >
      <RemoteView
        remote={machine}
        onRetry={() => void refreshMachine()}
        placeholderRem={14}
        meanwhile={words.computer.looking}
      >
        {(profile) => <MachineTiles profile={profile} />}
      </RemoteView>
      <Section title={words.computer.daemons}>
        <RemoteView remote={daemons} onRetry={() => void refreshDaemons()} placeholderRem={9}>
          {({ ollama, builtIn }) => (
            <DaemonPanels ollama={ollama} builtIn={builtIn}>
              {!ollama.isLocal && (
                <RemoteView remote={settings} onRetry={() => void refreshSettings()} placeholderRem={9}>
                  {({ remoteComputer = {} }) => <RemoteComputerForm known={remoteComputer} />}
                </RemoteView>
              )}
            </DaemonPanels>
          )}
        </RemoteView>
      </Section>
    </Step>
  )
}
