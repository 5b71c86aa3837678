import type { MachineSources } from '../sources.ts'
import { parseCpuList, parseKeyValues, parseWholeNumber } from '../text.ts'

/** How many cores of which kind. */
export interface CoreCounts {
  sockets: number
  physicalCores: number
  performanceCores: number
  efficiencyCores: number
  /** Those of the efficiency cores that are much slower still. */
  lowPowerCores: number
  logicalCores: number
}

/** One core: its logical processors, and what kind it is. */
export interface Core {
  members: number[]
  kind: 'performance' | 'efficiency' | 'lowPower'
}

/** The processor as the kernel describes it. */
export interface Topology {
  counts: CoreCounts
  cores: Core[]
  /** Groups of cores with memory of their own; null where the kernel keeps none. */
  numaNodes: number | null
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

/**
 * Lists of the kernel's processor types on Intel hybrids: /sys/devices/cpu_core, cpu_atom and, from kernel 6.13 on,
 * cpu_lowpower, which is part of cpu_atom before.
 */
export interface IntelKinds {
  core: number[]
  atom: number[]
  lowPower: number[]
}

/**
 * Below this share of the strongest core's capacity or frequency a core counts as an efficiency core. Spreads among
 * equal cores (favoured cores, binning) stay above 0.9; little cores are at 0.3 to 0.76.
 */
const efficiencyShare = 0.8
/**
 * Below this share of the strongest efficiency core one counts as a low-power core: 2.5 of 3.8 GHz on Meteor Lake, a
 * quarter of the capacity on ARM processors of three kinds.
 */
const lowPowerShare = 0.7

/**
 * Counts cores from the kernel's topology. Efficiency cores are told by Intel's lists, else by capacity, else by
 * maximum frequency. Null where there is no topology.
 */
export function countCores(cpus: readonly LogicalCpu[], kinds: IntelKinds): CoreCounts | null {
  const cores = arrangeCores(cpus, kinds)
  if (cores.length === 0) return null
  const lowPowerCores = cores.filter(({ kind }) => kind === 'lowPower').length
  const performanceCores = cores.filter(({ kind }) => kind === 'performance').length
  const packages = new Set(cpus.flatMap((cpu) => cpu.package ?? []))
  // Boards with big and little cores give every cluster a package number; servers' sockets hold equal cores.
  const isMixed = performanceCores < cores.length
  return {
    sockets: isMixed ? 1 : Math.max(1, packages.size),
    physicalCores: cores.length,
    performanceCores,
    efficiencyCores: cores.length - performanceCores,
    lowPowerCores,
    logicalCores: cores.reduce((total, { members }) => total + members.length, 0),
  }
}

/** Puts logical processors together into cores of their kinds. */
export function arrangeCores(cpus: readonly LogicalCpu[], kinds: IntelKinds): Core[] {
  const members = new Map<number, LogicalCpu[]>()
  for (const cpu of cpus) {
    const first = Math.min(cpu.index, ...cpu.siblings)
    members.set(first, [...(members.get(first) ?? []), cpu])
  }
  const strengthOf = cpus.every(({ capacity }) => capacity !== null)
    ? (cpu: LogicalCpu) => cpu.capacity ?? 0
    : (cpu: LogicalCpu) => cpu.maximumFrequencyKHz ?? 0
  const isEfficient = efficiencyTest(cpus, kinds, strengthOf)
  const strongest = Math.max(0, ...cpus.filter(isEfficient).map(strengthOf))
  const isLowPower = (cpu: LogicalCpu) =>
    kinds.lowPower.length > 0
      ? kinds.lowPower.includes(cpu.index)
      : strengthOf(cpu) > 0 && strengthOf(cpu) < lowPowerShare * strongest
  return [...members.values()].flatMap((own) => {
    const [cpu] = own
    if (cpu === undefined) return []
    const kind = !isEfficient(cpu) ? 'performance' : isLowPower(cpu) ? 'lowPower' : 'efficiency'
    return [{ members: [...new Set(own.map(({ index }) => index))], kind }]
  })
}

function efficiencyTest(
  cpus: readonly LogicalCpu[],
  { core, atom, lowPower }: IntelKinds,
  strengthOf: (cpu: LogicalCpu) => number,
): (cpu: LogicalCpu) => boolean {
  const slow = new Set([...atom, ...lowPower])
  if (core.length > 0 && slow.size > 0) return (cpu) => slow.has(cpu.index)
  const strongest = Math.max(0, ...cpus.map(strengthOf))
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
  const alike = { performanceCores: cores.size, efficiencyCores: 0, lowPowerCores: 0 }
  const counts = { sockets, physicalCores: cores.size, ...alike }
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
export async function readTopology(sources: MachineSources): Promise<Topology | null> {
  const folders = (await sources.listFolder(cpuRoot)) ?? []
  const indices = folders.flatMap((name) => parseWholeNumber(/^cpu(\d{1,5})$/.exec(name)?.[1]) ?? [])
  const [found, core, atom, lowPower, numaNodes] = await Promise.all([
    Promise.all(indices.map((index) => readLogicalCpu(sources, index))),
    sources.readFile('/sys/devices/cpu_core/cpus'),
    sources.readFile('/sys/devices/cpu_atom/cpus'),
    sources.readFile('/sys/devices/cpu_lowpower/cpus'),
    readNumaNodes(sources),
  ])
  const cpus = found.flat()
  const kinds = { core: parseCpuList(core), atom: parseCpuList(atom), lowPower: parseCpuList(lowPower) }
  const counts = countCores(cpus, kinds)
  return counts === null ? null : { counts, cores: arrangeCores(cpus, kinds), numaNodes }
}

const nodeRoot = '/sys/devices/system/node'

/** Nodes without processors are memory behind a slower link, and do not count. */
async function readNumaNodes(sources: MachineSources): Promise<number | null> {
  const nodes = ((await sources.listFolder(nodeRoot)) ?? []).filter((name) => /^node\d{1,4}$/.test(name))
  const lists = await Promise.all(nodes.map((node) => sources.readFile(`${nodeRoot}/${node}/cpulist`)))
  return lists.filter((list) => parseCpuList(list).length > 0).length || null
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
export function parseAffinity(status: string | null): number[] | null {
  const cpus = parseCpuList(parseKeyValues(status, ':').get('Cpus_allowed_list') ?? null)
  return cpus.length === 0 ? null : cpus
}
