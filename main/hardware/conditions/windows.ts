import { z } from 'zod'
import type { MachineSources } from '../sources.ts'
import { parseJsonObject } from '../text.ts'
import { type Power, unknownPower } from '../power.ts'
import { batterySchema, judgeBatteries, listOf } from '../windows.ts'
import { type Heat, judgePassiveLimits } from './heat.ts'
import { judgeWindowsSaving } from './power-saving.ts'
import type { ProcessUse } from './processor-load.ts'

/** What one call of PowerShell tells of how a Windows computer is doing. */
export interface WindowsConditions {
  power: Power
  isSavingPower: boolean | null
  heat: Heat | null
  /** Processor time of each program as a share of all cores. */
  programs: ProcessUse[]
}

const schemes = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Power\\User\\PowerSchemes'
const script = [
  "$ErrorActionPreference = 'SilentlyContinue'",
  `$s = Get-ItemProperty '${schemes}'`,
  '$batteries = Get-CimInstance Win32_Battery | Select-Object BatteryStatus, EstimatedChargeRemaining',
  '$battery = ($batteries | Select-Object -First 1).BatteryStatus',
  '$overlay = if (@(1, 4, 5) -contains $battery) { $s.ActiveOverlayDcPowerScheme } else { $s.ActiveOverlayAcPowerScheme }',
  '$zones = Get-CimInstance Win32_PerfFormattedData_Counters_ThermalZoneInformation | Select-Object PercentPassiveLimit',
  '$programs = Get-CimInstance Win32_PerfFormattedData_PerfProc_Process | Where-Object PercentProcessorTime -gt 5 |' +
    ' Select-Object Name, IDProcess, PercentProcessorTime',
  '@{ scheme = $s.ActivePowerScheme; overlay = $overlay; zones = @($zones);' +
    ' programs = @($programs); batteries = @($batteries) } | ConvertTo-Json -Compress -Depth 3',
].join('; ')

const answerSchema = z.object({
  scheme: z.string().nullable().catch(null),
  overlay: z.string().nullable().catch(null),
  batteries: listOf(batterySchema),
  zones: listOf(z.object({ PercentPassiveLimit: z.number() })),
  programs: listOf(
    z.object({ Name: z.string().min(1), IDProcess: z.number(), PercentProcessorTime: z.number().nonnegative() }),
  ),
})

/** @param logicalCores by which the programs' shares of one core are divided */
export function parseWindowsConditions(text: string | null, logicalCores: number): WindowsConditions {
  const answer = answerSchema.safeParse(parseJsonObject(text))
  if (!answer.success) return { power: unknownPower, isSavingPower: null, heat: null, programs: [] }
  const { scheme, overlay, zones, programs, batteries } = answer.data
  return {
    power: judgeBatteries(batteries),
    isSavingPower: judgeWindowsSaving(scheme, overlay),
    heat: judgePassiveLimits(zones.map(({ PercentPassiveLimit }) => PercentPassiveLimit)),
    programs: programs
      .filter(({ Name }) => Name !== '_Total' && Name !== 'Idle')
      .map(({ Name, IDProcess, PercentProcessorTime }) => ({
        // Programs that run several times are told apart by a number.
        name: Name.replace(/#\d+$/, ''),
        pid: IDProcess,
        share: Math.min(1, PercentProcessorTime / 100 / Math.max(1, logicalCores)),
      })),
  }
}

export async function readWindowsConditions(sources: MachineSources): Promise<WindowsConditions> {
  const text = await sources.run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script])
  return parseWindowsConditions(text, sources.basics.logicalCores)
}
