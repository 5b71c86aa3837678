import { noLimits, readCgroupLimits } from '../cgroup.ts'
import { type Environment, readLinuxEnvironment } from '../environment.ts'
import { basicMemory, limitMemory, type Memory, readSystemMemory } from '../memory.ts'
import { type Power, readPower, unknownPower } from '../power.ts'
import { withinSeconds } from '../profile.ts'
import type { MachineSources } from '../sources.ts'
import { toMiB } from '../text.ts'
import { type GraphicsLoad, readGraphicsLoads } from './graphics-load.ts'
import { type Heat, parseThermalPressure, readLinuxHeat } from './heat.ts'
import { parseLowPowerMode, readLinuxSaving } from './power-saving.ts'
import { type ProcessorLoad, readProcessorLoad } from './processor-load.ts'
import { readWindowsConditions } from './windows.ts'

/** How the computer is doing at a moment. Null: nothing here tells. */
export interface MachineConditions {
  environment: Environment
  power: Power
  isSavingPower: boolean | null
  heat: Heat | null
  processor: ProcessorLoad | null
  graphics: GraphicsLoad[]
  memory: Memory
  freeDiskMiB: number | null
}

export interface ConditionOptions {
  /** Where this program writes; absent: the disk is not looked at. */
  diskFolder?: string
  /** Lets a moment pass, in which the processor is watched: half a second tells enough. Absent: it is not watched. */
  wait?: () => Promise<void>
}

/** Longest that all tools together may take once the processor has been watched, seconds. */
const toolsLimitSeconds = 3.5

/**
 * Looks at what makes measurements on this computer unsteady. Never rejects: what cannot be told in time is null. The
 * processor is watched before any tool is asked, as the tools are work, too.
 */
export async function readConditions(
  sources: MachineSources,
  { diskFolder, wait }: ConditionOptions,
): Promise<MachineConditions> {
  const attempt = <T>(work: Promise<T>) => withinSeconds(toolsLimitSeconds, work)
  const processor = wait ? await attempt(readProcessorLoad(sources, wait)) : null
  const [system, graphics, cgroup, memory, freeDiskBytes] = await Promise.all([
    attempt(readSystemConditions(sources, attempt)),
    attempt(readGraphicsLoads(sources)),
    attempt(readCgroupLimits(sources)),
    attempt(readSystemMemory(sources)),
    diskFolder === undefined ? null : attempt(sources.freeDiskBytes(diskFolder)),
  ])
  const { programs, ...told } = system ?? untold
  return {
    ...told,
    processor: processor && { ...processor, programs: [...processor.programs, ...programs] },
    graphics: graphics ?? [],
    memory: limitMemory(memory ?? basicMemory(sources), cgroup ?? noLimits),
    freeDiskMiB: freeDiskBytes === null ? null : toMiB(freeDiskBytes),
  }
}

/** What the computer is fed by just now; unknown where nothing tells in time. */
export async function readPowerSource(sources: MachineSources): Promise<Power['source']> {
  const read =
    sources.basics.platform === 'win32'
      ? readWindowsConditions(sources).then((conditions) => conditions.power)
      : readPower(sources)
  return ((await withinSeconds(toolsLimitSeconds, read)) ?? unknownPower).source
}

/** What differs from system to system in the way it is found out. */
type SystemConditions = Pick<MachineConditions, 'environment' | 'power' | 'isSavingPower' | 'heat'> &
  Pick<ProcessorLoad, 'programs'>
type Attempt = <T>(work: Promise<T>) => Promise<T | null>

const untold: SystemConditions = {
  environment: 'hardware',
  power: unknownPower,
  isSavingPower: null,
  heat: null,
  programs: [],
}

async function readSystemConditions(sources: MachineSources, attempt: Attempt): Promise<SystemConditions> {
  switch (sources.basics.platform) {
    case 'linux': {
      const [environment, power, isSavingPower, heat] = await Promise.all([
        attempt(readLinuxEnvironment(sources)),
        attempt(readPower(sources)),
        attempt(readLinuxSaving(sources)),
        attempt(readLinuxHeat(sources)),
      ])
      return { ...untold, environment: environment ?? 'hardware', power: power ?? unknownPower, isSavingPower, heat }
    }
    case 'darwin': {
      const [power, settings, pressure] = await Promise.all([
        attempt(readPower(sources)),
        attempt(sources.run('pmset', ['-g'])),
        attempt(sources.run('notifyutil', ['-g', 'com.apple.system.thermalpressurelevel'])),
      ])
      const isSavingPower = parseLowPowerMode(settings)
      return { ...untold, power: power ?? unknownPower, isSavingPower, heat: parseThermalPressure(pressure) }
    }
    case 'win32':
      return { ...untold, ...(await attempt(readWindowsConditions(sources))) }
    default:
      return untold
  }
}
