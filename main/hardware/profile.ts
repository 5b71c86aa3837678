import type { MachineProfile } from '../../preload/contract/machine.ts'
import { noLimits, readCgroupLimits } from './cgroup.ts'
import { limitCpu, readAffinity } from './processor/cpu.ts'
import { assembleGraphics } from './graphics/assemble.ts'
import { basicMemory, limitMemory, readSystemMemory } from './memory.ts'
import { basicOperatingSystem, readOperatingSystem } from './operating-system.ts'
import { type Attempt, readPlatform } from './platforms.ts'
import type { MachineSources } from './sources.ts'

/** Longest that a tool may take, seconds. */
export const toolLimitSeconds = 3
/** Longest that the whole profile may take, seconds; more than a tool's, so that one slow tool spoils no others. */
export const profileLimitSeconds = 3.5

/**
 * What computer this is, as far as this process may use it. Never rejects: what no source can tell in time takes the
 * most cautious value (no GPU, unknown power, no more cores than Node sees).
 */
export async function profileMachine(
  sources: MachineSources,
  limitSeconds = profileLimitSeconds,
): Promise<MachineProfile> {
  const attempt: Attempt = (work) => withinSeconds(limitSeconds, work)
  const [platform, system, affinity, cgroup, measured] = await Promise.all([
    readPlatform(sources, attempt),
    attempt(readOperatingSystem(sources)),
    attempt(readAffinity(sources)),
    attempt(readCgroupLimits(sources)),
    attempt(readSystemMemory(sources)),
  ])
  const limits = cgroup ?? noLimits
  const memory = limitMemory(measured ?? basicMemory(sources), limits)
  return {
    os: { ...(system ?? basicOperatingSystem(sources)), environment: platform.environment },
    cpu: limitCpu(platform.processor, sources, affinity, limits),
    memory,
    ...assembleGraphics(platform.graphics, memory),
    power: platform.power,
  }
}

/** Null if the work rejects or is not done in time. */
export async function withinSeconds<T>(seconds: number, work: Promise<T>): Promise<T | null> {
  const { promise: expired, resolve } = Promise.withResolvers<null>()
  const timer = setTimeout(() => resolve(null), 1000 * seconds)
  try {
    return await Promise.race([work, expired])
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}
