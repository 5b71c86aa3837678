import type { Gpu, MachineProfile } from '../../../preload/contract/machine.ts'
import { machineSentences } from '../../words/machine.ts'
import type { MacFacts } from '../macos.ts'
import { type Adapter, isIntegrated } from './adapters.ts'
import type { AmdDevice } from './amd.ts'
import { appleGpu } from './metal.ts'
import type { NvidiaAnswer } from './nvidia.ts'

export type Graphics = Pick<MachineProfile, 'gpus' | 'otherGraphics'>
type WhyCode =
  'machine.sharedMemory' | 'machine.noDriver' | 'machine.unknownMemory' | 'machine.displayOnly' | 'machine.virtual'

/** What the vendors' tools said, and every adapter that a general list names. */
export interface GraphicsEvidence {
  nvidia: NvidiaAnswer
  amd: AmdDevice[]
  apple: MacFacts | null
  adapters: Adapter[]
  /** Places on the PCI bus, "0000:2f:00.0", of what is plugged in from outside. */
  externalAddresses: string[]
}

/** The vendors' tools are believed first; a listed adapter counts only where its vendor's tool said nothing of it. */
export function assembleGraphics(evidence: GraphicsEvidence, memory: MachineProfile['memory']): Graphics {
  const { nvidia, amd, apple, adapters, externalAddresses } = evidence
  const external = (address: string | null) => (isAmong(externalAddresses, address) ? { external: true } : {})
  const amdAdapters = adapters.filter(({ vendor }) => vendor === 'amd')
  const vouchedFor = new Map([
    ['nvidia', nvidia.gpus.length + nvidia.unifiedNames.length + nvidia.silentNames.length],
    ['amd', amd.length],
  ])
  const parts: Graphics[] = [
    {
      gpus: nvidia.gpus.map(({ address, ...gpu }) => ({ ...gpu, ...external(address) })),
      otherGraphics: nvidia.silentNames.map((name) => other(name, 'machine.unknownMemory')),
    },
    { gpus: nvidia.unifiedNames.map((name) => unifiedNvidia(name, memory)), otherGraphics: [] },
    ...amd.map((device) =>
      judgeAmd(device, device.name ?? listedName(device, amd, amdAdapters), external(device.address)),
    ),
    ...(apple === null ? [] : [judgeApple(apple, memory)]),
    ...adapters.filter(({ vendor }) => !vouchedFor.get(vendor)).map(judgeAdapter),
  ]
  return {
    gpus: parts.flatMap((part) => part.gpus).sort((a, b) => b.totalVramMiB - a.totalVramMiB),
    otherGraphics: parts.flatMap((part) => part.otherGraphics),
  }
}

/** nvidia-smi writes the domain with eight digits, the kernel with four. */
function isAmong(addresses: readonly string[], address: string | null): boolean {
  const place = address?.toLowerCase().slice(-'0000:00:00.0'.length)
  return place !== undefined && addresses.includes(place)
}

function other(name: string, code: WhyCode): Graphics['otherGraphics'][number] {
  return { name, why: machineSentences[code]() }
}

function unifiedNvidia(name: string, { totalMiB, availableMiB }: MachineProfile['memory']): Gpu {
  return {
    name,
    vendor: 'nvidia',
    totalVramMiB: totalMiB,
    freeVramMiB: availableMiB,
    unified: true,
    source: 'nvidia-smi',
  }
}

function judgeApple(facts: MacFacts, { totalMiB, availableMiB }: MachineProfile['memory']): Graphics {
  const gpu = appleGpu(facts, totalMiB, availableMiB)
  if (gpu !== null) return { gpus: [gpu], otherGraphics: [] }
  return { gpus: [], otherGraphics: facts.isVirtual ? [other(facts.cpuName, 'machine.virtual')] : [] }
}

/** From this much memory on, a processor's graphics unit has been given a share of its own worth planning with. */
const carvedOutMiB = 8 * 1024
/** A nameless AMD device with less than this is taken for a processor's graphics unit. */
const namelessCardMiB = 4 * 1024

/** What the list calls a device: told by its place on the bus, or by there being no other. */
function listedName({ address }: AmdDevice, amd: readonly AmdDevice[], listed: readonly Adapter[]): string {
  const same = listed.find((adapter) => adapter.address !== null && address?.endsWith(adapter.address))
  const only = amd.length === 1 && listed.length === 1 ? listed[0] : undefined
  return (same ?? only)?.name ?? 'AMD Radeon graphics'
}

function judgeAmd(
  { totalVramMiB, freeVramMiB, source }: AmdDevice,
  name: string,
  external: Pick<Gpu, 'external'>,
): Graphics {
  const isShared = isIntegrated(name) ?? totalVramMiB < namelessCardMiB
  if (isShared && totalVramMiB < carvedOutMiB) {
    return { gpus: [], otherGraphics: [other(name, 'machine.sharedMemory')] }
  }
  const gpu = { name, vendor: 'amd', totalVramMiB, freeVramMiB, unified: false, source, ...external } as const
  return { gpus: [gpu], otherGraphics: [] }
}

/** Adapters that no vendor's tool vouches for count only with a memory size that can be believed. */
function judgeAdapter({ name, vendor, memoryMiB }: Adapter): Graphics {
  const isCard = vendor === 'amd' || vendor === 'intel'
  const integrated = isIntegrated(name)
  const ignored = (code: WhyCode) => ({ gpus: [], otherGraphics: [other(name, code)] })
  if (vendor === 'nvidia') return ignored('machine.noDriver')
  if (integrated === true || (integrated === null && vendor === 'intel')) return ignored('machine.sharedMemory')
  if (!isCard) return ignored('machine.displayOnly')
  if (memoryMiB === null) return ignored(vendor === 'amd' ? 'machine.noDriver' : 'machine.unknownMemory')
  const gpu = { name, vendor, totalVramMiB: memoryMiB, freeVramMiB: null, unified: false, source: 'Windows registry' }
  return { gpus: [gpu], otherGraphics: [] }
}
