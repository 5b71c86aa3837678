import { z } from 'zod'
import type { MachineProfile } from '../../preload/contract/machine.ts'
import { readMemoryLimits, type CgroupLimits } from './cgroup.ts'
import type { MachineSources } from './sources.ts'
import { parseKeyValues, toMiB } from './text.ts'

export type Memory = MachineProfile['memory']

/** Total and available memory in bytes, before any container's limit. */
export interface SystemMemory {
  totalBytes: number
  availableBytes: number
}

/** /proc/meminfo: "MemTotal: 32768000 kB". Null where a figure is missing (kernels before 3.14 have no MemAvailable). */
export function parseMeminfo(text: string | null): SystemMemory | null {
  const values = parseKeyValues(text, ':')
  const bytes = (key: string) => {
    const match = /^(\d{1,15}) kB$/.exec(values.get(key) ?? '')
    return match === null ? null : 1024 * Number(match[1])
  }
  const totalBytes = bytes('MemTotal')
  const availableBytes = bytes('MemAvailable')
  return totalBytes && availableBytes !== null ? { totalBytes, availableBytes } : null
}

const systemInformationSchema = z
  .object({ total: z.number().positive(), available: z.number().nonnegative() })
  .transform(({ total, available }) => ({ totalBytes: total, availableBytes: available }))

/** Memory as the system sees it: the kernel's own figures, then the library's, then Node's. */
export async function readSystemMemory(sources: MachineSources): Promise<SystemMemory> {
  const { platform } = sources.basics
  const basic = basicMemory(sources)
  if (platform === 'linux') return parseMeminfo(await sources.readFile('/proc/meminfo')) ?? basic
  if (platform === 'win32') return basic
  return systemInformationSchema.catch(basic).parse(await sources.systemInformation.memory())
}

export function basicMemory({ basics }: MachineSources): SystemMemory {
  return { totalBytes: Math.max(1, basics.totalMemoryBytes), availableBytes: Math.max(0, basics.freeMemoryBytes) }
}

/** Memory that this process and others in its container could still have, MiB. */
export async function readAvailableMiB(sources: MachineSources): Promise<number> {
  const [system, memory] = await Promise.all([readSystemMemory(sources), readMemoryLimits(sources)])
  return limitMemory(system, { memory }).availableMiB
}

/** A container's limit bounds what is available: what is left under the tightest of its limits. */
export function limitMemory(
  { totalBytes, availableBytes }: SystemMemory,
  limits: Pick<CgroupLimits, 'memory'>,
): Memory {
  const effective = limits.memory.filter(({ limitBytes }) => limitBytes < totalBytes)
  const rooms = effective.map(({ limitBytes, usedBytes }) => Math.max(0, limitBytes - usedBytes))
  const tightest = effective.map(({ limitBytes }) => Math.max(1, toMiB(limitBytes)))
  return {
    totalMiB: Math.max(1, toMiB(totalBytes)),
    availableMiB: toMiB(Math.min(totalBytes, availableBytes, ...rooms)),
    limitMiB: tightest.length === 0 ? null : Math.min(...tightest),
  }
}
