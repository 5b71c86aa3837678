import { z } from 'zod'
import { isVirtualModel } from './environment.ts'
import { withKnownKinds } from './processor/known-hybrids.ts'
import type { CoreCounts } from './processor/linux-cpu.ts'
import { type Power, unknownPower } from './power.ts'
import type { MachineSources } from './sources.ts'
import { parseJsonObject } from './text.ts'

/** A graphics adapter as Windows lists it. */
export interface WindowsAdapter {
  name: string
  /** Dedicated memory from the registry, where the driver wrote it; the management interface stops at 4 GiB. */
  memoryBytes: number | null
}

/** What one call of PowerShell tells of a Windows computer. */
export interface WindowsFacts {
  cpuName: string | null
  /** Of the processor itself; this program may be translated from another one. Null where that is not told. */
  architecture: string | null
  isVirtual: boolean
  counts: CoreCounts | null
  adapters: WindowsAdapter[]
  power: Power
}

/** One process for all questions: starting PowerShell takes longer than asking it. */
const script = [
  "$ErrorActionPreference = 'SilentlyContinue'",
  '$processors = Get-CimInstance Win32_Processor | Select-Object Name, Architecture, NumberOfCores,' +
    ' NumberOfLogicalProcessors',
  "$keys = 'HKLM:\\HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\*'",
  "$rate = @{ Name = 'MHz'; Expression = { $_.'~MHz' } }",
  '$cores = Get-ItemProperty $keys | Select-Object Identifier, $rate',
  '$computer = Get-CimInstance Win32_ComputerSystem | Select-Object Manufacturer, Model',
  '$adapters = Get-CimInstance Win32_VideoController | Select-Object Name, AdapterRAM',
  "$class = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e968-e325-11ce-bfc1-08002be10318}\\0*'",
  "$size = @{ Name = 'MemoryBytes'; Expression = { $_.'HardwareInformation.qwMemorySize' } }",
  '$drivers = Get-ItemProperty $class | Select-Object DriverDesc, $size',
  '$batteries = Get-CimInstance Win32_Battery | Select-Object BatteryStatus, EstimatedChargeRemaining',
  '@{ processors = @($processors); cores = @($cores); computer = $computer; adapters = @($adapters);' +
    ' drivers = @($drivers); batteries = @($batteries) } | ConvertTo-Json -Compress -Depth 3',
].join('; ')

export const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item.nullable().catch(null))
    .catch([])
    .transform((items) => items.filter((entry) => entry !== null))

export const batterySchema = z.object({
  BatteryStatus: z.number(),
  EstimatedChargeRemaining: z.number().min(0).max(100).nullable().catch(null),
})

const answerSchema = z.object({
  processors: listOf(
    z.object({
      Name: z.string(),
      Architecture: z.number().nullable().catch(null),
      NumberOfCores: z.number().int().positive(),
      NumberOfLogicalProcessors: z.number().int().positive(),
    }),
  ),
  cores: listOf(z.object({ Identifier: z.string(), MHz: z.number().nonnegative() })),
  computer: z
    .object({ Manufacturer: z.string().catch(''), Model: z.string().catch('') })
    .nullable()
    .catch(null),
  adapters: listOf(z.object({ Name: z.string().min(1) })),
  drivers: listOf(z.object({ DriverDesc: z.string(), MemoryBytes: z.number().nonnegative().nullable().catch(null) })),
  batteries: listOf(batterySchema),
})
type Answer = z.infer<typeof answerSchema>

const nothing: WindowsFacts = {
  cpuName: null,
  architecture: null,
  isVirtual: false,
  counts: null,
  adapters: [],
  power: unknownPower,
}

/** Win32_Processor.Architecture. */
const architectures: Readonly<Record<number, string>> = { 9: 'x64', 12: 'arm64' }

export function parseWindowsFacts(text: string | null): WindowsFacts {
  const answer = answerSchema.safeParse(parseJsonObject(text))
  if (!answer.success) return nothing
  const { processors, cores, computer, adapters, drivers } = answer.data
  const [processor] = processors
  return {
    cpuName: processor?.Name ?? null,
    architecture: architectures[processor?.Architecture ?? 0] ?? null,
    isVirtual: isVirtualModel(`${computer?.Manufacturer ?? ''} ${computer?.Model ?? ''}`),
    counts: coreCounts(processors, cores),
    adapters: adapters.map(({ Name }) => ({
      name: Name,
      memoryBytes: drivers.find(({ DriverDesc }) => DriverDesc === Name)?.MemoryBytes ?? null,
    })),
    power: processor === undefined ? unknownPower : judgeBatteries(answer.data.batteries),
  }
}

/**
 * On Intel hybrids only performance cores have two threads, so logical = 2 P + E and physical = P + E tell both.
 * ARM cores of unequal kinds have unequal identifiers. What else has unequal cores is known by name, or counts as equal.
 */
function coreCounts(processors: Answer['processors'], cores: Answer['cores']): CoreCounts | null {
  const [first] = processors
  if (first === undefined) return null
  const physicalCores = processors.reduce((total, { NumberOfCores }) => total + NumberOfCores, 0)
  const threads = processors.reduce((total, processor) => total + processor.NumberOfLogicalProcessors, 0)
  const logicalCores = Math.max(physicalCores, threads)
  const isHybrid = logicalCores > physicalCores && logicalCores < 2 * physicalCores
  const fastCores = cores.length === physicalCores ? fastArmCores(cores) : null
  const performanceCores = isHybrid ? logicalCores - physicalCores : (fastCores ?? physicalCores)
  return withKnownKinds(first.Name, {
    sockets: processors.length,
    physicalCores,
    performanceCores,
    efficiencyCores: physicalCores - performanceCores,
    lowPowerCores: 0,
    logicalCores,
  })
}

/** Cores of the kind with the highest clock, if there is more than one kind; null for others than ARM. */
function fastArmCores(cores: Answer['cores']): number | null {
  const [fastest] = cores.toSorted((a, b) => b.MHz - a.MHz)
  if (!fastest?.Identifier.startsWith('ARM')) return null
  return cores.filter(({ Identifier }) => Identifier === fastest.Identifier).length
}

/** Statuses 1, 4 and 5 are discharging, low and critical; the others mean that mains power is there (Win32_Battery). */
export function judgeBatteries([battery]: readonly z.infer<typeof batterySchema>[]): Power {
  if (battery === undefined) return { source: 'mains', batteryPercent: null }
  const source = [1, 4, 5].includes(battery.BatteryStatus) ? 'battery' : 'mains'
  return { source, batteryPercent: battery.EstimatedChargeRemaining }
}

export async function readWindows(sources: MachineSources): Promise<WindowsFacts> {
  const parameters = ['-NoProfile', '-NonInteractive', '-Command', script]
  return parseWindowsFacts(await sources.run('powershell.exe', parameters))
}
