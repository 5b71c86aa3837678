/** One process as the system lists it. */
export interface ProcessTimes {
  pid: number
  parentPid: number
  /** Name of the executable, without its folder. */
  name: string
  /** User and system seconds so far, ended children not counted. */
  seconds: number
}

/** Linux counts processor time for user space in hundredths of a second on every architecture (man 5 proc, USER_HZ). */
const ticksPerSecond = 100

/**
 * Busy seconds so far of the given cores, from the text of `/proc/stat`; null where it is not such a text. Stolen time
 * is busy, too: another guest on the same host is another program. Guest time is already part of user time.
 */
export function parseBusySeconds(text: string, cores: ReadonlySet<number>): number | null {
  let ticks = 0
  let found = 0
  for (const line of text.split('\n')) {
    const match = /^cpu(\d+) (\d[\d ]*)$/.exec(line.trimEnd())
    if (!match || !cores.has(Number(match[1]))) continue
    const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = (match[2] ?? '')
      .split(' ')
      .map(Number)
    ticks += user + nice + system + irq + softIrq + steal
    found++
  }
  return found > 0 ? ticks / ticksPerSecond : null
}

/** Core numbers of `Cpus_allowed_list:` in `/proc/self/status`, as "0-3,8"; null where the line is missing. */
export function parseAllowedCores(status: string): Set<number> | null {
  const list = /^Cpus_allowed_list:[ \t]*([\d,-]+)[ \t]*$/m.exec(status)?.[1]
  if (list === undefined) return null
  const cores = new Set<number>()
  for (const part of list.split(',')) {
    const [first = NaN, last = first] = part.split('-').map(Number)
    for (let core = first; core <= last && cores.size < largestCoreCount; core++) cores.add(core)
  }
  return cores.size > 0 ? cores : null
}

/** More than any machine has: keeps a senseless range from filling the memory. */
const largestCoreCount = 8192

/**
 * One `/proc/<pid>/stat` line; null where it is none. The name stands in parentheses and may itself contain any
 * character, so the last parenthesis counts.
 */
export function parseProcessStat(text: string): ProcessTimes | null {
  const match = /^(\d+) \((.*)\) \S (-?\d+)((?: -?\d+){11,})/s.exec(text)
  if (!match) return null
  const fields = (match[4] ?? '').trim().split(' ').map(Number)
  // After the parent (field 4) come pgrp … cmajflt (5–13), then utime and stime (14, 15).
  const ticks = (fields[9] ?? 0) + (fields[10] ?? 0)
  return { pid: Number(match[1]), parentPid: Number(match[3]), name: match[2] ?? '', seconds: ticks / ticksPerSecond }
}

/** Lines of `ps -axo pid=,ppid=,time=,comm=` on macOS, where times read "12:34.56"; others are passed over. */
export function parseProcessList(text: string): ProcessTimes[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)\s+(\S.*)$/.exec(line)
    if (!match) return []
    const [, pid, parentPid, hours = '0', minutes, seconds, path = ''] = match
    return {
      pid: Number(pid),
      parentPid: Number(parentPid),
      name: path.trimEnd().split('/').at(-1) ?? '',
      seconds: Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
    }
  })
}

/** Seconds per process of the daemon: those with one of its names or its process id, and all their descendants. */
export function daemonSeconds(
  processes: readonly ProcessTimes[],
  names: readonly string[],
  rootPid: number | null,
): Map<number, number> {
  const members = new Map<number, number>()
  let grew = true
  while (grew) {
    grew = false
    for (const { pid, parentPid, name, seconds } of processes) {
      const belongs = names.includes(name) || pid === rootPid || members.has(parentPid)
      if (!belongs || members.has(pid)) continue
      members.set(pid, seconds)
      grew = true
    }
  }
  return members
}
