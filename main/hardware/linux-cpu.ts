import type { MachineSources } from './sources.ts'
import { parseCpuList, parseKeyValues, parseWholeNumber } from './text.ts'

/** How many cores of which kind. */
export interface CoreCounts {
  sockets: number
  physicalCores: number
  performanceCores: number
  efficiencyCores: number
  logicalCores: number
}

/** One logical processor as /sys/devices/system/cpu/cpuN describes it. */
export interface LogicalCpu {
  index: number
  /** Logical processors of the same core, itself included. */
  siblings: number[]
  package: number | null
  /** Relative strength, 1024 for the strongest; ARM kernels tell it. */
  capacity: number | null
  maximumFrequencyKHz: number | null
}

/** Lists of the kernel's two processor types on Intel hybrids (/sys/devices/cpu_core, /sys/devices/cpu_atom). */
export interface IntelKinds {
  core: number[]
  atom: number[]
}

/**
 * Below this share of the strongest core's capacity or frequency a core counts as an efficiency core. Spreads among
 * equal cores (favoured cores, binning) stay above 0.9; little cores are at 0.3 to 0.76.
 */
const efficiencyShare = 0.8

/**
 * Counts cores from the kernel's topology. Efficiency cores are told by Intel's lists, else by capacity, else by
 * maximum frequency. Null where there is no topology.
 */
export function countCores(cpus: readonly LogicalCpu[], kinds: IntelKinds): CoreCounts | null {
  const cores = new Map(cpus.map((cpu) => [Math.min(cpu.index, ...cpu.siblings), cpu]))
  if (cores.size === 0) return null
  const efficiency = [...cores.values()].filter(efficiencyTest(cpus, kinds)).length
  const packages = new Set(cpus.flatMap((cpu) => cpu.package ?? []))
  // Boards with big and little cores give every cluster a package number; servers' sockets hold equal cores.
  const sockets = efficiency > 0 ? 1 : Math.max(1, packages.size)
  return {
    sockets,
    physicalCores: cores.size,
    performanceCores: cores.size - efficiency,
    efficiencyCores: efficiency,
    logicalCores: cpus.length,
  }
}

function efficiencyTest(cpus: readonly LogicalCpu[], kinds: IntelKinds): (cpu: LogicalCpu) => boolean {
  if (kinds.core.length > 0 && kinds.atom.length > 0) return (cpu) => kinds.atom.includes(cpu.index)
  const strengthOf = cpus.every(({ capacity }) => capacity !== null)
    ? (cpu: LogicalCpu) => cpu.capacity ?? 0
    : (cpu: LogicalCpu) => cpu.maximumFrequencyKHz ?? 0
  const strongest = cpus.reduce((most, cpu) => Math.max(most, strengthOf(cpu)), 0)
  return (cpu) => strengthOf(cpu) > 0 && strengthOf(cpu) < efficiencyShare * strongest
}

/** What /proc/cpuinfo tells: the marketing name, and on x86 how the logical processors share cores and sockets. */
export function parseCpuinfo(text: string | null): { name: string; counts: CoreCounts | null } {
  const blocks = (text ?? '').split(/\n\s*\n/).map((block) => parseKeyValues(block, ':'))
  const processors = blocks.filter((block) => block.has('processor'))
  const cores = new Set(
    processors.map((block) => `${block.get('physical id') ?? 0}/${block.get('core id') ?? block.get('processor')}`),
  )
  const names = processors.map((block) => block.get('model name') ?? '').filter((name) => name !== '')
  const sockets = new Set(processors.map((block) => block.get('physical id') ?? '0')).size
  const counts = { sockets, physicalCores: cores.size, performanceCores: cores.size, efficiencyCores: 0 }
  return {
    name: tidyCpuName(names[0] ?? ''),
    counts: processors.length === 0 ? null : { ...counts, logicalCores: processors.length },
  }
}

/** Leaves out trademark signs, the word "CPU", core counts and clock rates: "AMD Ryzen 7 5700G". */
export function tidyCpuName(name: string): string {
  return name
    .replace(/\((R|TM|C)\)|[®™]/gi, '')
    .replace(/\bCPU\b|\b\d+-Core Processor\b|\bProcessor\b|\b(with |w\/ )Radeon.*$|@.*$/gi, '')
    .replace(/\s+/g, ' ')
    .trim()
}

const cpuRoot = '/sys/devices/system/cpu'

/** The kernel's topology, processors that are switched off left out. */
export async function readTopology(sources: MachineSources): Promise<CoreCounts | null> {
  const folders = (await sources.listFolder(cpuRoot)) ?? []
  const indices = folders.flatMap((name) => parseWholeNumber(/^cpu(\d{1,5})$/.exec(name)?.[1]) ?? [])
  const [cpus, core, atom] = await Promise.all([
    Promise.all(indices.map((index) => readLogicalCpu(sources, index))),
    sources.readFile('/sys/devices/cpu_core/cpus'),
    sources.readFile('/sys/devices/cpu_atom/cpus'),
  ])
  return countCores(cpus.flat(), { core: parseCpuList(core), atom: parseCpuList(atom) })
}

async function readLogicalCpu(sources: MachineSources, index: number): Promise<LogicalCpu[]> {
  const read = (file: string) => sources.readFile(`${cpuRoot}/cpu${index}/${file}`)
  const [current, older, socket, capacity, frequency] = await Promise.all([
    read('topology/core_cpus_list'),
    read('topology/thread_siblings_list'),
    read('topology/physical_package_id'),
    read('cpu_capacity'),
    read('cpufreq/cpuinfo_max_freq'),
  ])
  const siblings = parseCpuList(current ?? older)
  if (siblings.length === 0) return []
  return [
    {
      index,
      siblings,
      package: parseWholeNumber(socket),
      capacity: parseWholeNumber(capacity),
      maximumFrequencyKHz: parseWholeNumber(frequency),
    },
  ]
}

/** Logical processors that affinity leaves to this process (`Cpus_allowed_list` in /proc/self/status); null if unknown. */
export function parseAllowedCores(status: string | null): number | null {
  const count = parseCpuList(parseKeyValues(status, ':').get('Cpus_allowed_list') ?? null).length
  return count === 0 ? null : count
}
