import type { Gpu } from '../../../preload/contract/machine.ts'

export type Vendor = Gpu['vendor']

/** A graphics adapter that a generic list names, with whatever is known of it. */
export interface Adapter {
  name: string
  vendor: Vendor
  /** Place on the PCI bus, "0b:00.0" with or without its domain; null where the list does not tell. */
  address: string | null
  /** Dedicated memory as the driver wrote it into Windows' registry, the one list to be believed; null without it. */
  memoryMiB: number | null
}

export function vendorOf(text: string): Vendor {
  if (/nvidia|geforce|quadro|tesla|0x10de/i.test(text)) return 'nvidia'
  if (/\bamd\b|\bati\b|radeon|advanced micro devices|0x1002/i.test(text)) return 'amd'
  if (/intel|0x8086/i.test(text)) return 'intel'
  if (/apple/i.test(text)) return 'apple'
  return 'other'
}

/** Names under which cards with memory of their own are sold. */
const discreteNames = [
  /\bRX\s?\d{3,4}/i,
  /\bRX Vega (56|64)\b/i,
  /\bRadeon (VII|PRO|R[579] (2|3|Fury)|HD \d{4})/i,
  /\b(Instinct|FirePro)\b/i,
  /\bMI\d{2,3}\b/,
  /\bAI PRO R\d{4}/i,
  /\bArc\b.*\b[AB]\d{2,3}M?\b/i,
  /\bData Center GPU\b/i,
]

/** Names of graphics units inside processors. */
const integratedNames = [
  /\b(UHD|HD|Iris)\b/i,
  /\bArc\b/i,
  /\b(Vega \d{1,2}|\d{3,4}[MS]) Graphics\b/i,
  /\bRadeon \d{3,4}[MS]\b/i,
  /\bRadeon Graphics\b/i,
  /\b(Adreno|Mali)\b/i,
  /\bintegrated\b/i,
  /\bGraphics Controller\b/i,
  /\b(Raphael|Cezanne|Renoir|Lucienne|Barcelo|Rembrandt|Phoenix\d?|Hawk Point|Picasso|Raven|Strix|Granite Ridge)\b/i,
]

/** Whether a name is that of a graphics unit inside a processor; null where the name does not tell. */
export function isIntegrated(name: string): boolean | null {
  const plain = name.replace(/\((R|TM)\)|[®™]/gi, '')
  if (discreteNames.some((pattern) => pattern.test(plain))) return false
  if (integratedNames.some((pattern) => pattern.test(plain))) return true
  return null
}
