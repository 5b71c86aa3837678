import type { MachineSources } from '../sources.ts'
import { parseKeyValues } from '../text.ts'

/** Drivers under which the governor "powersave" is the ordinary one, and saving is told by a preference instead. */
const selfGoverning = ['intel_pstate', 'amd-pstate-epp', 'amd_pstate_epp']

/** What Linux says of its first processor and of the computer as a whole; nulls where a file is missing. */
export interface LinuxPowerFiles {
  /** /sys/firmware/acpi/platform_profile. */
  profile: string | null
  driver: string | null
  governor: string | null
  /** Energy performance preference. */
  preference: string | null
}

/** Whether Linux keeps the processor slow to save power; null where nothing tells. */
export function judgeLinuxSaving(files: LinuxPowerFiles): boolean | null {
  const [profile, driver, governor, preference] = [files.profile, files.driver, files.governor, files.preference].map(
    (text) => text?.trim() ?? '',
  )
  if (!profile && !governor && !preference) return null
  const isPinnedSlow = governor === 'powersave' && !selfGoverning.includes(driver ?? '')
  return profile === 'low-power' || preference === 'power' || isPinnedSlow
}

export async function readLinuxSaving(sources: MachineSources): Promise<boolean | null> {
  const read = (file: string) => sources.readFile(`/sys/devices/system/cpu/cpu0/cpufreq/${file}`)
  const [profile, driver, governor, preference] = await Promise.all([
    sources.readFile('/sys/firmware/acpi/platform_profile'),
    read('scaling_driver'),
    read('scaling_governor'),
    read('energy_performance_preference'),
  ])
  return judgeLinuxSaving({ profile, driver, governor, preference })
}

/** `pmset -g` on macOS: " lowpowermode         1"; null where this Mac has no such mode. */
export function parseLowPowerMode(text: string | null): boolean | null {
  const settings = parseKeyValues(text?.replace(/^ *(\w+) +/gm, '$1 ') ?? null, ' ')
  const mode = settings.get('lowpowermode') ?? settings.get('powermode')
  // Power mode 2 is the high one.
  return mode === undefined ? null : mode === '1'
}

const powerSaverScheme = 'a1841308-3541-4fab-bc81-f71556f20b4a'
const bestEfficiencyOverlay = '961cc777-2547-4f9d-8174-7d86181b8a7a'

/** Windows: the plan "Power saver", or the power mode "Best power efficiency" laid over another plan. */
export function judgeWindowsSaving(scheme: string | null, overlay: string | null): boolean | null {
  if (scheme === null && overlay === null) return null
  return scheme?.toLowerCase() === powerSaverScheme || overlay?.toLowerCase() === bestEfficiencyOverlay
}
