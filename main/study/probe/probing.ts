import type { ProbeResult } from '../../../preload/contract/machine.ts'
import type { Study } from '../../../preload/contract/study.ts'
import { probeMemoryMiB, type ProbeOptions } from '../../hardware/probe/probe.ts'
import { ramReserveMiB } from '../../search/fit.ts'

/** Looks at this computer's processor and memory for about two seconds. Rejects if it cannot, or when aborted. */
export type MachineProbe = (
  options: Required<Pick<ProbeOptions, 'signal' | 'onProgress' | 'threads'>>,
) => Promise<ProbeResult>

/**
 * Whether a study that is about to begin is to have a look at processor and memory: if the user wants it, unless
 * it is known already, by measurement or from an earlier look, or nothing of the model runs on the processor.
 */
export function wantsProbe({ request, probe, trials, learnt, plan, daemon }: Study): boolean {
  if (request.probesMachine !== true || probe !== undefined || trials.length > 0 || daemon.isRemote) return false
  const isMeasured = learnt?.parameters['coreBandwidth'] !== undefined
  return !isMeasured && plan.regime !== 'full'
}

/**
 * What the look finds; null where there is no memory to spare for it, it cannot be had, or the signal was aborted: a
 * study does without it as well.
 */
export async function probeFor(
  { machine }: Study,
  probe: MachineProbe,
  options: Pick<ProbeOptions, 'signal'> & { onProgress: (share: number) => void },
): Promise<ProbeResult | null> {
  const threads = machine.cpu.allowedCores
  if (machine.memory.availableMiB - probeMemoryMiB(threads) < ramReserveMiB(machine)) return null
  try {
    return await probe({ ...options, threads })
  } catch {
    return null
  }
}
