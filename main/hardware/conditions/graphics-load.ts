import { runNvidiaSmi } from '../graphics/nvidia.ts'
import type { MachineSources } from '../sources.ts'
import { parseWholeNumber, toMiB } from '../text.ts'
import { judgeSensors } from './heat.ts'

/** How a graphics card with memory of its own, or the unit of a Mac, is doing; nulls where no tool tells. */
export interface GraphicsLoad {
  name: string
  busyShare: number | null
  /** Part of the processor: it is clocked down while there is little to draw, so that a little keeps it busy. */
  isUnit?: boolean
  totalMiB: number
  freeMiB: number | null
  celsius: number | null
}

const query = 'name,utilization.gpu,temperature.gpu,memory.total,memory.free'

/** Rows of nvidia-smi to the query above; what is not supported stands there in brackets. */
export function parseNvidiaLoad(text: string | null): GraphicsLoad[] {
  return (text ?? '').split('\n').flatMap((line) => {
    const fields = line.split(',').map((field) => field.trim())
    const [busy, celsius, total, free] = fields.slice(-4).map(parseWholeNumber)
    const name = fields.slice(0, -4).join(', ')
    if (name === '' || !total) return []
    return [
      {
        name,
        busyShare: share(busy),
        totalMiB: total,
        freeMiB: free === undefined || free === null ? null : Math.min(free, total),
        celsius: celsius ?? null,
      },
    ]
  })
}

function share(percent: number | null | undefined): number | null {
  return percent === null || percent === undefined ? null : Math.min(1, percent / 100)
}

/** Free on each card, MiB; null without a card, or where one does not tell. */
export function freeOnCardsMiB(loads: readonly GraphicsLoad[]): number[] | null {
  const told = loads.flatMap(({ freeMiB }) => (freeMiB === null ? [] : [freeMiB]))
  return told.length > 0 && told.length === loads.length ? told : null
}

const drmRoot = '/sys/class/drm'
/** A processor's graphics unit is given less memory than this. */
const cardMiB = 4 * 1024

async function readAmdLoads(sources: MachineSources): Promise<GraphicsLoad[]> {
  const cards = ((await sources.listFolder(drmRoot)) ?? []).filter((name) => /^card\d{1,3}$/.test(name))
  const loads = cards.map(async (card): Promise<GraphicsLoad[]> => {
    const read = (file: string) => sources.readFile(`${drmRoot}/${card}/device/${file}`)
    const files = ['mem_info_vram_total', 'mem_info_vram_used', 'gpu_busy_percent']
    const [[total, used, busy], name, celsius] = await Promise.all([
      Promise.all(files.map(async (file) => parseWholeNumber(await read(file)))),
      read('product_name'),
      readCelsius(sources, `${drmRoot}/${card}/device/hwmon`),
    ])
    if (!total || toMiB(total) < cardMiB) return []
    const freeMiB = used === null || used === undefined ? null : toMiB(Math.max(0, total - used))
    const label = name?.trim() || 'AMD Radeon graphics'
    return [{ name: label, busyShare: share(busy), totalMiB: toMiB(total), freeMiB, celsius }]
  })
  return (await Promise.all(loads)).flat()
}

/** The first sensor of a card is the one at the chip's edge. */
async function readCelsius(sources: MachineSources, folder: string): Promise<number | null> {
  const [monitor] = (await sources.listFolder(folder)) ?? []
  const temperature = monitor === undefined ? null : await sources.readFile(`${folder}/${monitor}/temp1_input`)
  return judgeSensors([{ temperature, critical: null }])?.celsius ?? null
}

/**
 * `ioreg -r -d 1 -w 0 -c IOAccelerator` on macOS: among much else "Device Utilization %"=16 for each graphics unit; the
 * busiest counts. Null where it is not told.
 */
export function parseMacUtilization(text: string | null): number | null {
  const percents = Array.from((text ?? '').matchAll(/"Device Utilization %"\s*=\s*(\d{1,3})\b/g), ([, percent]) =>
    Number(percent),
  )
  return percents.length === 0 ? null : Math.min(1, Math.max(...percents) / 100)
}

/** A Mac with a chip of Apple's; others have cards that macOS uses as it likes, and models no more. */
async function readMacLoad(sources: MachineSources): Promise<GraphicsLoad[]> {
  const { cpuName, totalMemoryBytes } = sources.basics
  if (!cpuName.startsWith('Apple')) return []
  const busyShare = parseMacUtilization(await sources.run('ioreg', ['-r', '-d', '1', '-w', '0', '-c', 'IOAccelerator']))
  if (busyShare === null) return []
  return [{ name: cpuName, busyShare, isUnit: true, totalMiB: toMiB(totalMemoryBytes), freeMiB: null, celsius: null }]
}

/** Cards of NVIDIA everywhere but on Macs, of AMD on Linux, and Apple's own units; others keep it to themselves. */
export async function readGraphicsLoads(sources: MachineSources): Promise<GraphicsLoad[]> {
  const { platform } = sources.basics
  if (platform === 'darwin') return readMacLoad(sources)
  const [nvidia, amd] = await Promise.all([
    runNvidiaSmi(sources, query),
    platform === 'linux' ? readAmdLoads(sources) : [],
  ])
  return [...parseNvidiaLoad(nvidia), ...amd]
}
