import { z } from 'zod'
import type { Cpu } from '../../preload/contract/machine.ts'
import type { MacFacts } from './macos.ts'
import type { CgroupLimits } from './cgroup.ts'
import { type CoreCounts, parseAllowedCores, parseCpuinfo, readTopology, tidyCpuName } from './linux-cpu.ts'
import type { MachineSources } from './sources.ts'
import type { WindowsFacts } from './windows.ts'

/** Name and cores of the processor, before limits. */
export interface Processor {
  name: string
  counts: CoreCounts
}

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
  }
}

function plainCounts(sockets: number, physicalCores: number, logicalCores: number): CoreCounts {
  return { sockets, physicalCores, performanceCores: physicalCores, efficiencyCores: 0, logicalCores }
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
  const counts = topology ?? cpuinfo.counts
  if (board && counts) return { name: board, counts: { ...counts, sockets: 1 } }
  if (cpuinfo.name && counts) return { name: cpuinfo.name, counts }
  const library = parseLibraryCpu(await sources.systemInformation.cpu())
  return {
    name: board || cpuinfo.name || library?.name || basicName(sources),
    counts: counts ?? library?.counts ?? basicCounts(sources),
  }
}

export function appleProcessor(facts: MacFacts, sources: MachineSources): Processor {
  return { name: tidyCpuName(facts.cpuName) || basicName(sources), counts: facts.counts ?? basicCounts(sources) }
}

export function windowsProcessor(facts: WindowsFacts, sources: MachineSources): Processor {
  return { name: tidyCpuName(facts.cpuName ?? '') || basicName(sources), counts: facts.counts ?? basicCounts(sources) }
}

/** Other systems, and what remains when everything else fails: every logical processor counts as a core. */
export function basicProcessor(sources: MachineSources): Processor {
  return { name: basicName(sources), counts: basicCounts(sources) }
}

function basicName({ basics }: MachineSources): string {
  return tidyCpuName(basics.cpuName) || 'unknown processor'
}

function basicCounts({ basics }: MachineSources): CoreCounts {
  const cores = Math.max(1, Math.floor(basics.logicalCores) || 1)
  return plainCounts(1, cores, cores)
}

/** Logical processors that affinity leaves to this process; null where nothing tells (macOS, Windows). */
export async function readAffinity(sources: MachineSources): Promise<number | null> {
  return parseAllowedCores(await sources.readFile('/proc/self/status'))
}

/**
 * Puts processor and limits together. A quota of 2.5 processors allows 2 threads at full speed, so it is rounded down;
 * at least one core is always allowed.
 */
export function limitCpu(
  { name, counts }: Processor,
  architecture: string,
  affinity: number | null,
  limits: CgroupLimits,
): Cpu {
  const quota = limits.cpuQuota === null ? Infinity : Math.floor(limits.cpuQuota)
  const allowed = Math.min(counts.logicalCores, affinity ?? Infinity, limits.cpusetCores ?? Infinity, quota)
  return {
    name,
    architecture: architecture === 'x64' || architecture === 'arm64' ? architecture : 'other',
    ...counts,
    allowedCores: Math.max(1, allowed),
  }
}
