/** Reads a whole number that stands alone in a text, as files of the kernel hold it; null for anything else. */
export function parseWholeNumber(text: string | null | undefined): number | null {
  if (text === null || text === undefined) return null
  const match = /^\s*(\d{1,19})\s*$/.exec(text)
  return match === null ? null : Number(match[1])
}

/**
 * Members of a list such as "0-3,8,10-11", as the kernel prints sets of processors.
 * Nonsense and absurdly long ranges are left out.
 */
export function parseCpuList(text: string | null): number[] {
  const members = new Set<number>()
  for (const range of (text ?? '').trim().split(',')) {
    const match = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/.exec(range)
    if (match === null) continue
    const first = Number(match[1])
    const last = Number(match[2] ?? match[1])
    for (let cpu = first; cpu <= last; cpu += 1) members.add(cpu)
  }
  return [...members].sort((a, b) => a - b)
}

/** Lines of the form "key: value" or "key = value"; the first of equal keys counts. */
export function parseKeyValues(text: string | null, separator: string): Map<string, string> {
  const values = new Map<string, string>()
  for (const line of (text ?? '').split('\n')) {
    const position = line.indexOf(separator)
    if (position < 1) continue
    const key = line.slice(0, position).trim()
    if (!values.has(key)) values.set(key, line.slice(position + separator.length).trim())
  }
  return values
}

/** The first JSON object in a text that may begin or end with warnings; null if there is none. */
export function parseJsonObject(text: string | null): unknown {
  const start = text?.indexOf('{') ?? -1
  const end = text?.lastIndexOf('}') ?? -1
  if (text === null || start < 0 || end < start) return null
  try {
    return JSON.parse(text.slice(start, end + 1))
  } catch {
    return null
  }
}

/** Whole MiB in a number of bytes. */
export function toMiB(bytes: number): number {
  return Math.floor(bytes / 1_048_576)
}
