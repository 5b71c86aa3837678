import type { MachineProfile } from '../../preload/contract/machine.ts'
import type { MachineConditions } from '../../main/hardware/conditions/read-conditions.ts'
import type { ComputerTools } from '../../main/study/prepare.ts'

/** A computer that does nothing else. */
export function calmComputer(machine: MachineProfile, change: Partial<MachineConditions> = {}): ComputerTools {
  const conditions: MachineConditions = {
    environment: 'hardware',
    power: { source: 'mains', batteryPercent: null },
    isSavingPower: false,
    heat: null,
    processor: null,
    graphics: [],
    memory: { totalMiB: 16_384, availableMiB: 12_000, limitMiB: null },
    freeDiskMiB: null,
    ...change,
  }
  return { profile: () => Promise.resolve(machine), conditions: () => Promise.resolve(conditions) }
}
