import { z } from 'zod'
import type { MachineSources } from '../sources.ts'
import { parseJsonObject, parseKeyValues, parseWholeNumber, toMiB } from '../text.ts'

/** An AMD GPU as one of the tools sees it; whether it is a card or part of the processor is judged later. */
export interface AmdDevice {
  name: string | null
  /** Place on the PCI bus with its domain, "0000:0b:00.0"; null where the tool does not tell. */
  address: string | null
  totalVramMiB: number
  freeVramMiB: number | null
  source: 'rocm-smi' | 'amdgpu'
}

const cardSchema = z.record(z.string(), z.unknown())
const rocmSchema = z.record(z.string(), z.unknown())

/**
 * Answer to `rocm-smi --showproductname --showbus --showmeminfo vram --json`: one object a card, every figure a text in bytes.
 * The keys of the name changed their spelling between versions.
 */
export function parseRocmSmi(text: string | null): AmdDevice[] {
  const answer = rocmSchema.safeParse(parseJsonObject(text))
  if (!answer.success) return []
  return Object.entries(answer.data).flatMap(([key, value]) => {
    const card = cardSchema.safeParse(value)
    return /^card\d+$/.test(key) && card.success ? rocmDevice(card.data) : []
  })
}

function rocmDevice(card: Record<string, unknown>): AmdDevice[] {
  const field = (pattern: RegExp) => {
    const value = Object.entries(card).find(([key]) => pattern.test(key))?.[1]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null
  }
  const total = parseWholeNumber(field(/^VRAM Total Memory \(B\)$/i))
  const used = parseWholeNumber(field(/^VRAM Total Used Memory \(B\)$/i))
  if (total === null || total === 0) return []
  const names = [field(/^Card series$/i), field(/^Card model$/i)]
  const name = names.find((candidate) => candidate !== null && !/^(0x[0-9a-f]+|N\/A)$/i.test(candidate)) ?? null
  return [{ name, address: field(/^PCI Bus$/i), ...memory(total, used), source: 'rocm-smi' }]
}

function memory(totalBytes: number, usedBytes: number | null): Pick<AmdDevice, 'totalVramMiB' | 'freeVramMiB'> {
  const freeVramMiB = usedBytes === null ? null : toMiB(Math.max(0, totalBytes - usedBytes))
  return { totalVramMiB: toMiB(totalBytes), freeVramMiB }
}

const drmRoot = '/sys/class/drm'

/** The amdgpu driver's own figures, readable without any tool. */
async function readAmdgpu(sources: MachineSources): Promise<AmdDevice[]> {
  const folders = (await sources.listFolder(drmRoot)) ?? []
  const cards = folders.filter((name) => /^card\d{1,3}$/.test(name))
  const devices = cards.map(async (card): Promise<AmdDevice[]> => {
    const read = (file: string) => sources.readFile(`${drmRoot}/${card}/device/${file}`)
    const [total, used, product, event] = await Promise.all([
      read('mem_info_vram_total'),
      read('mem_info_vram_used'),
      read('product_name'),
      read('uevent'),
    ])
    const totalBytes = parseWholeNumber(total)
    if (totalBytes === null || totalBytes === 0) return []
    const address = parseKeyValues(event, '=').get('PCI_SLOT_NAME') ?? null
    const name = product?.trim() || null
    return [{ name, address, ...memory(totalBytes, parseWholeNumber(used)), source: 'amdgpu' }]
  })
  return (await Promise.all(devices)).flat()
}

/** rocm-smi where it is installed, else the driver's files. Linux only. */
export async function readAmd(sources: MachineSources): Promise<AmdDevice[]> {
  const [text, files] = await Promise.all([
    sources.run('rocm-smi', ['--showproductname', '--showbus', '--showmeminfo', 'vram', '--json']),
    readAmdgpu(sources),
  ])
  const devices = parseRocmSmi(text)
  return devices.length > 0 ? devices : files
}
