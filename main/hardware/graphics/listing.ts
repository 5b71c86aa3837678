import { z } from 'zod'
import type { MachineSources } from '../sources.ts'
import { toMiB } from '../text.ts'
import type { WindowsAdapter } from '../windows.ts'
import { type Adapter, type Vendor, vendorOf } from './adapters.ts'

const controllerSchema = z.object({
  vendor: z.string().catch(''),
  model: z.string().catch(''),
  busAddress: z.string().nullable().catch(null),
})
const graphicsSchema = z.object({ controllers: z.array(controllerSchema.nullable().catch(null)) })

/** Adapters that the systeminformation library lists (from lspci on Linux). Its memory figures are never believed. */
export function parseLibraryGraphics(answer: unknown): Adapter[] {
  const result = graphicsSchema.safeParse(answer)
  if (!result.success) return []
  return result.data.controllers.flatMap((controller) => {
    const name = controller?.model.trim() || controller?.vendor.trim()
    if (!controller || !name) return []
    const vendor = vendorOf(`${controller.vendor} ${controller.model}`)
    return [{ name, vendor, address: controller.busAddress || null, memoryMiB: null }]
  })
}

const pciRoot = '/sys/bus/pci/devices'
const vendorNames: Record<Vendor, string> = {
  nvidia: 'NVIDIA',
  amd: 'AMD',
  intel: 'Intel',
  apple: 'Apple',
  other: 'Unknown',
}

/** Display controllers on the PCI bus (class 0x03), known by their vendor alone. */
async function readPciAdapters(sources: MachineSources): Promise<Adapter[]> {
  const addresses = (await sources.listFolder(pciRoot)) ?? []
  const adapters = addresses.map(async (address): Promise<Adapter[]> => {
    const read = (file: string) => sources.readFile(`${pciRoot}/${address}/${file}`)
    const [kind, vendorId] = await Promise.all([read('class'), read('vendor')])
    if (!kind?.startsWith('0x03')) return []
    const vendor = vendorOf(vendorId ?? '')
    return [{ name: `${vendorNames[vendor]} graphics adapter`, vendor, address, memoryMiB: null }]
  })
  return (await Promise.all(adapters)).flat()
}

/** Places on the bus of adapters that hang on a cable: the kernel marks what lies behind an outward port (from 5.14 on). */
export async function readExternalAddresses(sources: MachineSources): Promise<string[]> {
  const addresses = (await sources.listFolder(pciRoot)) ?? []
  const marks = await Promise.all(addresses.map((address) => sources.readFile(`${pciRoot}/${address}/removable`)))
  return addresses.filter((_, i) => marks[i]?.trim() === 'removable')
}

/** All display adapters of a Linux computer, by name where lspci is installed, else by vendor. */
export async function readLinuxAdapters(sources: MachineSources): Promise<Adapter[]> {
  const [answer, pci] = await Promise.all([sources.systemInformation.graphics(), readPciAdapters(sources)])
  const named = parseLibraryGraphics(answer)
  return named.length > 0 ? named : pci
}

/** Windows' list of adapters; the registry's memory size is believed, as the driver wrote it in 64 bits. */
export function windowsAdapters(adapters: readonly WindowsAdapter[]): Adapter[] {
  return adapters.map(({ name, memoryBytes }) => ({
    name,
    vendor: vendorOf(name),
    address: null,
    memoryMiB: memoryBytes === null || memoryBytes === 0 ? null : toMiB(memoryBytes),
  }))
}
