import type { Reason } from '../../../preload/contract/estimate.ts'
import type { MachineProfile } from '../../../preload/contract/machine.ts'
import type { Clock } from '../../ollama/clock.ts'
import type { Daemon } from '../../ollama/daemon.ts'
import type { StudyControl } from './control.ts'

/** What the computer is fed by at this moment. */
export type PowerWatch = () => Promise<MachineProfile['power']['source']>

/** Looking costs a little of the battery, too. */
const secondsBetweenLooks = 30

interface Waiting {
  powerWatch: PowerWatch
  daemon: Daemon
  model: string
  clock: Clock
  control: StudyControl
  onActivity: (activity: Reason) => void
}

/** Resolves once the computer does not run on battery, or the user asked for something else. The model is unloaded. */
export async function awaitMains({ powerWatch, daemon, model, clock, control, onActivity }: Waiting): Promise<void> {
  if ((await powerWatch()) !== 'battery') return
  onActivity({ code: 'study.awaitingMains', values: {} })
  await daemon.unload(model).catch(() => undefined)
  do {
    const signal = control.beginTrial()
    // Any button ends the wait for the next look.
    await clock.sleep(secondsBetweenLooks, signal).catch(() => undefined)
  } while (control.ending === null && (await powerWatch()) === 'battery')
}
