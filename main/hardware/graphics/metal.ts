import type { Gpu } from '../../../preload/contract/machine.ts'
import type { MacFacts } from '../macos.ts'

/**
 * Memory in MiB that macOS lets the GPU use: two thirds of all, three quarters from 36 GiB on
 * (`recommendedMaxWorkingSetSize` as llama.cpp logs it: 10922 MiB of 16 GiB, 21845 of 32, 27648 of 36, 49152 of 64),
 * or what the user has set.
 */
export function usableGraphicsMiB(totalMiB: number, wiredLimitMiB: number | null): number {
  if (wiredLimitMiB !== null) return Math.min(wiredLimitMiB, totalMiB)
  return Math.floor(totalMiB >= 36 * 1024 ? (totalMiB * 3) / 4 : (totalMiB * 2) / 3)
}

/** The GPU of an Apple chip; null on Intel Macs, where the daemon uses the processor alone, and in virtual machines. */
export function appleGpu(facts: MacFacts, totalMiB: number, availableMiB: number): Gpu | null {
  if (!facts.isAppleSilicon || facts.isVirtual) return null
  const totalVramMiB = usableGraphicsMiB(totalMiB, facts.wiredLimitMiB)
  return {
    name: facts.cpuName,
    vendor: 'apple',
    totalVramMiB,
    freeVramMiB: Math.min(totalVramMiB, availableMiB),
    unified: true,
    source: 'sysctl',
  }
}
