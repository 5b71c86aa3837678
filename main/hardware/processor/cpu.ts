import { z } from 'zod'
import type { Cpu } from '../../../preload/contract/machine.ts'
import type { MacFacts } from '../macos.ts'
import type { CgroupLimits } from '../cgroup.ts'
import { type Core, type CoreCounts, parseAffinity, parseCpuinfo, readTopology, tidyCpuName } from './linux-cpu.ts'
import type { MachineSources } from '../sources.ts'
import type { WindowsFacts } from '../windows.ts'

/** Name and cores of the processor, before limits. */
export interface Processor {
  name: string
  counts: CoreCounts
  /** Which logical processors make which core; null where nothing tells. */
  cores: readonly Core[] | null
  numaNodes: number | null
  /** The processor's own architecture where a tool told it: a program may run on another one in translation. */
  architecture: string | null
}

const untold = { cores: null, numaNodes: null, architecture: null }

const libraryAnswerSchema = z.object({
  manufacturer: z.string().catch(''),
  brand: z.string().catch(''),
  cores: z.number().int().positive(),
  physicalCores: z.number().int().positive(),
  processors: z.number().int().positive().catch(1),
})

/** What the systeminformation library says; null if it is nonsense. */
export function parseLibraryCpu(answer: unknown): Processor | null {
  const result = libraryAnswerSchema.safeParse(answer)
  if (!result.success) return null
  const { manufacturer, brand, cores, physicalCores, processors } = result.data
  const physical = Math.min(physicalCores, cores)
  return {
    name: tidyCpuName(brand.startsWith(manufacturer) ? brand : `${manufacturer} ${brand}`),
    counts: plainCounts(processors, physical, cores),
    ...untold,
  }
}

function plainCounts(sockets: number, physicalCores: number, logicalCores: number): CoreCounts {
  const alike = { performanceCores: physicalCores, efficiencyCores: 0, lowPowerCores: 0 }
  return { sockets, physicalCores, ...alike, logicalCores }
}

/**
 * Linux: the kernel's topology, then /proc/cpuinfo, then the library (which is slow, so only if need be), then Node.
 * Boards that name themselves have one processor, whatever their clusters are numbered.
 */
export async function readLinuxProcessor(sources: MachineSources): Promise<Processor> {
  const [topology, cpuinfoText, model] = await Promise.all([
    readTopology(sources),
    sources.readFile('/proc/cpuinfo'),
    sources.readFile('/proc/device-tree/model'),
  ])
  const cpuinfo = parseCpuinfo(cpuinfoText)
  const board = model?.replaceAll('\0', '').trim()
  const counts = topology?.counts ?? cpuinfo.counts
  const told = { cores: topology?.cores ?? null, numaNodes: topology?.numaNodes ?? null, architecture: null }
  if (board && counts) return { name: board, counts: { ...counts, sockets: 1 }, ...told }
  if (cpuinfo.name && counts) return { name: cpuinfo.name, counts, ...told }
  const library = parseLibraryCpu(await sources.systemInformation.cpu())
  return {
    name: board || cpuinfo.name || library?.name || basicName(sources),
    counts: counts ?? library?.counts ?? basicCounts(sources),
    ...told,
  }
}

/** Macs and Windows computers, by what their tools told. */
export function toldProcessor(facts: MacFacts | WindowsFacts, sources: MachineSources): Processor {
  return {
    name: tidyCpuName(facts.cpuName ?? '') || basicName(sources),
    counts: facts.counts ?? basicCounts(sources),
    ...untold,
    architecture: facts.architecture,
  }
}

/** Other systems, and what remains when everything else fails: every logical processor counts as a core. */
export function basicProcessor(sources: MachineSources): Processor {
  return { name: basicName(sources), counts: basicCounts(sources), ...untold }
}

function basicName({ basics }: MachineSources): string {
  return tidyCpuName(basics.cpuName) || 'unknown processor'
}

function basicCounts({ basics }: MachineSources): CoreCounts {
  const cores = Math.max(1, Math.floor(basics.logicalCores) || 1)
  return plainCounts(1, cores, cores)
}

/** Logical processors that affinity leaves to this process; null where nothing tells (macOS, Windows). */
export async function readAffinity(sources: MachineSources): Promise<number[] | null> {
  return parseAffinity(await sources.readFile('/proc/self/status'))
}

/** A Windows program sees one group of up to 64 processors, though its threads may run on all. */
const windowsGroupCores = 64

function parallelism({ basics }: MachineSources): number {
  const isGroupOnly = basics.platform === 'win32' && basics.logicalCores > windowsGroupCores
  return isGroupOnly ? Infinity : Math.max(1, Math.floor(basics.availableParallelism) || 1)
}

/**
 * Puts processor and limits together. A quota of 2.5 processors allows 2 threads at full speed, so it is rounded down;
 * at least one core is always allowed.
 */
export function limitCpu(
  { name, counts, cores, numaNodes, architecture }: Processor,
  sources: MachineSources,
  affinity: number[] | null,
  limits: CgroupLimits,
): Cpu {
  const quota = limits.cpuQuota === null ? Infinity : Math.floor(limits.cpuQuota)
  const members = intersect(affinity, limits.cpuset)
  const allowed = Math.min(counts.logicalCores, members?.length ?? Infinity, quota, parallelism(sources))
  const allowedKinds = members && cores && members.length < counts.logicalCores ? kindsAmong(cores, members) : null
  return {
    name,
    architecture: knownArchitecture(architecture ?? sources.basics.architecture),
    ...counts,
    ...(numaNodes === null ? {} : { numaNodes }),
    allowedCores: Math.max(1, allowed),
    ...(allowedKinds === null ? {} : { allowedKinds }),
  }
}

function knownArchitecture(architecture: string): Cpu['architecture'] {
  return architecture === 'x64' || architecture === 'arm64' ? architecture : 'other'
}

function intersect(a: number[] | null, b: number[] | null): number[] | null {
  return a === null || b === null ? (a ?? b) : a.filter((cpu) => b.includes(cpu))
}

/** How many cores of each kind have at least one of these logical processors; null if none has. */
function kindsAmong(cores: readonly Core[], allowed: readonly number[]): Cpu['allowedKinds'] | null {
  const open = cores.filter(({ members }) => members.some((cpu) => allowed.includes(cpu)))
  const performanceCores = open.filter(({ kind }) => kind === 'performance').length
  return open.length === 0 ? null : { performanceCores, efficiencyCores: open.length - performanceCores }
}
