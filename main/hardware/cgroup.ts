import type { MachineSources } from './sources.ts'
import { parseCpuList, parseKeyValues, parseWholeNumber } from './text.ts'

/** What control groups allow this process. Null: no limit. */
export interface CgroupLimits {
  /** Processor time per time: 2 means two processors' worth. */
  cpuQuota: number | null
  /** Logical processors that the process may run on. */
  cpuset: number[] | null
  /** Memory limits from here up to the root, each with what is in use under it and cannot be reclaimed. */
  memory: { limitBytes: number; usedBytes: number }[]
}

export const noLimits: CgroupLimits = { cpuQuota: null, cpuset: null, memory: [] }

/** One line of /proc/self/cgroup: version 2 has no controllers in it. */
export interface CgroupMembership {
  controllers: string[]
  path: string
}

export function parseMemberships(text: string | null): CgroupMembership[] {
  return (text ?? '').split('\n').flatMap((line) => {
    const match = /^\d+:([^:]*):(\/.*)$/.exec(line.trim())
    if (match === null) return []
    return [{ controllers: (match[1] ?? '').split(',').filter((name) => name !== ''), path: match[2] ?? '/' }]
  })
}

/** A path and everything above it, nearest first, the root last as ''. Steps out of the visible tree are dropped. */
export function pathsToRoot(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '' && name !== '.' && name !== '..')
  return Array.from({ length: names.length + 1 }, (_, up) =>
    names
      .slice(0, names.length - up)
      .map((name) => `/${name}`)
      .join(''),
  )
}

/** `cpu.max` of version 2: "200000 100000" is two processors, "max 100000" no limit. */
export function parseCpuMax(text: string | null): number | null {
  const [quota, period] = (text ?? '').trim().split(/\s+/)
  return quotient(parseWholeNumber(quota), parseWholeNumber(period))
}

function quotient(quota: number | null, period: number | null): number | null {
  return quota === null || period === null || quota === 0 || period === 0 ? null : quota / period
}

/** Reads the limits of both versions; folders of a namespace that hides the real path are found at its root. */
export async function readCgroupLimits(sources: MachineSources): Promise<CgroupLimits> {
  const memberships = await readMemberships(sources)
  const [quotas, sets, memory] = await Promise.all([
    Promise.all(foldersOf('cpu', memberships).map((folder) => readQuota(sources, folder))),
    Promise.all(foldersOf('cpuset', memberships).map((folder) => readCpuset(sources, folder))),
    readMemoryLimits(sources),
  ])
  return { cpuQuota: smallest(quotas), cpuset: shortest(sets), memory }
}

/** The limits of memory alone. */
export async function readMemoryLimits(sources: MachineSources): Promise<CgroupLimits['memory']> {
  const folders = foldersOf('memory', await readMemberships(sources))
  return (await Promise.all(folders.map((folder) => readMemory(sources, folder)))).flat()
}

async function readMemberships(sources: MachineSources): Promise<CgroupMembership[]> {
  return parseMemberships(await sources.readFile('/proc/self/cgroup'))
}

function foldersOf(controller: string, memberships: readonly CgroupMembership[]): string[] {
  return memberships.flatMap(({ controllers, path }) => {
    if (controllers.length === 0) return pathsToRoot(path).map((up) => `/sys/fs/cgroup${up}`)
    if (!controllers.includes(controller)) return []
    const mounts = new Set([controllers.join(','), controller])
    return [...mounts].flatMap((mount) => pathsToRoot(path).map((up) => `/sys/fs/cgroup/${mount}${up}`))
  })
}

function smallest(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : Math.min(...known)
}

function shortest(lists: (number[] | null)[]): number[] | null {
  const known = lists.filter((list) => list !== null)
  return known.reduce<number[] | null>((least, list) => (least && least.length <= list.length ? least : list), null)
}

async function readQuota(sources: MachineSources, folder: string): Promise<number | null> {
  const [max, quota, period] = await Promise.all(
    ['cpu.max', 'cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((name) => sources.readFile(`${folder}/${name}`)),
  )
  return parseCpuMax(max ?? null) ?? quotient(parseWholeNumber(quota), parseWholeNumber(period))
}

async function readCpuset(sources: MachineSources, folder: string): Promise<number[] | null> {
  const names = ['cpuset.cpus.effective', 'cpuset.effective_cpus', 'cpuset.cpus']
  const lists = await Promise.all(names.map((name) => sources.readFile(`${folder}/${name}`)))
  return lists.map(parseCpuList).find((list) => list.length > 0) ?? null
}

/** Beyond `memory.high` the kernel slows a group down until it has given memory back, so it counts as a limit. */
async function readMemory(sources: MachineSources, folder: string): Promise<CgroupLimits['memory']> {
  const read = (name: string) => sources.readFile(`${folder}/${name}`)
  const limits = ['memory.max', 'memory.high', 'memory.limit_in_bytes']
  const usages = ['memory.current', 'memory.usage_in_bytes']
  const [known, used, text] = await Promise.all([
    Promise.all(limits.map(read)),
    Promise.all(usages.map(read)),
    read('memory.stat'),
  ])
  const statistics = parseKeyValues(text, ' ')
  // Where the folders above are hidden, version 1 tells their tightest limit here.
  const inherited = parseWholeNumber(statistics.get('hierarchical_memory_limit'))
  const limitBytes = smallest([...known.map(parseWholeNumber), inherited].map((bytes) => bytes || null))
  if (limitBytes === null) return []
  const [usage, usageVersion1] = used.map(parseWholeNumber)
  const reclaimable = parseWholeNumber(statistics.get('total_inactive_file') ?? statistics.get('inactive_file'))
  return [{ limitBytes, usedBytes: Math.max(0, (usage ?? usageVersion1 ?? 0) - (reclaimable ?? 0)) }]
}
