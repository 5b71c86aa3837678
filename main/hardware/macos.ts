import type { CoreCounts } from './processor/linux-cpu.ts'
import type { MachineSources } from './sources.ts'
import { parseKeyValues, parseWholeNumber } from './text.ts'

/** What `sysctl` tells of a Mac. */
export interface MacFacts {
  cpuName: string
  isAppleSilicon: boolean
  /** Of the processor itself; this program may be translated from another one. Null where that is not told. */
  architecture: string | null
  /** A virtual machine sees no GPU that could run models. */
  isVirtual: boolean
  counts: CoreCounts | null
  /** Limit of graphics memory that the user has set (`iogpu.wired_limit_mb`); null for the system's own. */
  wiredLimitMiB: number | null
}

const keys = [
  'machdep.cpu.brand_string',
  'hw.packages',
  'hw.physicalcpu',
  'hw.logicalcpu',
  'hw.nperflevels',
  'hw.perflevel0.physicalcpu',
  'hw.perflevel1.physicalcpu',
  'iogpu.wired_limit_mb',
  'sysctl.proc_translated',
]

/** Keys that this Mac lacks are complained about elsewhere and missing here. */
export function parseSysctl(text: string | null): MacFacts {
  const values = parseKeyValues(text, ':')
  const number = (key: string) => parseWholeNumber(values.get(key))
  const cpuName = values.get('machdep.cpu.brand_string') ?? ''
  // A program that Rosetta translates may be told of a "VirtualApple" processor, which is a real one.
  const isAppleSilicon = /^(Virtual)?Apple/.test(cpuName) || number('sysctl.proc_translated') === 1
  return {
    cpuName,
    isAppleSilicon,
    architecture: isAppleSilicon ? 'arm64' : null,
    isVirtual: cpuName.includes('(Virtual)'),
    counts: coreCounts(number),
    wiredLimitMiB: number('iogpu.wired_limit_mb') || null,
  }
}

/** Performance level 0 is the fastest; Macs with one level have only fast cores. */
function coreCounts(number: (key: string) => number | null): CoreCounts | null {
  const physicalCores = number('hw.physicalcpu')
  const logicalCores = number('hw.logicalcpu')
  if (!physicalCores || !logicalCores) return null
  const fastCores = number('hw.perflevel0.physicalcpu')
  const hasLevels = (number('hw.nperflevels') ?? 1) > 1 && fastCores !== null && fastCores <= physicalCores
  const performanceCores = hasLevels ? fastCores : physicalCores
  const sockets = Math.max(1, number('hw.packages') ?? 1)
  const slower = { efficiencyCores: physicalCores - performanceCores, lowPowerCores: 0 }
  return { sockets, physicalCores, performanceCores, ...slower, logicalCores }
}

export async function readSysctl(sources: MachineSources): Promise<MacFacts> {
  return parseSysctl(await sources.run('/usr/sbin/sysctl', keys))
}
