import { parseProcessStat, type ProcessTimes } from '../processor/process-times.ts'
import type { MachineSources, ProcessorTimes } from '../sources.ts'

/** A program's processor time as a share of all cores, 0 to 1. */
export interface ProcessUse {
  name: string
  pid: number
  share: number
}

/** How busy the processor was over a moment. */
export interface ProcessorLoad {
  /** Of all cores, 0 to 1. */
  busyShare: number
  /** Programs that told what they took, in any order. */
  programs: ProcessUse[]
}

/** Busy seconds of all cores between two readings over all their seconds; null where no time passed. */
export function busyShare(before: ProcessorTimes, after: ProcessorTimes): number | null {
  const span = after.totalSeconds - before.totalSeconds
  if (!(span > 0)) return null
  return Math.min(1, Math.max(0, (after.busySeconds - before.busySeconds) / span))
}

/** What each process took between two lists of them, as a share of `spanSeconds` of all cores. */
export function usesBetween(
  before: readonly ProcessTimes[],
  after: readonly ProcessTimes[],
  spanSeconds: number,
): ProcessUse[] {
  const earlier = new Map(before.map(({ pid, seconds }) => [pid, seconds]))
  return after.flatMap(({ pid, name, seconds }) => {
    const taken = seconds - (earlier.get(pid) ?? seconds)
    return taken > 0 && spanSeconds > 0 ? [{ name, pid, share: Math.min(1, taken / spanSeconds) }] : []
  })
}

/** `ps -Aceo pid=,pcpu=,comm=` on macOS: a share of one core in percent, over the last moments. */
export function parsePs(text: string | null, logicalCores: number): ProcessUse[] {
  return (text ?? '').split('\n').flatMap((line) => {
    const match = /^\s*(\d{1,10})\s+(\d{1,6}(?:[.,]\d{1,3})?)\s+(\S.*)$/.exec(line)
    if (match === null) return []
    const percent = Number(match[2]?.replace(',', '.'))
    const share = Math.min(1, percent / 100 / Math.max(1, logicalCores))
    return share > 0 ? [{ name: (match[3] ?? '').trim(), pid: Number(match[1]), share }] : []
  })
}

async function listLinuxProcesses(sources: MachineSources): Promise<ProcessTimes[]> {
  const pids = ((await sources.listFolder('/proc')) ?? []).filter((name) => /^\d{1,10}$/.test(name))
  const texts = await Promise.all(pids.map((pid) => sources.readFile(`/proc/${pid}/stat`)))
  return texts.flatMap((text) => parseProcessStat(text ?? '') ?? [])
}

/** The program of a /proc/<pid>/cmdline, whose parts end in NULs; null for threads of the kernel, which have none. */
export function programOf(commandLine: string | null): string | null {
  const [command = ''] = (commandLine ?? '').split('\0')
  // Programs that rewrite their command line leave its parts joined by spaces.
  return /[^/]*$/.exec(command.trim().split(/\s/)[0] ?? '')?.[0] || null
}

/** A process is called after its main thread, which some programs name "MainThread"; its command line knows better. */
async function withProgramNames(sources: MachineSources, uses: readonly ProcessUse[]): Promise<ProcessUse[]> {
  return Promise.all(
    uses.map(async (use) => ({
      ...use,
      name: programOf(await sources.readFile(`/proc/${use.pid}/cmdline`)) ?? use.name,
    })),
  )
}

/**
 * Watches the processor for a moment; null where the system does not tell. Windows' programs come with everything else
 * that it tells (windows.ts).
 */
export async function readProcessorLoad(
  sources: MachineSources,
  wait: () => Promise<void>,
): Promise<ProcessorLoad | null> {
  const { platform, logicalCores } = sources.basics
  const list = () => (platform === 'linux' ? listLinuxProcesses(sources) : Promise.resolve([]))
  const processesBefore = await list()
  const before = sources.processorTimes()
  await wait()
  const after = sources.processorTimes()
  const processesAfter = await list()
  const busy = busyShare(before, after)
  if (busy === null) return null
  const programs =
    platform === 'darwin'
      ? parsePs(await sources.run('ps', ['-Aceo', 'pid=,pcpu=,comm=']), logicalCores)
      : await withProgramNames(
          sources,
          usesBetween(processesBefore, processesAfter, after.totalSeconds - before.totalSeconds),
        )
  return { busyShare: busy, programs }
}
