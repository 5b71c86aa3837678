import type { Gpu } from '../../../preload/contract/machine.ts'
import type { MachineSources } from '../sources.ts'
import { parseWholeNumber } from '../text.ts'

/** A card and its place on the PCI bus, "00000000:01:00.0"; null where the tool did not tell. */
export interface NvidiaGpu extends Gpu {
  address: string | null
}

/** What nvidia-smi tells: cards with memory of their own, and names of those whose memory it cannot tell. */
export interface NvidiaAnswer {
  gpus: NvidiaGpu[]
  /** Boards whose GPU shares the computer's memory (Jetson, GB10): nvidia-smi prints "[N/A]" for theirs. */
  unifiedNames: string[]
  /** Cards that are there but do not answer for their memory. */
  silentNames: string[]
}

/** No answer at all: no card, or no driver. */
export const noNvidia: NvidiaAnswer = { gpus: [], unifiedNames: [], silentNames: [] }

const busAddress = /^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/i
const unifiedBoards = /\b(Orin|Xavier|Thor|Tegra|Jetson|GB10)\b/i

/**
 * Answer to `nvidia-smi --query-gpu=pci.bus_id,name,memory.total,memory.free --format=csv,noheader,nounits`, in MiB.
 * Error messages, which the tool prints among or instead of the rows, are passed over.
 */
export function parseNvidiaSmi(text: string | null): NvidiaAnswer {
  const answer: NvidiaAnswer = { gpus: [], unifiedNames: [], silentNames: [] }
  for (const line of (text ?? '').split('\n')) {
    const parts = line.split(',').map((field) => field.trim())
    const address = busAddress.test(parts[0] ?? '') ? (parts[0] ?? null) : null
    const fields = address === null ? parts : parts.slice(1)
    const [name, total, free] = [fields.slice(0, -2).join(', '), fields.at(-2), fields.at(-1)]
    if (fields.length < 3 || name === '') continue
    const totalVramMiB = parseWholeNumber(total)
    const freeVramMiB = parseWholeNumber(free)
    if (totalVramMiB !== null && totalVramMiB > 0)
      answer.gpus.push({ ...dedicated(name, totalVramMiB, freeVramMiB), address })
    else if (!/^\[.*\]$/.test(total ?? '')) continue
    else if (unifiedBoards.test(name)) answer.unifiedNames.push(name)
    else answer.silentNames.push(name)
  }
  return answer
}

function dedicated(name: string, totalVramMiB: number, freeVramMiB: number | null): Gpu {
  return {
    name,
    vendor: 'nvidia',
    totalVramMiB,
    freeVramMiB: freeVramMiB === null ? null : Math.min(freeVramMiB, totalVramMiB),
    unified: false,
    source: 'nvidia-smi',
  }
}

/** Where the tool lies if it is not on the path: Windows' system folder and the one that WSL lends. */
const commands = ['nvidia-smi', 'C:\\Windows\\System32\\nvidia-smi.exe', '/usr/lib/wsl/lib/nvidia-smi']
const query = 'pci.bus_id,name,memory.total,memory.free'

/** One place after the other, as two tools at once would only slow each other down. */
export async function runNvidiaSmi(sources: MachineSources, fields: string): Promise<string | null> {
  for (const command of commands) {
    const text = await sources.run(command, [`--query-gpu=${fields}`, '--format=csv,noheader,nounits'])
    if (text !== null) return text
  }
  return null
}

export async function readNvidia(sources: MachineSources): Promise<NvidiaAnswer> {
  return parseNvidiaSmi(await runNvidiaSmi(sources, query))
}
